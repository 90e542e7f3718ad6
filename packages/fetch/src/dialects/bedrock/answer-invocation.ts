import { type ClaudeErrorEvent, invokeStreamToSse } from "@claude-on-aws/streaming/claude";
import type { Answer } from "../../answer/answer.ts";
import { sourceOfBytes, sourceOfStream, streamOf } from "../../answer/body-source.ts";
import { HeaderList } from "../../answer/header-list.ts";
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
const OF_THE_BYTES = ["content-length", "content-encoding", "transfer-encoding"] as const;

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Turns an answer of InvokeModel or of its stream into one of the Messages API: the event stream into server-sent events as it
 * comes, an error into its shape. A message is passed on byte for byte.
 *
 * @param answer What Amazon Bedrock answered; its headers are written to.
 * @param options Pings.
 * @returns With the same status and all of AWS's headers, the request ID also as `request-id`.
 */
export function answerInvocation(answer: Answer, { pingIntervalMs }: AnswerOptions): Answer | Promise<Answer> {
  const { status, headers, body } = answer;
  if (status >= 400) return answerError(answer);
  if (body !== null && headers.get("content-type")?.startsWith(EVENT_STREAM) === true) {
    const given = new Response(streamOf(body), { status, headers: headers.pairs as [string, string][] });
    const translated = invokeStreamToSse(given, { pingIntervalMs, describeFailure });
    return {
      status,
      headers: new HeaderList([...translated.headers]),
      body: translated.body === null ? null : sourceOfStream(translated.body),
    };
  }
  setRequestId(headers);
  return answer;
}

/**
 * Turns an error of Amazon Bedrock into one of the Messages API.
 *
 * @param answer The error.
 * @returns With the same status, words and headers.
 */
export async function answerError({ status, headers, body }: Answer): Promise<Answer> {
  const text = await readBeginning(body, MAX_ERROR_BYTES);
  setRequestId(headers);
  headers.delete(...OF_THE_BYTES);
  const translated = translateError({ status, headers, text });
  if (translated !== undefined) headers.set("content-type", "application/json");
  return { status, headers, body: sourceOfBytes(utf8.encode(translated ?? text)) };
}

/** Says what broke the stream off; what is no error of this package is the reason of the caller's own abort. */
const describeFailure = (cause: unknown): ClaudeErrorEvent | undefined =>
  cause instanceof FetchError ? { type: "error", error: { ...failureOf(cause) } } : undefined;

/** The SDKs of Anthropic show `request-id`. */
function setRequestId(headers: HeaderList): void {
  const id = headers.get("x-amzn-requestid");
  if (id !== null && !headers.has("request-id")) headers.set("request-id", id);
}
