/** A value that was kept. */
export interface KeptValue {
  /** Where it begins, in bytes. */
  readonly start: number;
  readonly end: number;
  /** What was kept of it where it is an object with a shape. */
  readonly members: KeptMembers | null;
}

/** What was kept of an object, by name; a name may stand in it more than once. */
export type KeptMembers = ReadonlyMap<string, readonly KeptValue[]>;

/** What of an object is looked at. Lists are looked through: each item has the shape of the list. */
export interface JsonShape {
  /** Members that are kept. */
  readonly keep?: readonly string[] | undefined;
  /** Members that are looked into. */
  readonly into?: Readonly<Record<string, JsonShape>>;
  /** Told of each object of the shape when it ends. */
  readonly done?: undefined | ((members: KeptMembers, start: number, end: number) => void);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Whoever nests shapes deeper hides something; no body of a client is as deep. */
const DEEPEST = 32;
/** Longer names are none that is looked for, each of its characters escaped. */
const LONGEST_NAME = 256;
/** So many bytes without a quote, and the next one is looked for by the runtime. */
const PLAIN = 64;

const latin1 = /* @__PURE__ */ new TextDecoder("latin1");

/**
 * Walks through a body of JSON and tells of the objects whose shapes are asked for. Each byte is looked at once or twice,
 * nothing is parsed but names; what has no shape is passed over.
 *
 * @param body The body.
 * @param shape The shape of its object.
 * @returns Whether it could be walked through to its end; false where it is no JSON, or shapes are nested too deeply.
 */
export function walkJson(body: Uint8Array, shape: JsonShape): boolean {
  const walk = new JsonWalk(body);
  try {
    return walk.run(shape);
  } catch (error) {
    if (error instanceof NotWalkable) return false;
    throw error;
  }
}

class NotWalkable extends Error {}

class JsonWalk {
  readonly #body: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  run(shape: JsonShape): boolean {
    this.#skipSpace();
    if (this.#body[this.#at] !== OPEN_BRACE) return false;
    this.#object(shape, 0);
    this.#skipSpace();
    return this.#at === this.#body.length;
  }

  #value(shape: JsonShape | undefined, depth: number): KeptMembers | null {
    const first = this.#body[this.#at];
    if (first === QUOTE) this.#skipString();
    else if (shape !== undefined && first === OPEN_BRACE) return this.#object(shape, depth + 1);
    else if (shape !== undefined && first === OPEN_BRACKET) this.#list(shape, depth + 1);
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) this.#skipNested();
    else this.#skipWord();
    return null;
  }

  #object(shape: JsonShape, depth: number): KeptMembers {
    if (depth > DEEPEST) throw new NotWalkable();
    const start = this.#at;
    const kept = new Map<string, KeptValue[]>();
    this.#each(CLOSE_BRACE, () => {
      const name = this.#name();
      const valueStart = this.#at;
      const { into = {} } = shape;
      const members = this.#value(Object.hasOwn(into, name) ? into[name] : undefined, depth);
      if (shape.keep?.includes(name) !== true) return;
      const value = { start: valueStart, end: this.#at, members };
      const others = kept.get(name);
      if (others === undefined) kept.set(name, [value]);
      // Two tell as much as any number.
      else if (others.length === 1) others.push(value);
    });
    shape.done?.(kept, start, this.#at);
    return kept;
  }

  #list(shape: JsonShape, depth: number): void {
    if (depth > DEEPEST) throw new NotWalkable();
    this.#each(CLOSE_BRACKET, () => void this.#value(shape, depth));
  }

  /** Goes from an opening bracket behind its closing one, item by item. */
  #each(close: number, item: () => void): void {
    this.#at += 1;
    this.#skipSpace();
    if (this.#body[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      item();
      this.#skipSpace();
      const byte = this.#body[this.#at];
      this.#at += 1;
      if (byte === close) return;
      if (byte !== COMMA) throw new NotWalkable();
      this.#skipSpace();
    }
  }

  /** Reads a name and its colon. One that is too long to be looked for is empty. */
  #name(): string {
    const start = this.#at;
    if (this.#body[start] !== QUOTE) throw new NotWalkable();
    this.#skipString();
    const name = this.#at - start > LONGEST_NAME ? "" : this.#decode(start);
    this.#skipSpace();
    if (this.#body[this.#at] !== COLON) throw new NotWalkable();
    this.#at += 1;
    this.#skipSpace();
    return name;
  }

  #decode(start: number): string {
    const text = latin1.decode(this.#body.subarray(start, this.#at));
    if (!text.includes("\\")) return text.slice(1, -1);
    try {
      return JSON.parse(text) as string;
    } catch {
      throw new NotWalkable();
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
    const body = this.#body;
    let at = this.#at + 1;
    for (let plain = 0; at < body.length; at += 1) {
      const byte = body[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return;
      }
      if (byte === BACKSLASH) {
        at += 1;
        plain = 0;
      } else if (++plain === PLAIN) {
        at = this.#lastPlain(at);
        plain = 0;
      }
    }
    throw new NotWalkable();
  }

  /** Where the next quote, or the first of the backslashes before it, is about to come. */
  #lastPlain(from: number): number {
    const body = this.#body;
    const quote = body.indexOf(QUOTE, from);
    if (quote < 0) throw new NotWalkable();
    let first = quote;
    while (first > from + 1 && body[first - 1] === BACKSLASH) first -= 1;
    return first - 1;
  }

  #skipWord(): void {
    const start = this.#at;
    for (; this.#at < this.#body.length; this.#at += 1) {
      const byte = this.#body[this.#at] as number;
      if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break;
    }
    if (this.#at === start) throw new NotWalkable();
  }

  /** To where as many brackets are closed as were opened; which closes which is the service's business. */
  #skipNested(): void {
    let depth = 0;
    while (this.#at < this.#body.length) {
      const byte = this.#body[this.#at];
      if (byte === QUOTE) {
        this.#skipString();
        continue;
      }
      this.#at += 1;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return;
    }
    throw new NotWalkable();
  }
}
