import { StreamError } from "../stream-error.ts";
import type { ClaudeEvent } from "./claude-event.ts";
import type { ClaudeContentBlock, ClaudeMessage } from "./claude-message.ts";
import { isFields } from "./fields.ts";
import { parsePartialJson } from "./parse-partial-json.ts";

/** Longest message that is added up, in UTF-16 code units of what its blocks and deltas bring: some two million tokens. */
export const MAX_MESSAGE_LENGTH: number = 8 * 1024 * 1024;

/** Fields that are still being put together. */
type Fields = Record<string, unknown>;

interface Block {
  readonly start: Fields;
  readonly citations: unknown[];
  text: string;
  thinking: string;
  json: string;
  /** Fields that a delta brings whole. */
  replaced: Fields | undefined;
}

const EMPTY_BLOCK: Block = { start: {}, citations: [], text: "", thinking: "", json: "", replaced: undefined };

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const malformed = (what: string, expected: string): StreamError =>
  new StreamError("EVENT_MALFORMED", `Cannot add ${what} to the message: expected ${expected}`);

const misplaced = (what: string, found: string, expected: string): StreamError =>
  new StreamError("EVENT_ORDER", `Cannot add ${what} to the message: found ${found}, expected ${expected}`);

/** Adds up events to the message of which they are parts. */
export class MessageAccumulator {
  readonly #maxMessageLength: number;
  #start: Fields | undefined;
  /** All blocks; none once the message is too large. */
  #blocks: Block[] = [];
  #count = 0;
  readonly #open = new Map<number, Block>();
  /** The open block that was asked for last, which is mostly the one the next delta is for. */
  #latestIndex = -1;
  #latest: Block | undefined;
  #end: Fields = {};
  #usage: Fields = {};
  #length = 0;
  #isStopped = false;

  /** @param maxMessageLength Longest message, in UTF-16 code units of what its blocks and deltas bring. */
  constructor(maxMessageLength: number = MAX_MESSAGE_LENGTH) {
    this.#maxMessageLength = maxMessageLength;
  }

  /** Whether `message_stop` has come. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether the message outgrew `maxMessageLength`; nothing is added from there on. */
  get isTooLarge(): boolean {
    return this.#length > this.#maxMessageLength;
  }

  /**
   * Adds an event. One of an unknown type changes nothing.
   *
   * @param event The next event of the message.
   * @throws {StreamError} `EVENT_ORDER` or `EVENT_MALFORMED`.
   */
  add(event: ClaudeEvent): void {
    switch (event.type) {
      case "content_block_delta":
        this.#addDelta(this.#openBlock(event.index, event.type), event.delta as unknown);
        break;
      case "message_start":
        this.#addStart(event.message as unknown);
        break;
      case "content_block_start":
        this.#addBlock(event.index, event.content_block as unknown);
        break;
      case "content_block_stop":
        this.#openBlock(event.index, event.type);
        this.#open.delete(event.index);
        this.#latest = undefined;
        break;
      case "message_delta":
        this.#addEnd({ ...event });
        break;
      case "message_stop":
        this.#checkStarted(event.type);
        this.#isStopped = true;
        this.#latest = undefined;
        break;
    }
  }

  /**
   * Makes a message of what has been added so far.
   *
   * @param isWhole Whether a tool's input must be whole, unless `max_tokens` cut it; otherwise what is complete of it is
   * taken.
   * @returns A message of its own; `undefined` before `message_start`, and where it outgrew the limit.
   * @throws {StreamError} `EVENT_MALFORMED` where an input must be whole and is not, or is not even the beginning of JSON.
   */
  message(isWhole = false): ClaudeMessage | undefined {
    if (this.#start === undefined || this.isTooLarge) return undefined;
    const wasCut = this.#end["stop_reason"] === "max_tokens";
    const open = new Set(this.#open.values());
    const last = this.#blocks.at(-1);
    const expected = { isWhole, wasCut };
    return {
      ...this.#start,
      ...this.#end,
      // Where a limit cut the message, the last tool may have got no input at all.
      content: this.#blocks.map((block, index) =>
        toContentBlock(block, index, { ...expected, isOver: !open.has(block) && !(wasCut && block === last) }),
      ),
      usage: { ...(isFields(this.#start["usage"]) ? this.#start["usage"] : {}), ...this.#usage },
    } as unknown as ClaudeMessage;
  }

  #checkStarted(what: string): void {
    if (this.#start === undefined) throw misplaced(what, "no message", "message_start first");
    if (this.#isStopped) throw misplaced(what, "a message that is over", "message_start first");
  }

  #openBlock(index: number, what: string): Block {
    if (index === this.#latestIndex && this.#latest !== undefined) return this.#latest;
    this.#checkStarted(what);
    const block = this.#open.get(index);
    if (block !== undefined) {
      this.#latestIndex = index;
      this.#latest = block;
      return block;
    }
    const isOver = index >= 0 && index < this.#count;
    throw misplaced(
      `${what} for block ${index}`,
      isOver ? "that block over" : `${this.#count} blocks`,
      isOver ? "no more of it" : "content_block_start first",
    );
  }

  #addStart(message: unknown): void {
    if (this.#start !== undefined && !this.#isStopped)
      throw misplaced("message_start", "a message begun", "message_stop first");
    if (!isFields(message)) throw malformed("message_start", "an object as its message");
    this.#start = message;
    this.#blocks = [];
    this.#count = 0;
    this.#open.clear();
    this.#latest = undefined;
    this.#end = {};
    this.#usage = {};
    this.#length = 0;
    this.#isStopped = false;
    const { content } = message;
    if (Array.isArray(content)) content.forEach((block, index) => this.#addBlock(index, block));
  }

  #addBlock(index: number, start: unknown): void {
    this.#checkStarted("content_block_start");
    if (!isFields(start) || typeof start["type"] !== "string") {
      throw malformed("content_block_start", "an object with a type as its content_block");
    }
    if (index !== this.#count) {
      throw misplaced(`content_block_start for block ${index}`, `${this.#count} blocks`, `block ${this.#count}`);
    }
    const { text, thinking, citations } = start;
    const block = {
      start,
      citations: Array.isArray(citations) ? [...(citations as unknown[])] : [],
      text: textOf(text),
      thinking: textOf(thinking),
      json: "",
      replaced: undefined,
    };
    this.#count++;
    this.#length += JSON.stringify(start).length;
    this.#open.set(index, block);
    this.#blocks.push(block);
    this.#dropIfTooLarge();
  }

  #addDelta(block: Block, delta: unknown): void {
    if (!isFields(delta)) throw malformed("content_block_delta", "an object as its delta");
    const { type, text } = delta;
    if (this.#length > this.#maxMessageLength) return;
    // By far the most frequent one, with as little work as possible.
    if (type === "text_delta" && typeof text === "string") {
      block.text += text;
      this.#length += text.length;
    } else if (type === "text_delta") throw malformed("content_block_delta", "a string as its text");
    else if (type === "input_json_delta") block.json += this.#counted(delta, "partial_json");
    else if (type === "thinking_delta") block.thinking += this.#counted(delta, "thinking");
    else if (type === "signature_delta") (block.replaced ??= {})["signature"] = this.#counted(delta, "signature");
    else if (type === "citations_delta") {
      block.citations.push(delta["citation"]);
      this.#length += JSON.stringify(delta["citation"] ?? null).length;
    } else if (type === "compaction_delta") {
      // Brings the block's final value, not more of it.
      const { type: _, ...fields } = delta;
      block.replaced = { ...block.replaced, ...fields };
      this.#length += textOf(delta["content"]).length;
    }
    if (this.#length > this.#maxMessageLength) this.#dropIfTooLarge();
  }

  /** Of a message that is too large, only which blocks are open is kept, so that the order is still checked. */
  #dropIfTooLarge(): void {
    if (!this.isTooLarge) return;
    this.#blocks = [];
    this.#latest = undefined;
    for (const index of this.#open.keys()) this.#open.set(index, EMPTY_BLOCK);
  }

  #counted(delta: Fields, name: string): string {
    const text = delta[name];
    if (typeof text !== "string") throw malformed("content_block_delta", `a string as its ${name}`);
    this.#length += text.length;
    return text;
  }

  #addEnd({ type, delta, usage, ...rest }: Fields & { readonly type: string }): void {
    this.#checkStarted(type);
    if (!isFields(delta)) throw malformed(type, "an object as its delta");
    for (const [name, value] of Object.entries({ ...delta, ...rest })) {
      // A container is left out, or null, where it stays what it was.
      if (value !== null || !(name in this.#start!) || this.#start![name] === null || name.startsWith("stop_")) {
        this.#end[name] = value;
      }
    }
    // The counters are totals of the whole message, and left out or null where they stay.
    for (const [name, value] of Object.entries(isFields(usage) ? usage : {})) {
      if (value !== null) this.#usage[name] = value;
    }
  }
}

/** What is asked of the input of a tool. */
interface InputTerms {
  /** Whether it must be there to its end. */
  readonly isWhole: boolean;
  /** Whether a limit cut the message: then it need not. */
  readonly wasCut: boolean;
  /** Whether no input at all is a whole one: the block has ended, and of itself. */
  readonly isOver: boolean;
}

function toContentBlock(block: Block, index: number, terms: InputTerms): ClaudeContentBlock {
  const { start, citations } = block;
  const fields: Fields = { ...start, ...block.replaced };
  if ("text" in start || block.text !== "") fields["text"] = block.text;
  if ("thinking" in start || block.thinking !== "") fields["thinking"] = block.thinking;
  if (citations.length > 0) fields["citations"] = [...citations];
  if (block.json !== "" || isToolUse(start)) Object.assign(fields, readInput(block, index, terms));
  return fields as unknown as ClaudeContentBlock;
}

const isToolUse = ({ type }: Fields): boolean => typeof type === "string" && type.endsWith("tool_use");

/** The input of a tool, as far as it came, and whether that was all. */
function readInput({ json, start }: Block, index: number, { isWhole, wasCut, isOver }: InputTerms): Fields {
  if (json === "" && isOver) return {};
  const whole = parseJson(json);
  if (whole !== undefined) return { input: whole };
  const input = json === "" ? start["input"] : parsePartialJson(json);
  if (isWhole && (input === undefined || !wasCut)) {
    throw new StreamError(
      "EVENT_MALFORMED",
      input === undefined
        ? `Cannot parse the input of the tool in block ${index}: found ${json.length} characters that are not JSON, expected an object`
        : `Cannot finish the input of the tool in block ${index}: found ${json.length} characters that do not close it, expected that unless stop_reason is max_tokens; what came of it is in partialMessage`,
    );
  }
  return { input: input ?? start["input"], incomplete: true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
