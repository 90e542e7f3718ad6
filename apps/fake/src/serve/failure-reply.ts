import { ListenError } from "@claude-on-aws/listen";
import type { WireReply } from "../terms/wire.ts";

/** What a client gets that did not send its request to the end. */
const OF_CLIENT: Readonly<Partial<Record<string, number>>> = { TIMED_OUT: 408, BODY_MALFORMED: 400 };

/**
 * What a client gets in place of an answer that cannot be sent, such as one with a status of four digits: a fake made in
 * code can be given any.
 */
export function failureReply(error: unknown): WireReply {
  const status = error instanceof ListenError ? OF_CLIENT[error.code] : undefined;
  return status === undefined
    ? reply(500, "api_error", `The fake made an answer that cannot be sent: ${messageOf(error)}`)
    : reply(status, "invalid_request_error", messageOf(error));
}

const messageOf = (error: unknown): string => (error as Error)?.message ?? String(error);

const reply = (status: number, type: string, message: string): WireReply => ({
  status,
  headers: [["content-type", "application/json"]],
  body: new TextEncoder().encode(JSON.stringify({ type: "error", error: { type, message }, message })),
});
