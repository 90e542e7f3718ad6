import { type Entry, readDocument } from "./read-document.ts";
import { readLines, TOO_LONG } from "./read-lines.ts";

/** A request of the input, with the number of its line, or its place where the input is one document. */
export interface NumberedEntry extends Omit<Entry, "text"> {
  readonly number: number;
  readonly text: string | typeof TOO_LONG;
}

/**
 * Reads the requests of an input in each of its forms. One JSON object a line is answered as it arrives; any other
 * input is held as a whole, and read line by line where it is longer than allowed or of no known form.
 *
 * @param chunks The bytes.
 * @param maxBytes Length of the longest line, and of the longest document, that is read.
 * @yields {NumberedEntry} Each request.
 */
export async function* readEntries(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<NumberedEntry> {
  let held: NumberedEntry[] | undefined = [];
  let length = 0;
  let number = 0;
  for await (const text of readLines(chunks, maxBytes)) {
    const entry: NumberedEntry = { number: ++number, text };
    if (held === undefined) {
      if (!isBlank(text)) yield entry;
      continue;
    }
    held.push(entry);
    if (text !== TOO_LONG) length += text.length + 1;
    const isFirst = held.every((each) => each === entry || isBlank(each.text));
    if (text !== TOO_LONG && length <= maxBytes && !(isFirst && isRequestLine(text))) continue;
    yield* held.filter((each) => !isBlank(each.text));
    held = undefined;
  }
  if (held === undefined) return;
  const document = readDocument(held.map(({ text }) => String(text)).join("\n"));
  if (document === undefined) yield* held.filter(({ text }) => !isBlank(text));
  else yield* document.map((entry, index) => ({ ...entry, number: index + 1 }));
}

const isBlank = (text: string | typeof TOO_LONG): boolean => text !== TOO_LONG && text.trim() === "";

/** Whether a line is a whole JSON object, and not that of a HAR or a journal. */
function isRequestLine(line: string): boolean {
  if (!line.trimStart().startsWith("{")) return false;
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return !("log" in value || "exchanges" in value);
  } catch {
    return false;
  }
}
