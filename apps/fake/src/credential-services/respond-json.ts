import type { WireReply } from "../terms/wire.ts";

const ENCODER = new TextEncoder();

/** An answer as JSON. */
export const respondJson = (status: number, value: object, headers: WireReply["headers"] = []): WireReply => ({
  status,
  headers: [["content-type", "application/json"], ...headers],
  body: ENCODER.encode(JSON.stringify(value)),
});

/** An answer as plain text. */
export const respondText = (content: string, headers: WireReply["headers"] = []): WireReply => ({
  status: 200,
  headers: [["content-type", "text/plain"], ...headers],
  body: ENCODER.encode(content),
});
