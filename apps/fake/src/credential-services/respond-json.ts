import type { WireReply } from "../terms/wire.ts";

const ENCODER = new TextEncoder();

/**
 * Writes an answer as JSON.
 *
 * @returns The answer, as it goes over the wire.
 */
export const respondJson = (status: number, value: object, headers: WireReply["headers"] = []): WireReply => ({
  status,
  headers: [["content-type", "application/json"], ...headers],
  body: ENCODER.encode(JSON.stringify(value)),
});

/**
 * Writes an answer as plain text.
 *
 * @returns The answer, as it goes over the wire; its status is 200.
 */
export const respondText = (content: string, headers: WireReply["headers"] = []): WireReply => ({
  status: 200,
  headers: [["content-type", "text/plain"], ...headers],
  body: ENCODER.encode(content),
});
