import type { Header } from "../header.ts";

/**
 * Headers of an answer in the order in which they came, a name as often as it came. The runtimes' `Headers` check and sort them, and
 * cost as much as the rest of an answer.
 */
export class HeaderList implements Iterable<Header> {
  #pairs: readonly Header[];

  /** @param pairs The headers, their names in lower case. */
  constructor(pairs: readonly Header[]) {
    this.#pairs = pairs;
  }

  /** The value of a header, or its values joined by commas; null where there is none. */
  get(name: string): string | null {
    let found: string | null = null;
    for (const [each, value] of this.#pairs) if (each === name) found = found === null ? value : `${found}, ${value}`;
    return found;
  }

  /** Whether there is a header of a name. */
  has(name: string): boolean {
    return this.#pairs.some(([each]) => each === name);
  }

  /** Puts one header into the place of all of its name. */
  set(name: string, value: string): void {
    this.#pairs = [...this.#pairs.filter(([each]) => each !== name), [name, value]];
  }

  /** Takes out all headers of some names. */
  delete(...names: readonly string[]): void {
    this.#pairs = this.#pairs.filter(([each]) => !names.includes(each));
  }

  /** The headers as pairs. */
  get pairs(): readonly Header[] {
    return this.#pairs;
  }

  [Symbol.iterator](): Iterator<Header> {
    return this.#pairs[Symbol.iterator]();
  }
}
