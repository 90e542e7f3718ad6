/** A name in ASCII, and what it stands for. */
interface Row<Value> {
  readonly name: string;
  readonly value: Value;
}

/** Names that are looked for in a body: most are told apart by their length, and none is decoded. */
export class NameTable<Value> {
  readonly #byLength: Row<Value>[][] = [];

  /** @param rows The names, and what each stands for. */
  constructor(rows: Iterable<readonly [name: string, value: Value]>) {
    for (const [name, value] of rows) (this.#byLength[name.length] ??= []).push({ name, value });
  }

  /**
   * Finds what a name stands for.
   *
   * @param body The body.
   * @param start Where the name's opening quote stands.
   * @param end Where the name ends, behind its closing quote.
   * @returns What it stands for; `undefined` where it is none of these as it is written, which escaped it may be.
   */
  find(body: Uint8Array, start: number, end: number): Value | undefined {
    const rows = this.#byLength[end - start - 2];
    if (rows === undefined) return undefined;
    for (const { name, value } of rows) {
      let at = 0;
      while (at < name.length && body[start + 1 + at] === name.charCodeAt(at)) at += 1;
      if (at === name.length) return value;
    }
    return undefined;
  }
}
