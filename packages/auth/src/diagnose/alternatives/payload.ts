import { HASH_OF_EMPTY } from "../../sigv4/body-hash.ts";
import { UNSIGNED_PAYLOAD } from "../../sigv4/sign-request.ts";
import type { Alternative } from "../parts.ts";

/** What is known about the body's hash. */
export interface KnownPayload {
  /** Hash of the body that was received. */
  readonly bodyHash: string;
  /** What the canonical request should hold: the hash, or `UNSIGNED-PAYLOAD`. */
  readonly expected: string;
  /** Value of `x-amz-content-sha256`, where it was sent. */
  readonly header: string | undefined;
}

/**
 * The other hashes that may have been signed.
 *
 * @param known What is known about the hash.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function payloadAlternatives({ bodyHash, expected, header }: KnownPayload): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (payloadHash: string, mistakes: Alternative["mistakes"], headers?: Record<string, string>): void => {
    found.push({
      slot: "payload",
      change: { payloadHash, ...(headers === undefined ? {} : { headers }) },
      mistakes,
      cost: 1,
    });
  };
  add(HASH_OF_EMPTY, [{ code: "BODY_HASH_OF_EMPTY" }]);
  if (expected !== UNSIGNED_PAYLOAD) add(UNSIGNED_PAYLOAD, [{ code: "BODY_UNSIGNED" }]);
  if (header === undefined || header === expected) return found;
  if (header !== HASH_OF_EMPTY && header !== UNSIGNED_PAYLOAD)
    add(header, [{ code: "BODY_CHANGED", signed: header, received: bodyHash }]);
  const name = "x-amz-content-sha256";
  // The header itself may be what changed.
  for (const signed of new Set([bodyHash, UNSIGNED_PAYLOAD])) {
    add(signed, [{ code: "HEADER_REWRITTEN", header: name, signed, received: header }], { [name]: signed });
  }
  return found;
}
