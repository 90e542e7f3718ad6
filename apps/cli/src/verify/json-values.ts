import { isObject } from "@claude-on-aws/endpoints";
import { TOO_LONG } from "./read-lines.ts";

/** A line of an input. */
export interface NumberedText {
  readonly number: number;
  readonly text: string | typeof TOO_LONG;
}

/** What stands in the lines of a value that is not complete yet. */
interface OpenValue {
  /** Empty where it has become too long to be kept. */
  lines: { readonly number: number; readonly text: string }[];
  readonly number: number;
  length: number;
  depth: number;
}

const OPENING = /[{[]/;

/**
 * Cuts lines into JSON values, however many lines each takes, and however many stand in one. A value is given as soon as its
 * last line was taken; what never becomes one is given line by line.
 */
export class JsonValues {
  readonly #maxLength: number;
  #open: OpenValue | undefined;

  /** @param maxLength The longest value that is kept, in characters. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /**
   * Takes a line.
   *
   * @yields {NumberedText} Each value that ends in it, with the number of its first line; and what is none.
   */
  *take(line: NumberedText): Generator<NumberedText> {
    const { number, text } = line;
    if (text === TOO_LONG) {
      yield* this.end();
      yield line;
      return;
    }
    // A line was cut short, where a whole request begins at the next.
    if (this.#open !== undefined && isRequest(text)) yield* this.end();
    const found: NumberedText[] = [];
    let at = 0;
    for (;;) {
      if (this.#open === undefined) {
        at += text.length - at - text.slice(at).trimStart().length;
        if (at >= text.length) break;
        if (!OPENING.test(text[at] ?? "")) {
          // What stands in a line beside a value spoils the line.
          yield line;
          return;
        }
        this.#open = { lines: [], number, length: 0, depth: 0 };
      }
      const open: OpenValue = this.#open;
      const end = endOfValue(text, at, open);
      this.#hold(open, number, text.slice(at, end));
      if (end === undefined) break;
      found.push({ number: open.number, text: textOf(open) });
      this.#open = undefined;
      at = end;
    }
    yield* found;
  }

  /**
   * Gives up on a value that did not end.
   *
   * @yields {NumberedText} Its lines.
   */
  *end(): Generator<NumberedText> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    if (open.lines.length === 0) yield { number: open.number, text: TOO_LONG };
    else yield* open.lines.filter(({ text }) => text.trim() !== "");
  }

  #hold(open: OpenValue, number: number, text: string): void {
    open.length += text.length + 1;
    if (open.length > this.#maxLength) open.lines = [];
    else open.lines.push({ number, text });
  }
}

const textOf = ({ lines }: OpenValue): string | typeof TOO_LONG =>
  lines.length === 0 ? TOO_LONG : lines.map(({ text }) => text).join("\n");

/** Whether a line is a whole request, and no part of a value that is written over several lines. */
function isRequest(line: string): boolean {
  if (!line.startsWith("{")) return false;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && "method" in value && "target" in value;
  } catch {
    return false;
  }
}

/** Behind the bracket that closes a value; `undefined` where none in the line does. No text of JSON goes over a line. */
function endOfValue(line: string, from: number, open: OpenValue): number | undefined {
  let isInText = false;
  for (let at = from; at < line.length; at++) {
    const character = line[at];
    if (isInText) {
      if (character === "\\") at++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === "{" || character === "[") open.depth++;
    else if ((character === "}" || character === "]") && --open.depth === 0) return at + 1;
  }
  return undefined;
}
