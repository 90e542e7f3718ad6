import { isObject } from "@claude-on-aws/endpoints";
import { NO_USAGE, type Usage } from "./usage.ts";
import { type AnswerReader, MAX_EVENT_BYTES, tokensOf } from "./answer-reader.ts";
import { mergeUsage, readClaudeUsage } from "./claude-usage.ts";
import { CARRIAGE_RETURN, findLineBreak, LINE_FEED } from "../answer/line-breaks.ts";
import { DeltaCounter } from "./delta-counter.ts";
import { type Fields, parseFields } from "./parse-fields.ts";

const SPACE = 0x20;

/** The beginnings of the lines that are read, as bytes. */
const EVENT = /* @__PURE__ */ new TextEncoder().encode("event:");
const DATA = /* @__PURE__ */ new TextEncoder().encode("data:");

/** What is made of the data of an event, by its name; others are passed over. */
const READ: Readonly<Record<string, (reader: SseReader, data: Fields) => void>> = {
  message_start: (reader, { message }) => reader.addUsage(isObject(message) ? message["usage"] : undefined),
  message_delta: (reader, { usage, delta }) => reader.addLastUsage(usage, isObject(delta) ? delta : {}),
  error: (reader, { error }) => reader.addError(isObject(error) ? error : {}),
};

const DELTA = "content_block_delta";
const START = "content_block_start";
const STOP = "message_stop";

/** The events that mean something here, as bytes; the most frequent one first. */
const EVENTS: readonly (readonly [name: string, bytes: Uint8Array])[] = /* @__PURE__ */ [
  DELTA,
  START,
  STOP,
  ...Object.keys(READ),
].map((name) => [name, new TextEncoder().encode(name)]);

/** Reads the server-sent events of a message as they go by, wherever their bytes are cut. */
export class SseReader implements AnswerReader {
  /** The beginning of the unfinished line. */
  #line: Uint8Array[] = [];
  #lineBytes = 0;
  /** How many bytes of the line that is looked at were not held. */
  #missing = 0;
  #isBehindReturn = false;
  #event = "";
  #usage: Usage | null = null;
  #errorType: string | null = null;
  #brokenBy: string | null = null;
  #isWhole = false;
  /** Whether the service said how much there was of output. */
  #isCounted = false;
  /** Whether it said that it stopped, so that nothing comes beyond what it counted. */
  #isStopped = false;
  #isBetweenEvents = true;
  readonly #deltas = new DeltaCounter();

  feed(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    let from = this.#isBehindReturn && bytes[0] === LINE_FEED ? 1 : 0;
    this.#isBehindReturn = bytes[bytes.length - 1] === CARRIAGE_RETURN;
    for (let end = findLineBreak(bytes, from); end < bytes.length; end = findLineBreak(bytes, from)) {
      if (this.#lineBytes === 0) this.#takeLine(bytes, from, end);
      else {
        const line = this.#joined(bytes.subarray(from, end));
        this.#takeLine(line, 0, line.length);
        this.#missing = 0;
      }
      from = end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1);
    }
    if (from === bytes.length) return;
    this.#hold(new Uint8Array(bytes.subarray(from)));
    this.#isBetweenEvents = false;
  }

  get isWhole(): boolean {
    return this.#isWhole || this.#errorType !== null;
  }

  get isBetweenEvents(): boolean {
    return this.#isBetweenEvents;
  }

  get usage(): Usage | null {
    const streamed = tokensOf(this.#deltas.bytes);
    if (this.#usage === null && streamed === 0) return null;
    const said = this.#usage ?? NO_USAGE;
    // The service's last word is exact; until then it says what it had at the start.
    return this.isCounted ? said : { ...said, outputTokens: Math.max(said.outputTokens, streamed) };
  }

  get isCounted(): boolean {
    return (this.#isWhole || this.#isStopped) && this.#isCounted;
  }

  get mostStreamedTokens(): number {
    return this.#deltas.mostBytes;
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

  /** Takes the counts of the end. */
  addLastUsage(value: unknown, { stop_reason: reason }: Fields): void {
    this.addUsage(value);
    if (isObject(value) && typeof value["output_tokens"] === "number") this.#isCounted = true;
    if (typeof reason === "string") this.#isStopped = true;
  }

  /** Takes an error. */
  addError({ type, code }: Fields): void {
    this.#errorType = typeof type === "string" ? type : "api_error";
    if (typeof code === "string") this.#brokenBy = code;
  }

  // The line is not cut out: most are looked at in one place, and an array for each costs more than that.
  #takeLine(bytes: Uint8Array, start: number, end: number): void {
    this.#isBetweenEvents = end === start;
    if (end === start) {
      if (this.#event === STOP) this.#isWhole = true;
      this.#event = "";
    } else if (isAt(bytes, start, EVENT)) this.#event = eventAt(bytes, behind(bytes, start, EVENT), end);
    else if (isAt(bytes, start, DATA)) this.#takeData(bytes, behind(bytes, start, DATA), end);
  }

  #takeData(bytes: Uint8Array, start: number, end: number): void {
    if (this.#event === DELTA) this.#deltas.add(bytes, start, end, this.#missing);
    else if (this.#event === START) this.#deltas.startBlock(end - start + this.#missing);
    else READ[this.#event]?.(this, parseFields(bytes.subarray(start, end)));
  }

  #joined(end: Uint8Array): Uint8Array {
    this.#hold(end);
    const parts = this.#line;
    this.#missing = Math.max(0, this.#lineBytes - MAX_EVENT_BYTES);
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

function isAt(bytes: Uint8Array, start: number, expected: Uint8Array): boolean {
  for (let at = 0; at < expected.length; at += 1) if (bytes[start + at] !== expected[at]) return false;
  return true;
}

/** Where the value of a line begins. */
const behind = (bytes: Uint8Array, start: number, { length }: Uint8Array): number =>
  bytes[start + length] === SPACE ? start + length + 1 : start + length;

/** The name of an event; empty where it means nothing here. */
function eventAt(bytes: Uint8Array, start: number, end: number): string {
  for (const [name, expected] of EVENTS) {
    if (expected.length === end - start && isAt(bytes, start, expected)) return name;
  }
  return "";
}

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
