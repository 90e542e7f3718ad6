import { FetchError } from "../fetch-error.ts";
import { parsePart } from "./read-text.ts";
import { type LongStrings, skipString } from "./skip-string.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Goes over the bytes of a JSON body, each of which is looked at a bounded number of times, whatever it holds. What is passed over
 * is not read: which bracket closes which, and what a number looks like, is the service's business.
 */
export class JsonScanner {
  readonly body: Uint8Array;
  /** Where the next byte is read. */
  at = 0;
  readonly #known: LongStrings | undefined;
  readonly #noted: Map<number, number> | undefined;

  /**
   * @param body The body.
   * @param known Strings whose ends are known.
   * @param noted Where the ends of long strings are written down.
   */
  constructor(body: Uint8Array, known?: LongStrings, noted?: Map<number, number>) {
    this.body = body;
    this.#known = known;
    this.#noted = noted;
  }

  /** Moves to the body's opening brace. */
  start(): void {
    this.skipSpace();
    if (this.body[this.at] !== OPEN_BRACE) throw this.malformed("an object");
  }

  /** Which bracket closes the object or list that begins here; `undefined` where none begins. */
  closing(): number | undefined {
    const first = this.body[this.at];
    if (first === OPEN_BRACE) return CLOSE_BRACE;
    return first === OPEN_BRACKET ? CLOSE_BRACKET : undefined;
  }

  /**
   * Goes into an object or a list.
   *
   * @param close The bracket that closes it.
   * @returns Whether there is something in it; where there is nothing, it is passed over.
   */
  enter(close: number): boolean {
    this.at += 1;
    this.skipSpace();
    if (this.body[this.at] !== close) return true;
    this.at += 1;
    return false;
  }

  /**
   * Goes on behind a member.
   *
   * @param close The bracket that closes its object or list.
   * @returns Whether there is another one; where there is none, the end is passed over.
   */
  goOn(close: number): boolean {
    this.skipSpace();
    const byte = this.body[this.at];
    if (byte !== COMMA && byte !== close) throw this.malformed("a comma or the end of an object or a list");
    this.at += 1;
    if (byte === close) return false;
    this.skipSpace();
    return true;
  }

  /**
   * Passes over a name and its colon.
   *
   * @returns Where the name ends, behind its quote.
   */
  skipName(): number {
    if (this.body[this.at] !== QUOTE) throw this.malformed("a name in quotes");
    this.#skipString();
    const end = this.at;
    this.skipSpace();
    if (this.body[this.at] !== COLON) throw this.malformed("a colon");
    this.at += 1;
    this.skipSpace();
    return end;
  }

  skipValue(): void {
    const first = this.body[this.at];
    if (first === QUOTE) this.#skipString();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) this.#skipNested();
    else this.#skipWord();
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.body[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at += 1;
    }
  }

  /** Parses a part that was passed over. */
  parse(start: number, end: number): unknown {
    try {
      return parsePart(this.body, start, end);
    } catch (cause) {
      this.at = start;
      throw this.malformed("JSON in UTF-8", cause);
    }
  }

  /** Says that the body is not what it should be here. */
  malformed(expected: string, cause?: unknown): FetchError {
    return new FetchError(
      "BODY_MALFORMED",
      `Cannot read the body as JSON: at byte ${this.at} expected ${expected}; send a JSON object`,
      cause === undefined ? undefined : { cause },
    );
  }

  #skipString(): void {
    const end = this.#known?.get(this.at) ?? skipString(this.body, this.at, this.#noted);
    this.at = end < 0 ? this.body.length : end;
    if (end < 0) throw this.malformed("the end of a string");
  }

  #skipWord(): void {
    const start = this.at;
    for (; this.at < this.body.length; this.at += 1) {
      const byte = this.body[this.at] as number;
      if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break;
    }
    if (this.at === start) throw this.malformed("a value");
  }

  /** To where as many brackets are closed as were opened. */
  #skipNested(): void {
    const { body } = this;
    let depth = 0;
    for (; this.at < body.length; this.at += 1) {
      const byte = body[this.at];
      if (byte === QUOTE) {
        this.#skipString();
        this.at -= 1;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth > 0) continue;
        this.at += 1;
        return;
      }
    }
    throw this.malformed("the end of an object or a list");
  }
}
