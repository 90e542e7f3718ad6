import { halfSipHash } from "./half-sip-hash.ts";

const TAG_DIGITS = 4;

/** What a value is hidden behind: its length, and a tag that is the same for the same value in one process. */
export const HIDDEN: RegExp = /‹\d+ characters #[0-9a-f]{4}›/;

const WHOLE = /* @__PURE__ */ (() => new RegExp(`^${HIDDEN.source}$`))();

let key: Uint32Array | undefined;

/**
 * Writes what stands for a value that may be a secret. Within one process the same value is written in the same way, so that
 * a comparison still shows that, and where, one changed; its tag tells nobody what it is.
 *
 * @example Usage
 * ```ts
 * import { hide } from "@claude-on-aws/endpoints";
 * import { equal, match } from "node:assert/strict";
 *
 * match(hide("a value of 24 characters"), /^‹24 characters #[0-9a-f]{4}›$/);
 * equal(hide("one"), hide("one"));
 * ```
 *
 * @param value The value; one that is hidden already stays as it is.
 * @returns Such as `‹24 characters #a1b2›`.
 */
export function hide(value: string): string {
  if (WHOLE.test(value)) return value;
  // Not at import time: some workers have no random values then.
  key ??= globalThis.crypto.getRandomValues(new Uint32Array(2));
  const hash = halfSipHash(key, new TextEncoder().encode(value));
  const tag = (hash >>> (4 * (8 - TAG_DIGITS))).toString(16).padStart(TAG_DIGITS, "0");
  return `‹${value.length} characters #${tag}›`;
}
