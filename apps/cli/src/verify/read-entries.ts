import { JsonValues, type NumberedText } from "./json-values.ts";
import { type Entry, readDump, readJson } from "./read-document.ts";
import { readLines, TOO_LONG } from "./read-lines.ts";

/** A request of the input, with the number of its line, or its place in a list. */
export interface NumberedEntry extends Omit<Entry, "text"> {
  readonly number: number;
  readonly text: string | typeof TOO_LONG;
}

/**
 * Reads the requests of an input in each of its forms. JSON is answered as it arrives, value by value, over as many lines as
 * each takes; any other input is held as a whole, and read line by line where it is longer than allowed or of no known form.
 *
 * @param chunks The bytes.
 * @param maxBytes Length of the longest line, and of the longest value or document, that is read.
 * @yields {NumberedEntry} Each request.
 */
export async function* readEntries(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<NumberedEntry> {
  let reader: Reader | undefined;
  let number = 0;
  for await (const text of readLines(chunks, maxBytes)) {
    number++;
    if (isBlank(text) && reader === undefined) continue;
    reader ??= beginsJson(text) ? new JsonReader(maxBytes) : new DumpReader(maxBytes);
    yield* reader.take({ number, text });
  }
  if (reader !== undefined) yield* reader.end();
}

/** Turns lines into requests. */
interface Reader {
  take(line: NumberedText): Iterable<NumberedEntry>;
  end(): Iterable<NumberedEntry>;
}

class JsonReader implements Reader {
  readonly #values: JsonValues;

  constructor(maxBytes: number) {
    this.#values = new JsonValues(maxBytes);
  }

  *take(line: NumberedText): Generator<NumberedEntry> {
    for (const value of this.#values.take(line)) yield* entriesOf(value);
  }

  *end(): Generator<NumberedEntry> {
    for (const value of this.#values.end()) yield* entriesOf(value);
  }
}

function entriesOf({ number, text }: NumberedText): readonly NumberedEntry[] {
  const read = text === TOO_LONG ? undefined : readJson(text);
  if (read === undefined) return [{ number, text }];
  return "list" in read
    ? read.list.map((entry, index) => ({ ...entry, number: index + 1 }))
    : [{ ...read.one, number }];
}

class DumpReader implements Reader {
  readonly #maxBytes: number;
  #held: NumberedText[] | undefined = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *take(line: NumberedText): Generator<NumberedEntry> {
    const { text } = line;
    if (this.#held === undefined) {
      if (!isBlank(text)) yield line;
      return;
    }
    this.#held.push(line);
    if (text !== TOO_LONG) this.#length += text.length + 1;
    if (text !== TOO_LONG && this.#length <= this.#maxBytes) return;
    yield* this.#held.filter((each) => !isBlank(each.text));
    this.#held = undefined;
  }

  *end(): Generator<NumberedEntry> {
    if (this.#held === undefined) return;
    const dumped = readDump(this.#held.map(({ text }) => String(text)).join("\n"));
    if (dumped === undefined) yield* this.#held.filter(({ text }) => !isBlank(text));
    else yield* dumped.map((entry, index) => ({ ...entry, number: index + 1 }));
  }
}

const isBlank = (text: string | typeof TOO_LONG): boolean => text !== TOO_LONG && text.trim() === "";

const beginsJson = (text: string | typeof TOO_LONG): boolean => text === TOO_LONG || /^\s*[{[]/.test(text);
