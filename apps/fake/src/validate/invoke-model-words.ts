import type { Facts } from "../terms/uncertain-facts.ts";
import { fieldWords, jsonSchemaWords } from "./schema/problem-words.ts";

/** In which words InvokeModel says that a body has the wrong shape. */
export const invokeModelWords = ({ schemaWordsOnBedrock }: Facts): typeof fieldWords =>
  schemaWordsOnBedrock === "field" ? fieldWords : jsonSchemaWords;
