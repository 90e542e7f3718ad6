import { JsonScanner } from "./json-scanner.ts";
import { isPlainName } from "./is-plain-name.ts";
import { NameTable } from "./name-table.ts";
import type { LongStrings } from "./skip-string.ts";

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

/** Paths, made ready to be looked for. */
export interface PreparedPaths {
  /** The path that ends here. */
  readonly pattern: BodyPath | undefined;
  /** Where the paths go on in each item of a list. */
  readonly items: PreparedPaths | undefined;
  /** Where the paths go on in an object, by name; `undefined` where none does. */
  readonly members: ReadonlyMap<string, Step> | undefined;
  readonly table: NameTable<Step>;
}

/** A name on the way, and how the paths go on behind it. */
interface Step {
  readonly name: string;
  readonly next: PreparedPaths;
}

const EACH = "*";

/**
 * Makes paths ready to be looked for, once for all bodies.
 *
 * @param paths The paths.
 * @returns What {@link findPaths} takes.
 */
export const preparePaths = (paths: readonly BodyPath[]): PreparedPaths => prepare(paths, 0);

function prepare(paths: readonly BodyPath[], depth: number): PreparedPaths {
  const names = new Set(paths.filter(({ length }) => length > depth).map((path) => path[depth] ?? ""));
  const next = (name: string): PreparedPaths =>
    prepare(
      paths.filter((path) => path[depth] === name),
      depth + 1,
    );
  const steps = [...names]
    .filter((name) => name !== EACH)
    .map((name): [string, Step] => [name, { name, next: next(name) }]);
  return {
    pattern: paths.find(({ length }) => length === depth),
    items: names.has(EACH) ? next(EACH) : undefined,
    members: steps.length === 0 ? undefined : new Map(steps),
    table: new NameTable(steps),
  };
}

/** A name that is looked for, each of its characters escaped, is not longer. */
const LONGEST_KEY = 256;

/**
 * Finds the values on some paths of a JSON body in one pass over its bytes. What lies beside the paths is passed over unread, so
 * that a tool's input with names like these is none of them.
 *
 * @param body The body, an object. Each byte is looked at a bounded number of times, whatever it holds.
 * @param paths The paths, from {@link preparePaths}.
 * @param longStrings Strings of the body whose ends are known.
 * @returns What was found, in the order of the body.
 * @throws {FetchError} `BODY_MALFORMED` where the body is no JSON object as far as it was read.
 */
export function findPaths(body: Uint8Array, paths: PreparedPaths, longStrings?: LongStrings): FoundPaths {
  const scanner = new JsonScanner(body, longStrings);
  const finder = new PathFinder(scanner);
  scanner.start();
  const members = finder.find(paths, scanner.closing() ?? 0, "");
  return { found: finder.found, end: scanner.at - 1, members };
}

class PathFinder {
  readonly found: FoundPath[] = [];
  readonly #scanner: JsonScanner;
  #holders = 0;

  constructor(scanner: JsonScanner) {
    this.#scanner = scanner;
  }

  /** Reads an object or a list from its bracket on to behind it; returns how many members it has. */
  find(paths: PreparedPaths, close: number, prefix: string): number {
    const scanner = this.#scanner;
    const holder = this.#holders++;
    const { items } = paths;
    let count = 0;
    let previousEnd: number | null = null;
    let open: { -readonly [Key in keyof FoundPath]: FoundPath[Key] } | undefined;
    for (let isMember = scanner.enter(close); isMember; isMember = scanner.goOn(close)) {
      const start = scanner.at;
      if (open !== undefined) open.nextStart = start;
      open = undefined;
      const step = items === undefined ? this.#step(paths, start, scanner.skipName()) : undefined;
      const next = items ?? step?.next;
      if (next === undefined) scanner.skipValue();
      else {
        const name = `${prefix}${step?.name ?? count}`;
        const valueStart = scanner.at;
        const { pattern } = next;
        if (pattern !== undefined) {
          open = { pattern, name, holder, previousEnd, start, valueStart, valueEnd: 0, nextStart: null };
          this.found.push(open);
        }
        this.#value(next, name);
        if (open !== undefined) open.valueEnd = scanner.at;
      }
      previousEnd = scanner.at;
      count += 1;
    }
    return count;
  }

  /** Goes into a value where a path goes on in it. */
  #value(paths: PreparedPaths, name: string): void {
    const scanner = this.#scanner;
    const close = paths.items === undefined && paths.members === undefined ? undefined : scanner.closing();
    const isList = close === LIST_END;
    if (close !== undefined && isList === (paths.items !== undefined)) this.find(paths, close, `${name}.`);
    else scanner.skipValue();
  }

  /** The step of a name; `undefined` where no path goes there. */
  #step({ table, members }: PreparedPaths, start: number, end: number): Step | undefined {
    const scanner = this.#scanner;
    if (end - start > LONGEST_KEY) return undefined;
    const known = table.find(scanner.body, start, end);
    if (known !== undefined || isPlainName(scanner.body, start, end)) return known;
    const { at } = scanner;
    const name = scanner.parse(start, end) as string;
    scanner.at = at;
    return members?.get(name);
  }
}

const LIST_END = 0x5d;
