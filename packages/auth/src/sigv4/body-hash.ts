import { digest } from "./digest.ts";
import { headerValue, type WireRequest } from "./wire-request.ts";

/** SHA-256 of no bytes. */
export const HASH_OF_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Stands in a canonical request where the hash of a body belongs that nobody has: no signature is right with it. */
export const UNKNOWN_HASH = "(SHA-256 of the body, which was not recorded)";

/** What is known of a body beside its bytes. */
export interface KnownBody {
  readonly bodySha256?: string | undefined;
  /** Whether it was sent and is not at hand. */
  readonly bodyMissing?: boolean | undefined;
}

/**
 * Finds the hash that the body has in the canonical request.
 *
 * @param request The request.
 * @param known What is known of its body.
 * @returns The hash; of a body that is missing, what the request states, or {@link UNKNOWN_HASH}.
 */
export function bodyHashOf(request: WireRequest, { bodySha256, bodyMissing }: KnownBody): string | Promise<string> {
  if (bodySha256 !== undefined) return bodySha256;
  return bodyMissing === true ? (statedBodyHash(request) ?? UNKNOWN_HASH) : digest.sha256Hex(request.body);
}

/**
 * Reads what a request states as the hash of its body, for whoever does not have the body.
 *
 * @example Usage
 * ```ts
 * import { statedBodyHash } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
 * equal(statedBodyHash({ headers: [["X-Amz-Content-Sha256", hash]] }), hash);
 * equal(statedBodyHash({ headers: [["X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"]] }), undefined);
 * ```
 *
 * @param request A request with a body.
 * @returns Its `x-amz-content-sha256`; `undefined` where that is no hash, or the one of no bytes.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function statedBodyHash({ headers }: Pick<WireRequest, "headers">): string | undefined {
  const stated = headerValue(headers, "x-amz-content-sha256")?.trim() ?? "";
  // A body was sent: who states the hash of none did not hash it.
  return /^[0-9a-f]{64}$/.test(stated) && stated !== HASH_OF_EMPTY ? stated : undefined;
}
