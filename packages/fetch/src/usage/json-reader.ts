import { isObject } from "@claude-on-aws/endpoints";
import type { Usage } from "./usage.ts";
import { type AnswerReader, MAX_EVENT_BYTES } from "./answer-reader.ts";
import { readClaudeUsage, readConverseUsage } from "./claude-usage.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** The members of an answer that are read. Their names are never written with escapes by whoever answers here. */
const READ: ReadonlySet<string> = new Set(["usage", "error"]);
const LONGEST_NAME = 16;

const text = /* @__PURE__ */ new TextDecoder();

/** Reads `usage` and `error` at the top level of a JSON answer, wherever its bytes are cut; the rest is passed over. */
export class JsonReader implements AnswerReader {
  readonly isBetweenEvents = false;
  readonly brokenBy = null;
  #depth = 0;
  #hasBegun = false;
  #isInString = false;
  #isEscaped = false;
  /** The string that is being passed over at the top level, as long as it may be a name. */
  #name = "";
  #isNaming = false;
  /** What is being kept: the value behind this name. */
  #keeping: string | undefined;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #usage: Usage | null = null;
  #errorType: string | null = null;

  feed(bytes: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#isInString) {
        const end = this.#findStringEnd(bytes, at);
        if (this.#isNaming) this.#readName(bytes, at, end - (this.#isInString ? 0 : 1));
        at = end;
        continue;
      }
      const byte = bytes[at] ?? 0;
      at += 1;
      if (byte === QUOTE) {
        this.#isInString = true;
        this.#isNaming = this.#depth === 1 && this.#keeping === undefined;
        this.#name = "";
      } else if (byte === COLON && this.#depth === 1 && this.#keeping === undefined) {
        if (READ.has(this.#name)) {
          this.#keeping = this.#name;
          from = at;
        }
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#hasBegun = true;
        this.#depth += 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1;
        if (this.#depth === 0) this.#finish(bytes.subarray(from, at - 1));
      } else if (byte === COMMA && this.#depth === 1) {
        this.#finish(bytes.subarray(from, at - 1));
        this.#name = "";
      }
    }
    if (this.#keeping !== undefined) this.#keep(new Uint8Array(bytes.subarray(from)));
  }

  get isWhole(): boolean {
    return this.#hasBegun && this.#depth === 0;
  }

  get usage(): Usage | null {
    return this.#usage;
  }

  get isCounted(): boolean {
    return this.#usage !== null;
  }

  get mostStreamedTokens(): number {
    return 0;
  }

  get errorType(): string | null {
    return this.#errorType;
  }

  endBroken(): undefined {
    return undefined;
  }

  /** Where the string ends, behind its quote, or the bytes. */
  #findStringEnd(bytes: Uint8Array, from: number): number {
    let at = from;
    if (this.#isEscaped) {
      at += 1;
      this.#isEscaped = false;
    }
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      const end = quote < 0 ? bytes.length : quote;
      let backslashes = 0;
      while (end - backslashes > at && bytes[end - backslashes - 1] === BACKSLASH) backslashes += 1;
      const isEscaped = backslashes % 2 === 1;
      if (quote < 0) {
        this.#isEscaped = isEscaped;
        return end;
      }
      at = quote + 1;
      if (isEscaped) continue;
      this.#isInString = false;
      return at;
    }
  }

  #readName(bytes: Uint8Array, start: number, end: number): void {
    if (this.#name.length + end - start > LONGEST_NAME) {
      this.#isNaming = false;
      this.#name = "";
      return;
    }
    for (let at = start; at < end; at += 1) this.#name += String.fromCharCode(bytes[at] as number);
  }

  #keep(bytes: Uint8Array): void {
    this.#keptBytes += bytes.length;
    if (this.#keptBytes <= MAX_EVENT_BYTES) this.#kept.push(bytes);
    else this.#kept = [];
  }

  #finish(last: Uint8Array): void {
    const name = this.#keeping;
    if (name === undefined) return;
    this.#keep(last);
    const parts = this.#kept;
    const isKept = this.#keptBytes <= MAX_EVENT_BYTES;
    this.#keeping = undefined;
    this.#kept = [];
    this.#keptBytes = 0;
    if (isKept) this.#read(name, parts);
  }

  #read(name: string, parts: readonly Uint8Array[]): void {
    const value = parse(parts);
    if (!isObject(value)) return;
    if (name === "usage") this.#usage = "inputTokens" in value ? readConverseUsage(value) : readClaudeUsage(value);
    else if (typeof value["type"] === "string") this.#errorType = value["type"];
  }
}

function parse(parts: readonly Uint8Array[]): unknown {
  try {
    return JSON.parse(parts.map((part) => text.decode(part, { stream: true })).join("") + text.decode());
  } catch {
    return undefined;
  }
}
