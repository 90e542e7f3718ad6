import type { JSONWebKeySet, LocalJWKSet } from "jose";
import { isWithin } from "../is-within.ts";

/** What a {@link KeySource} is made of. */
export interface KeySourceOptions {
  /** Fetches the keys of the issuer. */
  readonly load: () => Promise<JSONWebKeySet>;
  /** Makes of them what finds the key of a JWT. */
  readonly toKeys: (keys: JSONWebKeySet) => LocalJWKSet;
  /** The time, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Told where keys cannot be fetched. */
  readonly onProblem: (error: Error) => void;
  /** How old keys are when they are fetched again. */
  readonly refreshMs: number;
  /** How old keys may be where they cannot be fetched again. */
  readonly keepMs: number;
  /** How long it takes at least from one fetch to the next, whatever JWTs name. */
  readonly cooldownMs: number;
}

/** The keys of an issuer: fetched when they are first needed, and again from time to time. */
export class KeySource {
  readonly #options: KeySourceOptions;
  #keys: LocalJWKSet | undefined;
  #text = "";
  #fetchedAtMs = -Infinity;
  #triedAtMs = -Infinity;
  #fetching: Promise<void> | undefined;

  constructor(options: KeySourceOptions) {
    this.#options = options;
  }

  /** Keys that were fetched not long ago; they stay the same object as long as the issuer has the same. */
  get fresh(): LocalJWKSet | undefined {
    return this.#isYounger(this.#options.refreshMs) ? this.#keys : undefined;
  }

  /**
   * The keys, fetched where they are old.
   *
   * @returns Old ones, for a time, where they cannot be fetched; `undefined` where there are none.
   */
  async get(): Promise<LocalJWKSet | undefined> {
    if (this.fresh === undefined) await this.#fetchWithin();
    return this.#isYounger(this.#options.keepMs) ? this.#keys : undefined;
  }

  /** The keys once more, since a JWT names one that is not among them: strangers cannot make the gateway ask often. */
  async getAnew(): Promise<LocalJWKSet | undefined> {
    await this.#fetchWithin();
    return this.get();
  }

  #isYounger(ms: number): boolean {
    return isWithin(this.#options.nowMs(), this.#fetchedAtMs, ms);
  }

  async #fetchWithin(): Promise<void> {
    if (this.#fetching === undefined) {
      const now = this.#options.nowMs();
      if (isWithin(now, this.#triedAtMs, this.#options.cooldownMs)) return;
      this.#triedAtMs = now;
      this.#fetching = this.#fetch().finally(() => {
        this.#fetching = undefined;
      });
    }
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      const found = await this.#options.load();
      const text = JSON.stringify(found);
      if (text !== this.#text) this.#keys = this.#options.toKeys(found);
      this.#text = text;
      this.#fetchedAtMs = this.#options.nowMs();
    } catch (error) {
      this.#options.onProblem(error as Error);
    }
  }
}
