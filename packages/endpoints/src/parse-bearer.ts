/**
 * Reads the token of an `Authorization` header of the scheme `Bearer`.
 *
 * @example Usage
 * ```ts
 * import { parseBearer } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(parseBearer("Bearer ABSKexample"), "ABSKexample");
 * equal(parseBearer("AWS4-HMAC-SHA256 Credential=…"), undefined);
 * ```
 *
 * @param authorization The value of the header.
 * @returns What follows the scheme and its spaces, perhaps nothing; `undefined` if the scheme is another.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 | RFC 6750}; the case of the scheme does not matter (RFC 9110)
 */
export function parseBearer(authorization: string): string | undefined {
  const scheme = BEARER.exec(authorization);
  return scheme === null ? undefined : authorization.slice(scheme[0].length);
}

const BEARER = /^bearer +/i;
