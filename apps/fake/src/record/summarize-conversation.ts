import { isObject } from "@claude-on-aws/endpoints";
import { type ConversationBlock, readBlocks } from "./conversation-blocks.ts";
import type { Digest } from "./text-digest.ts";
import { callDigest, stepDigests, type TextDigests, textDigests, thinkingDigest } from "./conversation-digests.ts";

/** A message of the user, or of the system between them, as far as it can be found again in a later request. */
interface AskedMessage<Value = Digest> {
  /** Its place among the messages, from 0. */
  readonly at: number;
  /** Of what it says up to the end of each of its blocks: at most the last eight. */
  readonly steps: readonly Value[];
}

/** The last message of Claude to which the user has said something since; several in a row are one. */
export interface SaidMessage<Value = Digest> {
  /** The place of the first of it among the messages, from 0. */
  readonly at: number;
  /** All of its text. */
  readonly text: TextDigests<Value>;
  /** Each block of thinking, redacted ones among them, in order. */
  readonly thinking: readonly Value[];
  /** The IDs of its tool calls. */
  readonly calls: readonly Value[];
  /** The IDs of those of which the user gave a result that is no error. */
  readonly results: readonly Value[];
  /** Whether the user quotes the end of its text: so one asks Claude to go on where it broke off. */
  readonly isQuoted: boolean;
}

/** What later requests of a conversation are compared by: digests of the last messages, and no text. */
export interface ConversationSummary<Value = Digest> {
  /** How many messages the request holds. */
  readonly messages: number;
  /** Whether thinking is asked for. */
  readonly isThinking: boolean;
  /** The user's, of the last four messages, oldest first. */
  readonly asked: readonly AskedMessage<Value>[];
  readonly said?: SaidMessage<Value>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Messages that are looked at, from the end: what this costs does not grow with a conversation. */
const MAX_MESSAGES = 4;
const MAX_STEPS = 8;

/** Characters at the end of a text by which it is known where it is quoted, whether much of it is or little. */
const QUOTED_LENGTH = 8;

/**
 * Makes of a body what later requests of its conversation are compared by.
 *
 * @param input The body, of the Messages API or of Converse.
 * @returns `undefined` where it holds no messages.
 */
export function summarizeConversation(input: Fields): ConversationSummary | undefined {
  const { messages } = input;
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  const last = readMessages(messages, Math.max(0, messages.length - MAX_MESSAGES), messages.length);
  const said = saidMessage(messages, last);
  return {
    messages: messages.length,
    isThinking: asksForThinking(input),
    asked: last.flatMap(({ at, role, blocks = [] }) =>
      (role === "user" || role === "system") && blocks.length > 0
        ? { at, steps: stepDigests(role, blocks, MAX_STEPS) }
        : [],
    ),
    ...(said === undefined ? {} : { said }),
  };
}

interface ReadMessage {
  readonly at: number;
  readonly role: unknown;
  readonly blocks: readonly ConversationBlock[] | undefined;
}

const NO_MESSAGE = { role: undefined, content: undefined };

const readMessages = (messages: readonly unknown[], from: number, to: number): readonly ReadMessage[] =>
  messages.slice(from, to).map((message, index) => {
    const { role, content } = isObject(message) ? message : NO_MESSAGE;
    return { at: from + index, role, blocks: readBlocks(content) };
  });

/** Messages of Claude in a row are one: where the first of them stands. */
function beginningOf(messages: readonly unknown[], last: number): number {
  const isClaude = (at: number): boolean => at >= 0 && isObject(messages[at]) && messages[at]["role"] === "assistant";
  let at = last;
  while (isClaude(at - 1) && last - at < MAX_MESSAGES) at--;
  return at;
}

function saidMessage(messages: readonly unknown[], last: readonly ReadMessage[]): SaidMessage | undefined {
  const index = last.findLastIndex(({ role }) => role === "assistant");
  const end = last[index]?.at;
  // What Claude is to go on with is no turn yet.
  if (end === undefined || index === last.length - 1) return undefined;
  const at = beginningOf(messages, end);
  const parts = readMessages(messages, at, end + 1);
  // Part of what Claude said would be taken for all of it.
  if (end - at >= MAX_MESSAGES || parts.some(({ blocks: read }) => read === undefined)) return undefined;
  const blocks = parts.flatMap(({ blocks: read = [] }) => read);
  const after = last.slice(index + 1).flatMap(({ blocks: later = [] }) => later);
  const text = textOf(blocks, "");
  return {
    at,
    text: textDigests(text),
    thinking: blocks.flatMap((block) => (block.kind === "thinking" ? thinkingDigest(block.parts) : [])),
    calls: blocks.flatMap((block) => (block.kind === "call" ? callDigest(block.id) : [])),
    results: after.flatMap((block) => (block.kind === "result" && !block.isError ? callDigest(block.call) : [])),
    isQuoted: quotes(textOf(after, "\n"), text.trimEnd()),
  };
}

const textOf = (blocks: readonly ConversationBlock[], between: string): string =>
  blocks.flatMap((block) => (block.kind === "text" ? block.text : [])).join(between);

const quotes = (later: string, text: string): boolean => text !== "" && later.includes(text.slice(-QUOTED_LENGTH));

/** Converse hands on what the model alone understands. */
function asksForThinking({ thinking, additionalModelRequestFields: more }: Fields): boolean {
  const asked = thinking ?? (isObject(more) ? more["thinking"] : undefined);
  return isObject(asked) && (asked["type"] === "enabled" || asked["type"] === "adaptive");
}
