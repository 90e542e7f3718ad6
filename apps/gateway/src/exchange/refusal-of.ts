import { FetchError } from "@claude-on-aws/fetch";
import { ListenError, type ListenErrorCode } from "@claude-on-aws/listen";
import { refuse } from "../refusals/own-refusals.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";

/** What is answered where the body of a request did not come as it should. */
const OF_LISTEN: Readonly<Partial<Record<ListenErrorCode, (message: string) => OwnRefusal>>> = {
  BODY_MALFORMED: (message) => refuse("REQUEST_AMBIGUOUS", message),
  TIMED_OUT: (message) => refuse("BODY_INCOMPLETE", message),
  NO_ROOM: (message) => refuse("NO_ROOM", message, [["retry-after", "1"]]),
  CLOSED: (message) => refuse("CLOSING", message, [["retry-after", "1"]]),
  CLIENT_LEFT: (message) => refuse("FAILED", message),
};

/**
 * Says in the form of the Messages API what failed. The words of what failed on the way to a service stay here: they may name hosts that
 * are no client's business.
 *
 * @param error What was thrown.
 * @returns The refusal; `undefined` for what nobody foresaw.
 */
export function refusalOf(error: unknown): OwnRefusal | undefined {
  if (error instanceof ListenError) return OF_LISTEN[error.code]?.(error.message);
  if (!(error instanceof FetchError)) return undefined;
  const { code, message } = error;
  if (code.startsWith("BODY_"))
    return { code, status: 400, type: "invalid_request_error", message, shouldRetry: false };
  return refuse(
    "UPSTREAM_UNREACHABLE",
    `Cannot get an answer: no upstream gave one (${code}); try again, or ask the operator of the gateway`,
  );
}
