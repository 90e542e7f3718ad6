import type { WireReply } from "../terms/wire.ts";

/** No other page may frame what the fake answers, and nothing that stands in it may move where its links and forms lead. */
const POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Writes an answer of the fake itself: never cached, never taken for something else.
 *
 * @returns The answer, as it goes over the wire.
 */
export function text(status: number, mediaType: string, body: string): WireReply {
  return {
    status,
    headers: [
      ["content-type", mediaType],
      ["cache-control", "no-store"],
      ["x-content-type-options", "nosniff"],
      ["content-security-policy", POLICY],
      ["referrer-policy", "no-referrer"],
    ],
    body: new TextEncoder().encode(body),
  };
}

/**
 * Writes an answer of the fake itself as JSON.
 *
 * @returns The answer, as it goes over the wire.
 */
export const json = (status: number, value: object): WireReply =>
  text(status, "application/json", JSON.stringify(value));
