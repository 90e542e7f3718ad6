import type { Socket } from "node:net";

/** The longest line that is read, in bytes. */
const MAX_LINE_BYTES = 65_536;

/** Reads what a server sends: lines, and as many bytes as are asked for. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  /** Takes a line without its end; `undefined` where the connection ends before, or the line is longer than 64 KiB. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#held.toString("latin1", 0, end);
        this.#held = this.#held.subarray(end + 2);
        return line;
      }
      if (this.#held.length > MAX_LINE_BYTES || !(await this.#more())) return undefined;
    }
  }

  /** Takes what is there, at most `max` bytes of it, and waits where nothing is; `undefined` where the connection ended. */
  async some(max: number): Promise<Buffer | undefined> {
    if (this.#held.length === 0 && !(await this.#more())) return undefined;
    const taken = this.#held.subarray(0, max);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  async #more(): Promise<boolean> {
    try {
      const { done, value } = await this.#chunks.next();
      if (done === true) return false;
      this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
      return true;
    } catch {
      // A connection that breaks has ended, too.
      return false;
    }
  }
}
