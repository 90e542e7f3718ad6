import { type ClaudeErrorEvent, invokeStreamToSse } from "@claude-on-aws/streaming/claude";
import { failureOf } from "../../answer/message-stream-guard.ts";
import { readBeginning } from "../../answer/read-beginning.ts";
import { FetchError } from "../../fetch-error.ts";
import { translateError } from "./answer-error.ts";

/** How an answer of Amazon Bedrock is turned back. */
export interface AnswerOptions {
  /** How long Amazon Bedrock may be silent before the client is sent a ping, in milliseconds. */
  readonly pingIntervalMs: number;
}

/** An error is not longer; what is beyond it is not read. */
const MAX_ERROR_BYTES = 1_048_576;

/** In which InvokeModelWithResponseStream answers. */
export const EVENT_STREAM = "application/vnd.amazon.eventstream";

/** Headers that are about the bytes that came, and not about those that go on. */
const OF_THE_BYTES = ["content-length", "content-encoding", "transfer-encoding"];

/**
 * Turns an answer of InvokeModel or of its stream into one of the Messages API: the event stream into server-sent events as it
 * comes, an error into its shape. A message is passed on byte for byte.
 *
 * @param response What Amazon Bedrock answered; its headers are written to.
 * @param options Pings.
 * @returns With the same status and all of AWS's headers, the request ID also as `request-id`.
 */
export async function answerInvocation(response: Response, { pingIntervalMs }: AnswerOptions): Promise<Response> {
  if (response.status >= 400) return answerError(response);
  if (response.headers.get("content-type")?.startsWith(EVENT_STREAM) === true) {
    return invokeStreamToSse(response, { pingIntervalMs, describeFailure });
  }
  setRequestId(response.headers);
  return response;
}

/**
 * Turns an error of Amazon Bedrock into one of the Messages API.
 *
 * @param response The error.
 * @returns With the same status, words and headers.
 */
export async function answerError(response: Response): Promise<Response> {
  const text = await readBeginning(response.body, MAX_ERROR_BYTES);
  const { status } = response;
  const headers = new Headers(response.headers);
  setRequestId(headers);
  for (const name of OF_THE_BYTES) headers.delete(name);
  const body = translateError({ status, headers, text });
  if (body !== undefined) headers.set("content-type", "application/json");
  return new Response(body ?? text, { status, headers });
}

/** Says what broke the stream off; what is no error of this package is the reason of the caller's own abort. */
const describeFailure = (cause: unknown): ClaudeErrorEvent | undefined =>
  cause instanceof FetchError ? { type: "error", error: { ...failureOf(cause) } } : undefined;

/** The SDKs of Anthropic show `request-id`. */
function setRequestId(headers: Headers): void {
  const id = headers.get("x-amzn-requestid");
  if (id !== null && !headers.has("request-id")) headers.set("request-id", id);
}
