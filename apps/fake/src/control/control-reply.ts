import type { WireReply } from "../terms/wire.ts";

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
