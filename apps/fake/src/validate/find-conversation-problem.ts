import { isObject } from "@claude-on-aws/endpoints";
import type { Facts } from "../terms/uncertain-facts.ts";

type Block = Readonly<Record<string, unknown>>;

interface Message {
  readonly role: string;
  /** Left out of a message of the system that only says how much effort the next turn takes. */
  readonly content?: string | readonly Block[];
  readonly output_config?: unknown;
}

const NOT_SPACE = /\S/;

/**
 * Finds what is wrong with a conversation whose fields all have their form: a
 * tool use without its result, an empty text, the wrong first role.
 *
 * @param input A body of CreateMessage or InvokeModel that fits its schema.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 * @see {@link https://github.com/anthropics/claude-code/issues/5989 | A tool use without its result}
 * @see {@link https://github.com/anthropics/claude-code/issues/18947 | A result without its tool use}
 * @see {@link https://github.com/anthropics/claude-code/issues/6774 | A message without content}
 */
export function findConversationProblem(
  input: Readonly<Record<string, unknown>>,
  facts: Facts,
  pairsTools: boolean,
): string | undefined {
  const messages = input["messages"] as readonly Message[];
  const first = messages.find(({ role }) => role !== "system");
  if (facts.firstMessageOfUser && first !== undefined && first.role !== "user") {
    return 'messages: first message must use the "user" role';
  }
  const blank = findBlank(input["system"], messages, facts);
  if (blank !== undefined) return blank;
  return pairsTools ? findUnpaired(messages) : undefined;
}

function findBlank(system: unknown, messages: readonly Message[], { blankText }: Facts): string | undefined {
  const isBlank = (text: unknown): boolean =>
    typeof text === "string" && (text === "" || (blankText === "refuse" && !NOT_SPACE.test(text)));
  const words = (field: string, text: unknown): string =>
    `${field}: text content blocks must ${text === "" ? "be non-empty" : "contain non-whitespace text"}`;
  for (const block of Array.isArray(system) ? (system as readonly Block[]) : []) {
    if (isBlank(block["text"])) return words("system", block["text"]);
  }
  for (let index = 0; index < messages.length; index++) {
    const { role, content, output_config: output } = messages[index] as Message;
    if (content === undefined || (role === "system" && content.length === 0 && isObject(output))) continue;
    const isFinalAnswer = role === "assistant" && index === messages.length - 1;
    if (content.length === 0 && !isFinalAnswer) {
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    }
    if (typeof content === "string") {
      if (isFinalAnswer && content !== content.trimEnd()) return TRAILING_SPACE;
      if (content !== "" && isBlank(content)) return words("messages", content);
      continue;
    }
    for (const block of content) {
      if (block["type"] === "text" && isBlank(block["text"])) return words("messages", block["text"]);
    }
    const last = content.at(-1)?.["text"];
    if (isFinalAnswer && typeof last === "string" && last !== last.trimEnd()) return TRAILING_SPACE;
  }
  return undefined;
}

const TRAILING_SPACE = "messages: final assistant content cannot end with trailing whitespace";

/** Turns of one role in a row count as one; what the system says in between does not count. */
function findUnpaired(messages: readonly Message[]): string | undefined {
  /** Tool uses of the last turn of the assistant, and those of them that wait for a result. */
  let offered: ReadonlySet<unknown> = NONE;
  const open = new Set<unknown>();
  let openAt = 0;
  let previous = "";
  for (let index = 0; index < messages.length; index++) {
    const { role, content } = messages[index] as Message;
    if (role === "system" || content === undefined) continue;
    if (role === "assistant") {
      if (previous !== "assistant") {
        if (open.size > 0) return withoutResult(openAt, open);
        offered = NONE;
      }
      const used = idsOf(content, "tool_use", "id");
      if (used.length > 0) {
        openAt = index;
        for (const id of used) open.add(id);
        offered = new Set([...offered, ...used]);
      }
    } else if (typeof content !== "string") {
      for (let position = 0; position < content.length; position++) {
        const block = content[position] as Block;
        if (block["type"] !== "tool_result") continue;
        const id = block["tool_use_id"];
        if (!offered.has(id)) return withoutUse(index, position, id);
        open.delete(id);
      }
    }
    previous = role;
  }
  return open.size > 0 ? withoutResult(openAt, open) : undefined;
}

const NONE: ReadonlySet<unknown> = new Set();

const idsOf = (content: NonNullable<Message["content"]>, type: string, field: string): unknown[] =>
  typeof content === "string" ? [] : content.filter((block) => block["type"] === type).map((block) => block[field]);

const withoutResult = (index: number, ids: ReadonlySet<unknown>): string =>
  `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${[...ids].join(", ")}. ` +
  "Each `tool_use` block must have a corresponding `tool_result` block in the next message.";

const withoutUse = (index: number, position: number, id: unknown): string =>
  `messages.${index}.content.${position}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${String(id)}. ` +
  "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
