/** A place in a text. */
export interface TextPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A token of JSON: a text, a sign, or a word such as a number. */
const TOKEN =
  /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|[[\]{}:,]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/** Where something stands, by its path: `replies[0].when`, or the whole as an empty text. */
type Places = Map<string, number>;

/** Thrown at the first character that is no JSON. */
class NoJson extends Error {
  readonly at: number;

  constructor(at: number) {
    super("No JSON");
    this.at = at;
  }
}

/** Walks over JSON once, and notes where each value stands. */
class Walker {
  readonly places: Places = new Map();
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  walk(): void {
    this.#value(this.#token(), "", 0);
    this.#skip(SPACE);
    if (this.#at < this.#text.length) throw new NoJson(this.#at);
  }

  #skip(form: RegExp): string {
    form.lastIndex = this.#at;
    const [found = ""] = form.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  /** The next token, and where it begins. */
  #token(): readonly [token: string, at: number] {
    this.#skip(SPACE);
    const at = this.#at;
    const token = this.#skip(TOKEN);
    if (token === "") throw new NoJson(at);
    return [token, at];
  }

  #expect(...expected: readonly string[]): string {
    const [token, at] = this.#token();
    if (!expected.includes(token)) throw new NoJson(at);
    return token;
  }

  #value([token, at]: readonly [string, number], path: string, depth: number): void {
    this.places.set(path, at);
    if (depth > this.#maxDepth || "]}:,".includes(token)) throw new NoJson(at);
    if (token === "{") this.#object(path, depth);
    if (token === "[") this.#array(path, depth);
  }

  #object(path: string, depth: number): void {
    let next = this.#token();
    if (next[0] === "}") return;
    for (;;) {
      const [key, at] = next;
      if (!key.startsWith('"')) throw new NoJson(at);
      this.#expect(":");
      const name = JSON.parse(key) as string;
      const inner = path === "" ? name : `${path}.${name}`;
      this.#value(this.#token(), inner, depth + 1);
      if (this.#expect(",", "}") === "}") return;
      next = this.#token();
    }
  }

  #array(path: string, depth: number): void {
    let next = this.#token();
    if (next[0] === "]") return;
    for (let index = 0; ; index++) {
      this.#value(next, `${path}[${index}]`, depth + 1);
      if (this.#expect(",", "]") === "]") return;
      next = this.#token();
    }
  }
}

/** Deeper than any scenario that is read nests. */
const MAX_DEPTH = 512;

/**
 * Finds where in a text of JSON something stands.
 *
 * @param text The text.
 * @param path Such as `replies[0].when`; what is missing stands where that does which misses it.
 * @returns Its line and its column; in a text that is no JSON, those of the first character that is none.
 */
export function locateInJson(text: string, path: string): TextPlace {
  const walker = new Walker(text, MAX_DEPTH);
  try {
    walker.walk();
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    return placeOf(text, error.at);
  }
  let known = path;
  while (known !== "" && !walker.places.has(known)) known = known.replace(/(?:\.|^)[^.[]*$|\[\d+\]$/, "");
  return placeOf(text, walker.places.get(known) ?? 0);
}

function placeOf(text: string, at: number): TextPlace {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}
