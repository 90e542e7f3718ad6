import { isObject } from "@claude-on-aws/endpoints";
import { NO_USAGE, type Usage } from "../terms/usage.ts";
import { type AnswerReader, MAX_EVENT_BYTES, tokensOf } from "./answer-reader.ts";
import { mergeUsage, readClaudeUsage } from "./claude-usage.ts";
import { DeltaCounter } from "./delta-counter.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** The beginnings of the lines that are read, as bytes. */
const EVENT = /* @__PURE__ */ new TextEncoder().encode("event:");
const DATA = /* @__PURE__ */ new TextEncoder().encode("data:");

/** No name of an event is longer. */
const LONGEST_EVENT = 32;

const text = /* @__PURE__ */ new TextDecoder();

type Fields = Readonly<Record<string, unknown>>;

/** What is made of the data of an event, by its name; others are passed over. */
const READ: Readonly<Record<string, (reader: SseReader, data: Fields) => void>> = {
  message_start: (reader, { message }) => reader.addUsage(isObject(message) ? message["usage"] : undefined),
  message_delta: (reader, { usage }) => reader.addUsage(usage),
  error: (reader, { error }) => reader.addError(isObject(error) ? error : {}),
};

/** Reads the server-sent events of a message as they go by, wherever their bytes are cut. */
export class SseReader implements AnswerReader {
  /** The beginning of the unfinished line. */
  #line: Uint8Array[] = [];
  #lineBytes = 0;
  #event = "";
  #usage: Usage | null = null;
  #errorType: string | null = null;
  #brokenBy: string | null = null;
  #isWhole = false;
  #isBetweenEvents = true;
  readonly #deltas = new DeltaCounter();

  feed(bytes: Uint8Array): void {
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, from);
      if (end < 0) break;
      this.#takeLine(this.#lineBytes === 0 ? bytes.subarray(from, end) : this.#joined(bytes.subarray(from, end)));
      from = end + 1;
    }
    if (from === bytes.length) return;
    this.#hold(bytes.slice(from));
    this.#isBetweenEvents = false;
  }

  get isWhole(): boolean {
    return this.#isWhole || this.#errorType !== null;
  }

  get isBetweenEvents(): boolean {
    return this.#isBetweenEvents;
  }

  get usage(): Usage | null {
    const streamed = tokensOf(this.#deltas.characters);
    if (this.#usage === null && streamed === 0) return null;
    const said = this.#usage ?? NO_USAGE;
    // The service's last word is exact; until then it says what it had at the start.
    return this.#isWhole ? said : { ...said, outputTokens: Math.max(said.outputTokens, streamed) };
  }

  get errorType(): string | null {
    return this.#errorType;
  }

  get brokenBy(): string | null {
    return this.#brokenBy;
  }

  endBroken(message: string): Uint8Array | undefined {
    if (!this.#isBetweenEvents) return undefined;
    const data = JSON.stringify({ type: "error", error: { type: "api_error", message } });
    return new TextEncoder().encode(`event: error\ndata: ${data}\n\n`);
  }

  /** Takes the counts of an event. */
  addUsage(value: unknown): void {
    if (isObject(value)) this.#usage = mergeUsage(this.#usage ?? NO_USAGE, readClaudeUsage(value));
  }

  /** Takes an error. */
  addError({ type, code }: Fields): void {
    this.#errorType = typeof type === "string" ? type : "api_error";
    if (typeof code === "string") this.#brokenBy = code;
  }

  #takeLine(given: Uint8Array): void {
    const line = given.at(-1) === CARRIAGE_RETURN ? given.subarray(0, -1) : given;
    this.#isBetweenEvents = line.length === 0;
    if (line.length === 0) {
      if (this.#event === "message_stop") this.#isWhole = true;
      this.#event = "";
    } else if (beginsWith(line, EVENT)) {
      this.#event = line.length <= LONGEST_EVENT ? text.decode(valueOf(line, EVENT)) : "";
    } else if (beginsWith(line, DATA)) this.#takeData(valueOf(line, DATA));
  }

  #takeData(data: Uint8Array): void {
    if (this.#event === "content_block_delta") this.#deltas.add(data, 0, data.length);
    else if (this.#event === "content_block_start") this.#deltas.startBlock();
    else READ[this.#event]?.(this, parse(data));
  }

  #joined(end: Uint8Array): Uint8Array {
    this.#hold(end);
    const parts = this.#line;
    this.#line = [];
    this.#lineBytes = 0;
    return concat(parts);
  }

  /** Of a line that is too long the beginning is kept: it says what it is, and its data is no JSON then. */
  #hold(bytes: Uint8Array): void {
    if (this.#lineBytes < MAX_EVENT_BYTES) this.#line.push(bytes.subarray(0, MAX_EVENT_BYTES - this.#lineBytes));
    this.#lineBytes += bytes.length;
  }
}

function beginsWith(line: Uint8Array, beginning: Uint8Array): boolean {
  for (let at = 0; at < beginning.length; at += 1) if (line[at] !== beginning[at]) return false;
  return true;
}

const valueOf = (line: Uint8Array, { length }: Uint8Array): Uint8Array =>
  line.subarray(line[length] === SPACE ? length + 1 : length);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function parse(data: Uint8Array): Fields {
  try {
    const value: unknown = JSON.parse(text.decode(data));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
