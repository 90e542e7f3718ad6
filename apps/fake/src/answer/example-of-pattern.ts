/** The most repetitions, and the longest text, that are written out. */
const MAX_REPEATS = 10_000;
const MAX_LENGTH = 100_000;
/** How many letters of an expression are read: those inside of open-ended repetitions are read again. */
const MAX_STEPS = 100_000;

const OF_CLASS: Readonly<Record<string, string>> = {
  d: "0",
  D: "a",
  w: "a",
  W: "-",
  s: " ",
  S: "a",
  n: "\n",
  r: "\r",
  t: "\t",
  f: "\f",
  v: "\v",
  "0": "\0",
};

/** Candidates for a class of which it is only known what it does not hold. */
const CANDIDATES = "a0-_ .AzZ9/:";

/** Thrown inside for what is not understood. */
const UNSUPPORTED = Symbol("unsupported");

/**
 * Writes a text that a regular expression matches, taking the first of alternatives and as few repetitions as it may.
 *
 * @param pattern An expression as JSON Schema has it.
 * @param minLength Length to reach, in UTF-16 code units, where a repetition is open-ended.
 * @returns `undefined` where the expression looks around, refers back, is not valid, or takes too
 * much work.
 */
export function exampleOfPattern(pattern: string, minLength = 0): string | undefined {
  try {
    const least = new PatternReader(pattern, 0).read();
    return least.length >= minLength ? least : new PatternReader(pattern, minLength - least.length).read();
  } catch (error) {
    // RangeError: nested deeper than the stack; SyntaxError: a class that is not valid.
    if (error === UNSUPPORTED || error instanceof RangeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class PatternReader {
  readonly #pattern: string;
  /** Repetitions that the first open-ended quantifier adds. */
  #more: number;
  #at = 0;
  #steps = 0;

  constructor(pattern: string, more: number) {
    this.#pattern = pattern;
    this.#more = Math.min(more, MAX_REPEATS);
  }

  read(): string {
    const text = this.#alternatives();
    if (this.#at < this.#pattern.length) throw UNSUPPORTED;
    return text;
  }

  /** The first alternative; the others are read and forgotten. */
  #alternatives(): string {
    const first = this.#sequence();
    const more = this.#more;
    while (this.#take("|")) this.#sequence();
    this.#more = more;
    return first;
  }

  #sequence(): string {
    let text = "";
    while (this.#at < this.#pattern.length && !"|)".includes(this.#pattern[this.#at] ?? "")) {
      text += this.#term();
      if (text.length > MAX_LENGTH) throw UNSUPPORTED;
    }
    return text;
  }

  #term(): string {
    const start = this.#at;
    const more = this.#more;
    const atom = this.#atom();
    const [least, isOpen] = this.#quantifier();
    if (least === 1 && !isOpen) return atom;
    if (!isOpen || more === 0) return repeat(atom, least);
    // The atom may have taken what was to be added: it goes to the repetition of it.
    this.#more = 0;
    const end = this.#at;
    this.#at = start;
    const single = this.#atom();
    this.#at = end;
    return repeat(single, least + Math.ceil(more / Math.max(1, single.length)));
  }

  #quantifier(): readonly [least: number, isOpen: boolean] {
    const quantifier = this.#readQuantifier();
    if (quantifier !== undefined) this.#take("?");
    return quantifier ?? [1, false];
  }

  #readQuantifier(): readonly [least: number, isOpen: boolean] | undefined {
    if (this.#take("*")) return [0, true];
    if (this.#take("+")) return [1, true];
    if (this.#take("?")) return [0, false];
    const bounds = /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(this.#pattern.slice(this.#at, this.#at + 16));
    if (bounds === null) return undefined;
    this.#at += bounds[0].length;
    return [Math.min(Number(bounds[1]), MAX_REPEATS), bounds[2] === "," && bounds[3] === ""];
  }

  #atom(): string {
    if (++this.#steps > MAX_STEPS) throw UNSUPPORTED;
    const letter = this.#pattern[this.#at++] ?? "";
    if (letter === "^" || letter === "$") return "";
    if (letter === ".") return "a";
    if (letter === "(") return this.#group();
    if (letter === "[") return this.#class();
    if (letter === "\\") return this.#escape();
    if ("*+?".includes(letter)) throw UNSUPPORTED;
    return letter;
  }

  #group(): string {
    if (this.#take("?") && !this.#take(":")) {
      const name = /^<[A-Za-z_]\w{0,80}>/.exec(this.#pattern.slice(this.#at, this.#at + 96));
      if (name === null) throw UNSUPPORTED;
      this.#at += name[0].length;
    }
    const text = this.#alternatives();
    if (!this.#take(")")) throw UNSUPPORTED;
    return text;
  }

  #escape(): string {
    const letter = this.#pattern[this.#at++];
    if (letter === undefined || /[1-9bBpPk]/.test(letter)) throw UNSUPPORTED;
    if (letter === "u" || letter === "x") return this.#codeUnit(letter === "u" ? 4 : 2);
    return OF_CLASS[letter] ?? letter;
  }

  #codeUnit(digits: number): string {
    const hex = this.#pattern.slice(this.#at, this.#at + digits);
    if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) throw UNSUPPORTED;
    this.#at += digits;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #class(): string {
    const isNegated = this.#take("^");
    const start = this.#at;
    let first: string | undefined;
    while (this.#pattern[this.#at] !== "]") {
      if (this.#at >= this.#pattern.length) throw UNSUPPORTED;
      if (++this.#steps > MAX_STEPS) throw UNSUPPORTED;
      const member = this.#take("\\") ? this.#escape() : (this.#pattern[this.#at++] ?? "");
      first ??= member;
    }
    const members = this.#pattern.slice(start, this.#at++);
    if (!isNegated) {
      if (first === undefined) throw UNSUPPORTED;
      return first;
    }
    // One class of the pattern itself, which cannot backtrack.
    const outside = new RegExp(`[^${members}]`, "u");
    const found = [...CANDIDATES].find((candidate) => outside.test(candidate));
    if (found === undefined) throw UNSUPPORTED;
    return found;
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function repeat(text: string, times: number): string {
  if (text.length * times > MAX_LENGTH) throw UNSUPPORTED;
  return text.repeat(times);
}
