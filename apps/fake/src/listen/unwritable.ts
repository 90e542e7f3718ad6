import type { WireReply } from "../exchange.ts";

/**
 * What a client gets in place of an answer that cannot be sent, such as one with a status of four digits: a fake made in
 * code can be given any.
 */
export function unwritableReply(error: unknown): WireReply {
  const message = `The fake made an answer that cannot be sent: ${(error as Error)?.message ?? String(error)}`;
  return {
    status: 500,
    headers: [["content-type", "application/json"]],
    body: new TextEncoder().encode(JSON.stringify({ type: "error", error: { type: "api_error", message }, message })),
  };
}
