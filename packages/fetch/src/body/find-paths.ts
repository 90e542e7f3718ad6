import { FetchError } from "../fetch-error.ts";
import { parsePart } from "./read-text.ts";
import { type LongStrings, skipString } from "./skip-string.ts";

/** The way from a body to a value: names of members, `*` for each item of a list. */
export type BodyPath = readonly string[];

/** A value of a body that stands on one of the paths that were asked for. */
export interface FoundPath {
  /** The path as it was asked for. */
  readonly pattern: BodyPath;
  /** The same with the place in each list: `tools.0.type`. */
  readonly name: string;
  /** The object or list that holds it; two values of one holder have the same number. */
  readonly holder: number;
  /** Where the member before it in its holder ends; null for the first. */
  readonly previousEnd: number | null;
  /** Where the member begins, its name included. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Where the next member of its holder begins; null for the last. */
  readonly nextStart: number | null;
}

/** What is found in a body. */
export interface FoundPaths {
  readonly found: readonly FoundPath[];
  /** Where the closing brace of the body stands. */
  readonly end: number;
  /** How many members the body has. */
  readonly members: number;
}

interface PathTree {
  /** Set where a path ends. */
  pattern?: BodyPath;
  readonly children: Map<string, PathTree>;
}

/** Paths, made ready to be looked for. */
export type PreparedPaths = PathTree;

/**
 * Makes paths ready to be looked for, once for all bodies.
 *
 * @param paths The paths.
 * @returns What {@link findPaths} takes.
 */
export function preparePaths(paths: readonly BodyPath[]): PreparedPaths {
  const root: PathTree = { children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const step of path) {
      const next = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, next);
      node = next;
    }
    node.pattern = path;
  }
  return root;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** A name that is looked for, each of its characters escaped, is not longer. */
const LONGEST_KEY = 256;

/**
 * Finds the values on some paths of a JSON body in one pass over its bytes. What lies beside the paths is passed over unread, so
 * that a tool's input with names like these is none of them.
 *
 * @param body The body, an object. Each byte is looked at once, whatever it holds.
 * @param paths The paths, from {@link preparePaths}.
 * @param longStrings Strings of the body whose ends are known.
 * @returns What was found, in the order of the body.
 * @throws {FetchError} `BODY_MALFORMED` where the body is no JSON object as far as it was read.
 */
export function findPaths(body: Uint8Array, paths: PreparedPaths, longStrings?: LongStrings): FoundPaths {
  return new PathFinder(body, longStrings).find(paths);
}

class PathFinder {
  readonly #body: Uint8Array;
  readonly #longStrings: LongStrings | undefined;
  readonly #found: FoundPath[] = [];
  #holders = 0;
  #at = 0;

  constructor(body: Uint8Array, longStrings: LongStrings | undefined) {
    this.#body = body;
    this.#longStrings = longStrings;
  }

  find(paths: PathTree): FoundPaths {
    this.#skipSpace();
    if (this.#body[this.#at] !== OPEN_BRACE) throw this.#malformed("an object");
    const members = this.#members(paths, "");
    const end = this.#at - 1;
    return { found: this.#found, end, members };
  }

  /** Reads an object or a list from its bracket on to behind it; returns how many members it has. */
  #members(tree: PathTree, prefix: string): number {
    const isObject = this.#body[this.#at] === OPEN_BRACE;
    const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
    const holder = this.#holders++;
    this.#at += 1;
    this.#skipSpace();
    if (this.#body[this.#at] === close) {
      this.#at += 1;
      return 0;
    }
    let previousEnd: number | null = null;
    let open: { -readonly [Key in keyof FoundPath]: FoundPath[Key] } | undefined;
    for (let count = 1; ; count++) {
      const start = this.#at;
      if (open !== undefined) open.nextStart = start;
      open = undefined;
      const step: string | undefined = isObject ? this.#key() : "*";
      const valueStart = this.#at;
      const next = step === undefined ? undefined : tree.children.get(step);
      if (next === undefined) this.#skipValue();
      else {
        const name = `${prefix}${isObject ? step : count - 1}`;
        if (next.pattern !== undefined) {
          open = { pattern: next.pattern, name, holder, previousEnd, start, valueStart, valueEnd: 0, nextStart: null };
          this.#found.push(open);
        }
        this.#value(next, name);
        if (open !== undefined) open.valueEnd = this.#at;
      }
      previousEnd = this.#at;
      this.#skipSpace();
      const byte = this.#body[this.#at];
      if (byte !== COMMA && byte !== close) throw this.#malformed("a comma or the end of an object or a list");
      this.#at += 1;
      if (byte === close) return count;
      this.#skipSpace();
    }
  }

  /** Goes into a value where a path goes on in it. */
  #value(tree: PathTree, name: string): void {
    const first = this.#body[this.#at];
    const goesOn = tree.children.size > 0 && (first === OPEN_BRACE || first === OPEN_BRACKET);
    if (goesOn && tree.children.has("*") === (first === OPEN_BRACKET)) this.#members(tree, `${name}.`);
    else this.#skipValue();
  }

  /** Reads a name and its colon; `undefined` for one that is too long to be one of ours. */
  #key(): string | undefined {
    const start = this.#at;
    if (this.#body[start] !== QUOTE) throw this.#malformed("a name in quotes");
    this.#skipString();
    const end = this.#at;
    this.#skipSpace();
    if (this.#body[this.#at] !== COLON) throw this.#malformed("a colon");
    this.#at += 1;
    this.#skipSpace();
    return end - start > LONGEST_KEY ? undefined : this.#text(start, end);
  }

  #text(start: number, end: number): string {
    try {
      return parsePart(this.#body, start, end) as string;
    } catch (cause) {
      throw this.#malformed("a name in JSON", cause);
    }
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#body[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  #skipString(): void {
    const end = this.#longStrings?.get(this.#at) ?? skipString(this.#body, this.#at);
    this.#at = end < 0 ? this.#body.length : end;
    if (end < 0) throw this.#malformed("the end of a string");
  }

  #skipValue(): void {
    const first = this.#body[this.#at];
    if (first === QUOTE) this.#skipString();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) this.#skipNested();
    else this.#skipWord();
  }

  #skipWord(): void {
    const start = this.#at;
    for (; this.#at < this.#body.length; this.#at += 1) {
      const byte = this.#body[this.#at] as number;
      if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break;
    }
    if (this.#at === start) throw this.#malformed("a value");
  }

  /** To where as many brackets are closed as were opened; which closes which is the service's business. */
  #skipNested(): void {
    const body = this.#body;
    let depth = 0;
    for (; this.#at < body.length; this.#at += 1) {
      const byte = body[this.#at];
      if (byte === QUOTE) {
        this.#skipString();
        this.#at -= 1;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth > 0) continue;
        this.#at += 1;
        return;
      }
    }
    throw this.#malformed("the end of an object or a list");
  }

  #malformed(expected: string, cause?: unknown): FetchError {
    return new FetchError(
      "BODY_MALFORMED",
      `Cannot read the body as JSON: at byte ${this.#at} expected ${expected}; send a JSON object`,
      cause === undefined ? undefined : { cause },
    );
  }
}
