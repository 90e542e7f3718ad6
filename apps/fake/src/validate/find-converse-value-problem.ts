import { isObject } from "@claude-on-aws/endpoints";
import type { Facts } from "../terms/uncertain-facts.ts";
import { objectsOf } from "./objects-of.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Finds a value of Converse that has the type of its member and is refused all the same, before a model sees it: a schema
 * of a tool, the input of a use, a result, a document.
 *
 * @param input A body of Converse that fits its schema.
 * @returns The words of Amazon Bedrock.
 * @see {@link https://github.com/aws/aws-sdk-net/issues/3377 | A schema that is text}
 * @see {@link https://github.com/vercel/ai/pull/19023 | An input that is text}
 * @see {@link https://github.com/aws/aws-sdk-js-v3/issues/7330 | A result that is a list}
 * @see {@link https://github.com/earendil-works/pi/issues/8279 | A schema without its type}
 * @see {@link https://github.com/aws-samples/generative-ai-use-cases/issues/1671 | The name of a document}
 */
export function findConverseValueProblem({ toolConfig, messages }: JsonObject, facts: Facts): string | undefined {
  const tools = isObject(toolConfig) ? toolConfig["tools"] : undefined;
  for (const [path, { toolSpec }] of objectsOf("toolConfig.tools", tools)) {
    const words = isObject(toolSpec) ? findInSchema(`${path}.toolSpec.inputSchema.json`, toolSpec, facts) : undefined;
    if (words !== undefined) return words;
  }
  for (const [path, { content }] of objectsOf("messages", messages)) {
    const words = findInContent(`${path}.content`, content, facts);
    if (words !== undefined) return words;
  }
  return undefined;
}

function findInSchema(path: string, { inputSchema }: JsonObject, facts: Facts): string | undefined {
  const schema = isObject(inputSchema) ? inputSchema["json"] : undefined;
  if (!isObject(schema)) return noObject(path);
  if (schema["type"] !== "object") return `The value at ${path}.type must be one of the following: object.`;
  if (schema["properties"] !== null || facts.nullPropertiesOnConverse === "accept") return undefined;
  return noObject(`${path}.properties`);
}

function findInContent(path: string, content: unknown, facts: Facts): string | undefined {
  let hasText = false;
  let hasDocument = false;
  for (const [at, { text, document, toolUse, toolResult }] of objectsOf(path, content)) {
    hasText ||= text !== undefined;
    if (isObject(document)) {
      hasDocument = true;
      if (!isDocumentName(document["name"], facts)) return DOCUMENT_NAME;
    }
    if (isObject(toolUse) && !isObject(toolUse["input"])) return noObject(`${at}.toolUse.input`);
    const results = isObject(toolResult) ? toolResult["content"] : undefined;
    for (const [inside, item] of objectsOf(`${at}.toolResult.content`, results)) {
      if (item["json"] !== undefined && !isObject(item["json"])) return noObject(`${inside}.json`);
      const file = item["document"];
      if (isObject(file) && !isDocumentName(file["name"], facts)) return DOCUMENT_NAME;
    }
  }
  return hasDocument && !hasText
    ? "A text block must be included when using documents. Add a text block and retry your request."
    : undefined;
}

const noObject = (path: string): string =>
  `The format of the value at ${path} is invalid. Provide a json object for the field and try again.`;

const DOCUMENT_NAME =
  "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. " +
  "The name can't contain more than one consecutive whitespace character.";

/** The underscore is taken, though the words leave it out. */
const NAME_CHARACTERS = {
  any: /^[\p{L}\p{M}\p{N}\s_()[\]-]*$/u,
  ASCII: /^[a-zA-Z0-9\s_()[\]-]*$/,
} as const;

const isDocumentName = (name: unknown, { documentNameLetters }: Facts): boolean =>
  typeof name !== "string" || (NAME_CHARACTERS[documentNameLetters].test(name) && !/\s\s/.test(name));
