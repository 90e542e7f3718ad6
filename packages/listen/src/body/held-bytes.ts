/** Counts the bytes of bodies that are held for handlers over all connections, up to a limit. */
export class HeldBytes {
  readonly #maxBytes: number;
  #taken = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether more came than there is room for. */
  get isOver(): boolean {
    return this.#taken > this.#maxBytes;
  }

  /** Takes bytes, whether or not there is room: they came already. Answers whether there was. */
  take(bytes: number): boolean {
    this.#taken += bytes;
    return !this.isOver;
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}
