import type { WireReply } from "../terms/wire.ts";

/** An answer of the fake itself: never kept, never taken for something else. */
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

/** The same, of JSON. */
export const json = (status: number, value: object): WireReply =>
  text(status, "application/json", JSON.stringify(value));
