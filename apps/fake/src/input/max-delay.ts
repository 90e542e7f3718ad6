/** The longest time that a timer of the runtimes waits, in milliseconds: some 24 days. A longer one would end at once. */
export const MAX_DELAY_MS: number = 2 ** 31 - 1;
