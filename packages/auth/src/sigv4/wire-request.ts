/**
 * One HTTP request exactly as it went over the wire.
 *
 * A signature covers the path as it was sent, headers that occur twice, and on
 * HTTP/2 the pseudo-header `:authority`. None of these survives a WHATWG
 * `Request`, so signing and verifying take this shape.
 */
export interface WireRequest {
  /** Upper-case method, such as `POST`. */
  readonly method: string;
  /** Path and query as sent, percent-encoding untouched: `/model/a%3A0/invoke?x=1`. */
  readonly target: string;
  /** Name and value in the order and case sent, HTTP/2 pseudo-headers included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string;
  /** The whole body; empty if there is none. */
  readonly body: Uint8Array;
}

/**
 * Finds the values of a header.
 *
 * @example Usage
 * ```ts
 * import { headerValues } from "@claude-on-aws/auth/sigv4";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(headerValues([["Accept", "a"], ["accept", "b"]], "accept"), ["a", "b"]);
 * ```
 *
 * @param headers Headers of a {@link WireRequest}.
 * @param name Lower-case name.
 * @returns The values in the order they were sent; empty if the header was not sent.
 */
export function headerValues(headers: WireRequest["headers"], name: string): string[] {
  const values: string[] = [];
  for (const header of headers) if (isCalled(header[0], name)) values.push(header[1]);
  return values;
}

/**
 * Finds the first value of a header.
 *
 * @example Usage
 * ```ts
 * import { headerValue } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * equal(headerValue([["Host", "127.0.0.1"]], "host"), "127.0.0.1");
 * ```
 *
 * @param headers Headers of a {@link WireRequest}.
 * @param name Lower-case name.
 * @returns The value; `undefined` if the header was not sent.
 */
export function headerValue(headers: WireRequest["headers"], name: string): string | undefined {
  // Not destructured in the head of the loop: an iterator for each header costs more than everything else here.
  for (const header of headers) if (isCalled(header[0], name)) return header[1];
  return undefined;
}

/** Most names are in lower case, or of another length: only a few have to be turned into lower case. */
const isCalled = (key: string, name: string): boolean =>
  key === name || (key.length === name.length && key.toLowerCase() === name);
