import { isObject } from "@claude-on-aws/endpoints";

/**
 * Finds what is wrong with tools which all have their form: a name that two of them have, one of Anthropic's own tools
 * among them or not.
 *
 * @param input A body of CreateMessage or InvokeModel that fits its schema.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 * @see {@link https://github.com/anthropics/claude-code/issues/10687 | Two tools of one name}
 * @see {@link https://github.com/danny-avila/LibreChat/issues/13162 | A tool named like one of Anthropic's}
 */
export function findToolProblem({ tools }: Readonly<Record<string, unknown>>): string | undefined {
  if (!Array.isArray(tools)) return undefined;
  const names = new Set<unknown>();
  for (const tool of tools) {
    // A set of tools of an MCP server has no name.
    const name = isObject(tool) ? tool["name"] : undefined;
    if (typeof name !== "string") continue;
    if (names.has(name)) return "tools: Tool names must be unique.";
    names.add(name);
  }
  return undefined;
}
