import { isObject } from "@claude-on-aws/endpoints";
import { isJsonSchema } from "./is-json-schema.ts";

/** Keywords that make a union, which may stand anywhere in a schema of a tool but at its top. */
const UNIONS = ["oneOf", "allOf", "anyOf"] as const;

const INVALID =
  "JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12). " +
  "Learn more about tool use at https://docs.claude.com/en/docs/tool-use.";

/**
 * Finds what is wrong with the schema of a tool that is an object of type `object`.
 *
 * @param tools Tools as the Messages API has them.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 */
export function findToolSchemaProblem(tools: unknown): string | undefined {
  if (!Array.isArray(tools)) return undefined;
  for (const [index, tool] of tools.entries()) {
    const schema = isObject(tool) ? tool["input_schema"] : undefined;
    if (!isObject(schema)) continue;
    const path = `tools.${index}.custom.input_schema`;
    if (UNIONS.some((keyword) => schema[keyword] !== undefined)) {
      return `${path}: input_schema does not support oneOf, allOf, or anyOf at the top level`;
    }
    if (!isJsonSchema(schema)) return `${path}: ${INVALID}`;
  }
  return undefined;
}
