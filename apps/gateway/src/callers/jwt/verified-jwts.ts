import type { LocalJWKSet } from "jose";

/** A JWT that was verified. */
export interface VerifiedJwt<Value> {
  readonly value: Value;
  /** When it expires, in milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** The keys that it was verified with. */
  readonly keys: LocalJWKSet;
}

/** Remembers, by their hashes, JWTs that were verified: each costs one verification, and not one a request. */
export class VerifiedJwts<Value> {
  readonly #entries = new Map<string, VerifiedJwt<Value>>();
  readonly #max: number;

  /** @param max How many are remembered; the oldest is forgotten first. */
  constructor(max: number) {
    this.#max = max;
  }

  find(hash: string): VerifiedJwt<Value> | undefined {
    return this.#entries.get(hash);
  }

  add(hash: string, verified: VerifiedJwt<Value>): void {
    this.#entries.delete(hash);
    this.#entries.set(hash, verified);
    if (this.#entries.size <= this.#max) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(hash: string): void {
    this.#entries.delete(hash);
  }
}
