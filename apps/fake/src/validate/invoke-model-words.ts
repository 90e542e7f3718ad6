import type { Facts } from "../terms/uncertain-facts.ts";
import { fieldWords, jsonSchemaWords } from "./schema/problem-words.ts";

/**
 * Decides in which words InvokeModel says that a body has the wrong shape.
 *
 * @returns What writes a problem in these words.
 */
export const invokeModelWords = ({ schemaWordsOnBedrock }: Facts): typeof fieldWords =>
  schemaWordsOnBedrock === "field" ? fieldWords : jsonSchemaWords;
