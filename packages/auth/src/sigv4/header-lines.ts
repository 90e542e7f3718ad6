import { canonicalValue } from "./canonical-value.ts";
import type { HeaderName } from "./header-name.ts";

/** So many are kept sorted as they come, which costs less than to sort them; beyond that it would grow with their square. */
const SORTED_NAMES = 64;

/** The canonical header lines of a request that is being signed, kept sorted as they are added. */
export class HeaderLines {
  readonly #listed: ReadonlySet<string> | undefined;
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  /** Those beyond the first, in no order. */
  #more: Map<string, string> | undefined;

  /** @param listed Names to sign; if left out, all that can be signed. */
  constructor(listed: readonly string[] | undefined) {
    this.#listed = listed === undefined ? undefined : new Set(listed.map((name) => name.toLowerCase()));
  }

  /** Says whether the caller listed this name. */
  isListed(lower: string): boolean {
    return this.#listed?.has(lower) === true;
  }

  /** Says whether a header that can be signed is to be signed. */
  isWanted({ lower, isAmz }: HeaderName): boolean {
    return isAmz || this.#listed === undefined || this.#listed.has(lower);
  }

  /** Adds a value; a second one of the same name is joined to the first. */
  add(lower: string, value: string): void {
    const names = this.#names;
    const values = this.#values;
    if (names.length >= SORTED_NAMES && !names.includes(lower)) {
      this.#addMore(lower, canonicalValue(value));
      return;
    }
    let at = names.length;
    while (at > 0 && (names[at - 1] as string) > lower) at--;
    if (at > 0 && names[at - 1] === lower) {
      values[at - 1] += `,${canonicalValue(value)}`;
      return;
    }
    names.splice(at, 0, lower);
    values.splice(at, 0, canonicalValue(value));
  }

  #addMore(lower: string, value: string): void {
    this.#more ??= new Map();
    const earlier = this.#more.get(lower);
    this.#more.set(lower, earlier === undefined ? value : `${earlier},${value}`);
  }

  /** Says whether a header of this name was added. */
  has(lower: string): boolean {
    return this.#names.includes(lower) || this.#more?.has(lower) === true;
  }

  /** Finds a listed name that was not added. */
  missing(): string | undefined {
    if (this.#listed === undefined) return undefined;
    for (const name of this.#listed) if (!this.has(name)) return name;
    return undefined;
  }

  /** Joins the lines, each ending with a line feed. */
  text(): string {
    let lines = "";
    if (this.#more !== undefined) {
      for (const [name, value] of this.entries()) lines += `${name}:${value}\n`;
      return lines;
    }
    for (let index = 0; index < this.#names.length; index++) {
      lines += `${this.#names[index]}:${this.#values[index]}\n`;
    }
    return lines;
  }

  /** Lists names and values. */
  entries(): readonly (readonly [name: string, value: string])[] {
    const sorted = this.#names.map((name, index): [string, string] => [name, this.#values[index] ?? ""]);
    if (this.#more === undefined) return sorted;
    // Each name is there once.
    return [...sorted, ...this.#more].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Joins the names, as `SignedHeaders` lists them. */
  names(): string {
    const names = this.#more === undefined ? this.#names : this.entries().map(([name]) => name);
    return names.join(";");
  }
}
