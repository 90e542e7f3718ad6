import { FetchError } from "../fetch-error.ts";
import { JsonScanner } from "./json-scanner.ts";
import { readAscii } from "./read-text.ts";

/** A value that was kept. */
export interface KeptValue {
  /** Where it begins, in bytes. */
  readonly start: number;
  readonly end: number;
  /** What was kept of it where it is an object with a shape. */
  readonly members: KeptMembers | null;
}

/** What was kept of an object, by name; a name may stand in it twice. */
export type KeptMembers = ReadonlyMap<string, readonly KeptValue[]>;

/** What of an object is looked at. Lists are looked through: each item has the shape of the list. */
export interface JsonShape {
  /** Members that are kept. */
  readonly keep?: readonly string[] | undefined;
  /** Members that are looked into. */
  readonly into?: Readonly<Record<string, JsonShape>>;
  /** The shape of the members that `into` does not name; without it they are passed over. */
  readonly others?: JsonShape | undefined;
  /** Told of each object of the shape when it ends. */
  readonly done?: undefined | ((members: KeptMembers, start: number, end: number) => void);
}

/** Whoever nests shapes deeper hides something; no body of a client is as deep. */
const DEEPEST = 32;
/** Longer names are none that is looked for, each of its characters escaped. */
const LONGEST_NAME = 256;

const LIST_END = 0x5d;

const latin1 = /* @__PURE__ */ new TextDecoder("latin1");

/**
 * Walks through a JSON body and tells of the objects whose shapes are asked for. Nothing is parsed but names; what has no shape
 * is passed over.
 *
 * @example How often a body asks for a tool, without parsing it
 * ```ts
 * import { walkJson } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const body = new TextEncoder().encode('{"messages":[{"tools":"no"}],"tools":[{"name":"a"},{"name":"b"}]}');
 * let tools = 0;
 * const isWhole = walkJson(body, { into: { tools: { done: () => void (tools += 1) } } });
 *
 * equal(isWhole, true);
 * equal(tools, 2);
 * ```
 *
 * @param body The body. Each byte is looked at a bounded number of times, whatever it holds.
 * @param shape The shape of its object.
 * @returns Whether it could be walked through to its end; false where it is no JSON object, shapes are nested more than 32
 * deep, or a name that is kept stands in one object more than twice.
 */
export function walkJson(body: Uint8Array, shape: JsonShape): boolean {
  const scanner = new JsonScanner(body);
  try {
    scanner.start();
    new JsonWalk(scanner).object(shape, 0);
    scanner.skipSpace();
    return scanner.at === body.length;
  } catch (error) {
    if (error instanceof FetchError && error.code === "BODY_MALFORMED") return false;
    throw error;
  }
}

class JsonWalk {
  readonly #scanner: JsonScanner;

  constructor(scanner: JsonScanner) {
    this.#scanner = scanner;
  }

  object(shape: JsonShape, depth: number): KeptMembers {
    const scanner = this.#scanner;
    const { at: start } = scanner;
    const { keep, into, others } = shape;
    const close = this.#closing(depth);
    const kept = new Map<string, KeptValue[]>();
    for (let isMember = scanner.enter(close); isMember; isMember = scanner.goOn(close)) {
      const name = this.#name();
      const { at: valueStart } = scanner;
      const members = this.#value(into !== undefined && Object.hasOwn(into, name) ? into[name] : others, depth);
      if (keep?.includes(name) === true) this.#keep(kept, name, { start: valueStart, end: scanner.at, members });
    }
    shape.done?.(kept, start, scanner.at);
    return kept;
  }

  #value(shape: JsonShape | undefined, depth: number): KeptMembers | null {
    const close = shape === undefined ? undefined : this.#scanner.closing();
    if (shape === undefined || close === undefined) this.#scanner.skipValue();
    else if (close === LIST_END) this.#list(shape, depth + 1);
    else return this.object(shape, depth + 1);
    return null;
  }

  #list(shape: JsonShape, depth: number): void {
    const scanner = this.#scanner;
    const close = this.#closing(depth);
    for (let isItem = scanner.enter(close); isItem; isItem = scanner.goOn(close)) this.#value(shape, depth);
  }

  #closing(depth: number): number {
    if (depth > DEEPEST) throw this.#scanner.malformed(`shapes nested at most ${DEEPEST} deep`);
    return this.#scanner.closing() ?? 0;
  }

  #keep(kept: Map<string, KeptValue[]>, name: string, value: KeptValue): void {
    const others = kept.get(name);
    if (others === undefined) kept.set(name, [value]);
    else if (others.length === 1) others.push(value);
    // Which of many counts is the service's business; nobody writes a name so often but to hide one.
    else throw this.#scanner.malformed("a name at most twice");
  }

  /** Reads a name and its colon. One that is too long to be looked for is empty. */
  #name(): string {
    const scanner = this.#scanner;
    const { at: start, body } = scanner;
    const end = scanner.skipName();
    if (end - start > LONGEST_NAME) return "";
    // A name in other letters is none that is looked for, whatever it reads as.
    const text = readAscii(body, start, end) ?? latin1.decode(body.subarray(start, end));
    if (!text.includes("\\")) return text.slice(1, -1);
    try {
      return JSON.parse(text) as string;
    } catch (cause) {
      throw scanner.malformed("a name in JSON", cause);
    }
  }
}
