import { isObject } from "@claude-on-aws/endpoints";

type Fields = Readonly<Record<string, unknown>>;

/** What a tool returned. */
export interface ToolResult {
  /** ID of the call. */
  readonly id: string;
  /** Its text, or its JSON where it has no text. */
  readonly text: string;
  readonly isError: boolean;
}

const listOfFields = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Reads a text. The blocks of Converse have no `type`, those of the Messages API do; both keep text under `text`.
 *
 * @returns Its blocks, one a line; empty where there is none.
 */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return listOfFields(content)
    .flatMap(({ text }) => (typeof text === "string" ? [text] : []))
    .join("\n");
}

/**
 * Reads what tools returned since Claude last spoke, in the words of the Messages API or in those of Converse.
 *
 * @param messages The messages; only their end is looked at.
 * @returns The results, in order.
 */
export function readToolResults(messages: readonly unknown[]): ToolResult[] {
  const results: ToolResult[][] = [];
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (!isObject(message)) continue;
    if (message["role"] === "assistant") break;
    results.push(listOfFields(message["content"]).flatMap(toolResult));
  }
  return results.toReversed().flat();
}

function toolResult(block: Fields): ToolResult[] {
  const { toolResult: converse } = block;
  if (block["type"] !== "tool_result" && !isObject(converse)) return [];
  const { content, ...fields }: Fields = isObject(converse) ? converse : block;
  const json = listOfFields(content).find((part) => part["json"] !== undefined)?.["json"];
  return [
    {
      id: textIn(fields["toolUseId"] ?? fields["tool_use_id"]),
      text: textOf(content) || (json === undefined ? "" : JSON.stringify(json)),
      isError: fields["is_error"] === true || fields["status"] === "error",
    },
  ];
}

/**
 * Finds the names of the tools that Claude called last.
 *
 * @param messages The messages; only their end is looked at.
 * @returns Names by the IDs of the calls.
 */
export function calledTools(messages: readonly unknown[]): Map<string, string> {
  const names = new Map<string, string>();
  const last = messages.findLast((message) => isObject(message) && message["role"] === "assistant");
  for (const block of listOfFields(isObject(last) ? last["content"] : undefined)) {
    const { toolUse } = block;
    const { name, id, toolUseId }: Fields = isObject(toolUse) ? toolUse : block;
    const calls = isObject(toolUse) || block["type"] === "tool_use";
    if (calls && typeof name === "string") names.set(textIn(toolUseId ?? id), name);
  }
  return names;
}
