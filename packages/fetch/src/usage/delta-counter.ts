import { isObject } from "@claude-on-aws/endpoints";

const text = /* @__PURE__ */ new TextDecoder();
const utf8 = /* @__PURE__ */ new TextEncoder();

/** Where a delta holds what the model wrote. */
const WRITTEN = ["text", "partial_json", "thinking", "content"] as const;

/** What stands before the kind of a delta, as the services write it. */
const BEFORE_KIND = '"delta":{"type":"';

/**
 * Counts what the model wrote, in the deltas of a stream. The first delta of a block is parsed; what of it is not the model's is the
 * same in the others, whose length alone is looked at.
 */
export class DeltaCounter {
  /** Bytes of a delta that are not what the model wrote; undefined until the first delta of a block. */
  #frame: number | undefined;
  /** Where the kind stands, and its first byte: deltas of another kind, such as signatures, are nothing that was written. */
  #kindAt = 0;
  #kind = 0;
  #bytes = 0;
  #startBytes = 0;

  /** How many bytes were written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many bytes were written at most: a block's beginning may hold some, such as the name of a tool. */
  get mostBytes(): number {
    return this.#bytes + this.#startBytes;
  }

  /**
   * A block begins.
   *
   * @param length How many bytes its beginning has.
   */
  startBlock(length: number): void {
    this.#frame = undefined;
    this.#startBytes += length;
  }

  /**
   * Takes the JSON of a `content_block_delta`.
   *
   * @param bytes Where it stands.
   * @param start Its first byte.
   * @param end Behind its last.
   * @param missing How many bytes behind that were not held.
   */
  add(bytes: Uint8Array, start: number, end: number, missing = 0): void {
    if (this.#frame === undefined && missing > 0) this.#bytes += end - start + missing;
    else if (this.#frame === undefined) this.#measure(bytes.subarray(start, end));
    else if (bytes[start + this.#kindAt] === this.#kind)
      this.#bytes += Math.max(0, end - start + missing - this.#frame);
  }

  /**
   * Takes what was written, where it was read already.
   *
   * @param written The text.
   */
  addText(written: string): void {
    this.#bytes += utf8.encode(written).length;
  }

  #measure(json: Uint8Array): void {
    const line = text.decode(json);
    const written = writtenIn(line);
    if (written === undefined) return;
    const length = utf8.encode(JSON.stringify(written)).length - '""'.length;
    this.#bytes += length;
    this.#frame = json.length - length;
    // What stands before is ASCII, so that a character is a byte.
    this.#kindAt = line.indexOf(BEFORE_KIND) + BEFORE_KIND.length;
    this.#kind = json[this.#kindAt] ?? 0;
  }
}

function writtenIn(json: string): string | undefined {
  let event: unknown;
  try {
    event = JSON.parse(json);
  } catch {
    return undefined;
  }
  const delta = isObject(event) ? event["delta"] : undefined;
  if (!isObject(delta)) return undefined;
  const name = WRITTEN.find((each) => typeof delta[each] === "string");
  return name === undefined ? undefined : String(delta[name]);
}
