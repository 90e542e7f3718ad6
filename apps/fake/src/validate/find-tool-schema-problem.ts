import { isObject } from "@claude-on-aws/endpoints";

/** Keywords that make a union, which may stand anywhere in a schema of a tool but at its top. */
const UNIONS = ["oneOf", "allOf", "anyOf"] as const;

/**
 * Finds what is wrong with the schema of a tool that is an object of type `object`.
 *
 * @param tools Tools as the Messages API has them.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 */
export function findToolSchemaProblem(tools: unknown): string | undefined {
  for (const [index, tool] of Array.isArray(tools) ? tools.entries() : []) {
    const schema = isObject(tool) ? tool["input_schema"] : undefined;
    if (isObject(schema) && UNIONS.some((keyword) => schema[keyword] !== undefined)) {
      return `tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`;
    }
  }
  return undefined;
}
