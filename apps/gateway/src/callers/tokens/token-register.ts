import { isWithin } from "../is-within.ts";
import type { TokenRecord } from "./token-record.ts";
import { lookAtTokenFile, readSeenTokenFile, type SeenTokenFile } from "./read-token-file.ts";

/** How long what was read of a file of tokens is taken for what it holds, in milliseconds. */
export const TOKEN_CHECK_MS = 1_000;

/** How long tokens are good that were read last, once the file cannot be used any more, in milliseconds. */
export const TOKEN_KEEP_MS = 300_000;

/** What a register of tokens is made of. */
export interface TokenRegisterOptions {
  /** The time, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Told once of each thing that is wrong with the file. */
  readonly onProblem: (message: string) => void;
  /** How long what was read is taken for what the file holds. */
  readonly checkMs: number;
  /** How long tokens are good that were read last, once the file cannot be used. */
  readonly keepMs: number;
}

/** What is found under a hash: what was made of its record; `undefined` where there is none, `"unusable"` where nobody knows. */
export type Found<Entry> = Entry | undefined | "unusable";

/**
 * The tokens of a file, by their hashes, as the file holds them: changes are seen without a restart, and without a watch, of which none
 * works in every container.
 *
 * The file is looked at, not read, at most once in a while, and where a token is not known; known tokens cost a look-up meanwhile. A file
 * that is damaged lets nobody in who was not let in before; whoever was, stays for a time, in which somebody is told.
 */
export class TokenRegister<Entry extends object> {
  readonly #path: string;
  readonly #toEntry: (record: TokenRecord) => Entry;
  readonly #options: TokenRegisterOptions;
  #entries: ReadonlyMap<string, Entry> = new Map();
  #stamp: string | undefined;
  /** What was wrong last, and with which file. */
  #problem: string | undefined;
  #failedStamp: string | undefined;
  #unusableSinceMs: number | undefined;
  #checkedAtMs = -Infinity;
  #checking: Promise<void> | undefined;
  #following: Promise<void> | undefined;

  private constructor(path: string, toEntry: (record: TokenRecord) => Entry, options: TokenRegisterOptions) {
    this.#path = path;
    this.#toEntry = toEntry;
    this.#options = options;
  }

  /**
   * Reads a file for the first time.
   *
   * @throws {GatewayError} `TOKENS_UNUSABLE`.
   */
  static async open<Entry extends object>(
    path: string,
    toEntry: (record: TokenRecord) => Entry,
    options: TokenRegisterOptions,
  ): Promise<TokenRegister<Entry>> {
    const register = new TokenRegister(path, toEntry, options);
    await register.#check((error) => {
      throw error;
    });
    return register;
  }

  /** Finds what was made of a record. */
  find(hash: string): Found<Entry> | Promise<Found<Entry>> {
    const entry = this.#entries.get(hash);
    if (entry !== undefined && isWithin(this.#options.nowMs(), this.#checkedAtMs, this.#options.checkMs))
      return this.#if(entry);
    return this.#recheck().then(() => this.#if(this.#entries.get(hash)));
  }

  #if(entry: Entry | undefined): Found<Entry> {
    const since = this.#unusableSinceMs;
    return since !== undefined && !isWithin(this.#options.nowMs(), since, this.#options.keepMs) ? "unusable" : entry;
  }

  /** One look after the other; whoever asks while one is under way needs one that begins after. */
  #recheck(): Promise<void> {
    const current = this.#checking;
    if (current === undefined) return this.#begin();
    this.#following ??= current.then(() => {
      this.#following = undefined;
      return this.#begin();
    });
    return this.#following;
  }

  #begin(): Promise<void> {
    this.#checking = this.#check((error) => this.#failed(error)).finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #check(failed: (error: Error) => void): Promise<void> {
    const startedAtMs = this.#options.nowMs();
    // A stranger must not have a damaged file read again and again; what passes by itself is tried again.
    const triesAgain = !isWithin(startedAtMs, this.#checkedAtMs, this.#options.checkMs);
    let seen: SeenTokenFile | undefined;
    try {
      seen = await lookAtTokenFile(this.#path);
      const isRead =
        this.#problem === undefined ? seen.stamp === this.#stamp : seen.stamp === this.#failedStamp && !triesAgain;
      if (!isRead) {
        const records = await readSeenTokenFile(this.#path, seen);
        this.#entries = new Map(records.map((record) => [record.sha256, this.#toEntry(record)]));
        this.#stamp = seen.stamp;
        this.#problem = undefined;
        this.#unusableSinceMs = undefined;
      }
    } catch (error) {
      this.#failedStamp = seen?.stamp;
      failed(error as Error);
    }
    // An unknown token must not put off the next look at what is known.
    if (triesAgain) this.#checkedAtMs = startedAtMs;
  }

  #failed({ message }: Error): void {
    this.#unusableSinceMs ??= this.#options.nowMs();
    if (message === this.#problem) return;
    this.#problem = message;
    const seconds = Math.round(this.#options.keepMs / 1000);
    this.#options.onProblem(
      `${message}. Tokens that were read before are good for ${seconds} seconds from when it began`,
    );
  }
}
