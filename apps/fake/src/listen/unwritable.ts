import type { WireReply } from "../terms/wire.ts";

/** Writes the head of a reply, or of another where that is none. Returns what was written. */
export function writeHeadOr500(reply: WireReply, write: (reply: WireReply) => void): WireReply {
  try {
    write(reply);
    return reply;
  } catch (error) {
    const other = unwritableReply(error);
    write(other);
    return other;
  }
}

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
