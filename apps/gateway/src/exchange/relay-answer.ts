import type { Header } from "@claude-on-aws/fetch";
import type { Reply } from "@claude-on-aws/listen";
import { ERROR_STATUS } from "@claude-on-aws/streaming/claude";
import { codeOf } from "./code-of.ts";
import { answerHeaders } from "../forward/answer-headers.ts";
import { type Delivery, isOfOperator } from "../forward/deliver.ts";
import { gather } from "../forward/gather.ts";
import { listModels } from "../forward/list-models.ts";
import { nameModel } from "../forward/name-model.ts";
import { placeBatchResults } from "../forward/place-batch-results.ts";
import { Relay } from "../forward/relay.ts";
import { findHeader, type UpstreamAnswer } from "../forward/send.ts";
import { readError, refusalInBedrockForm } from "../refusals/bedrock-exceptions.ts";
import { refuse } from "../refusals/own-refusals.ts";
import type { RequestForm, RouteOperation } from "../terms/gateway-route.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import { type AnswerReader, createAnswerReader } from "@claude-on-aws/fetch/usage";
import { OPERATION_KINDS } from "./operation-kinds.ts";
import type { Service } from "./service.ts";

/** How an answer goes to the client. */
export interface RelayAnswerOptions {
  readonly service: Service;
  readonly operation: RouteOperation;
  readonly form: RequestForm;
  /** The model as the client names it; null where the request names none. */
  readonly model: string | null;
  /** What the gateway says of its own caps. */
  readonly caps: readonly Header[];
  /** Says of a model whether the caller may ask for it. */
  readonly mayAskFor: (id: string) => boolean;
  /** Told of each part of a stream, and while nothing comes. */
  readonly onSign: () => void;
}

/** An answer on its way to the client, and what reads it meanwhile. */
export interface RelayedAnswer {
  readonly reply: Reply | OwnRefusal;
  /** Null where the answer holds nothing to be read. */
  readonly reader: AnswerReader | null;
  /** Null where all of it is there already. */
  readonly relay: Relay | null;
}

/** What of an answer has to say otherwise, so that its client comes back through the gateway with it. */
const WRITERS: Readonly<
  Partial<
    Record<RouteOperation, (bytes: Uint8Array, options: Pick<RelayAnswerOptions, "mayAskFor" | "model">) => Uint8Array>
  >
> = {
  ListModels: (bytes, { mayAskFor }) => listModels(bytes, mayAskFor),
  GetModel: (bytes, { model }) => (model === null ? bytes : nameModel(bytes, model)),
  Batches: placeBatchResults,
};

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

const STREAM = /event-?stream/i;
const SERVER_SENT_EVENTS = /^text\/event-stream/i;

/**
 * Makes the reply to a client out of the answer of a service: a stream as it comes, short JSON when it is whole.
 *
 * @param delivery The answer, and whose it is.
 * @param options What else is said in it, and who is told.
 * @returns The reply. It throws what breaks the answer off only where the client is gone.
 */
export async function relayAnswer({ upstream, answer }: Delivery, options: RelayAnswerOptions): Promise<RelayedAnswer> {
  const { service, operation, form, caps, onSign } = options;
  const { status, body } = answer;
  const contentType = findHeader(answer.headers, "content-type") ?? "";
  const kind = OPERATION_KINDS[operation];
  const isMessage = kind.isMessage && status === 200;
  const isStream = STREAM.test(contentType);
  const reader = createAnswerReader(contentType);
  const headers = answerHeaders(answer, caps);
  headers.push(["x-claude-on-aws-upstream", upstream.name]);
  let [first, rest]: [Uint8Array | null, typeof body] = [null, body];
  if (!isStream && reader !== null) {
    try {
      ({ bytes: first, rest } = await gather(body, service.maxGatheredBytes));
    } catch (error) {
      return { reply: broken(codeOf(error), answer, upstream.name), reader, relay: null };
    }
    reader.feed(first);
  }
  if (rest === null) {
    if (isMessage && reader?.isWhole === false)
      return { reply: broken(null, answer, upstream.name), reader, relay: null };
    const bytes = first ?? NO_BYTES;
    if (isOfOperator(answer)) {
      const { type = "api_error", message = "it refuses without words" } = readError(bytes) ?? {};
      service.onError(new Error(`${upstream.name}: ${message}`));
      const kept: readonly Header[] = [...caps, ["x-claude-on-aws-upstream", upstream.name]];
      return { reply: withoutWords(answer, type, kept), reader, relay: null };
    }
    if (form === "bedrock" && findHeader(headers, "x-claude-on-aws-refusal") !== null) {
      const error = refusalInBedrockForm(bytes);
      return { reply: { status, headers: [...headers, ...error.headers], body: error.body }, reader, relay: null };
    }
    const written = status === 200 ? (WRITERS[operation]?.(bytes, options) ?? bytes) : bytes;
    const isSame = written === bytes;
    return {
      reply: { status, headers: isSame ? headers : withoutLength(headers), body: written },
      reader,
      relay: null,
    };
  }
  if (operation === "Batches" && reader !== null && status === 200) {
    rest.cancel();
    return { reply: LIST_TOO_LONG, reader, relay: null };
  }
  const relay = new Relay({
    source: rest,
    first,
    reader,
    hasEnd: isMessage,
    pingAfterMs: isMessage && kind.takesPings && SERVER_SENT_EVENTS.test(contentType) ? service.pingAfterMs : 0,
    timers: service.timers,
    nowMs: service.nowMs,
    onSign,
  });
  // What may be given an end, or pings, has another length.
  return {
    reply: { status, headers: isStream && isMessage ? withoutLength(headers) : headers, body: relay },
    reader,
    relay,
  };
}

const LIST_TOO_LONG: OwnRefusal = refuse(
  "NOT_SUPPORTED",
  "Cannot pass the list of batches on: it is longer than what is read whole, and says of each batch where its results are, which has to lead through this gateway; ask for fewer at once, with limit",
);

const withoutLength = (headers: readonly Header[]): readonly Header[] =>
  headers.filter(([name]) => name !== "content-length");

/** A refusal that is about the gateway: the client is told its code, the operator what it says. */
function withoutWords({ status, headers }: UpstreamAnswer, type: string, kept: readonly Header[]): OwnRefusal {
  const code = findHeader(headers, "x-claude-on-aws-refusal") ?? "";
  const message = `Cannot send the request on: the gateway cannot use the service that it is for (${code}); ask its operator, who finds the cause in its log`;
  return { code, status, type, message, shouldRetry: false, headers: kept };
}

/** What a client needs of an answer that it does not get: whom to ask about it, and when to come back. */
const KEPT_OF_BROKEN: ReadonlySet<string> = new Set([
  "request-id",
  "x-amzn-requestid",
  "retry-after",
  "retry-after-ms",
]);

/** An error that broke off is still that error: a throttle stays a throttle. */
function broken(code: string | null, { status, headers }: UpstreamAnswer, upstream: string): OwnRefusal {
  const kept = headers.filter(([name]) => KEPT_OF_BROKEN.has(name));
  const refusal = refuse(
    "ANSWER_BROKEN",
    `Cannot give the answer: it broke off on its way from the service${code === null ? "" : ` (${code})`}; it may have been paid for. Try again`,
    [...kept, ["x-claude-on-aws-upstream", upstream]],
  );
  if (status < 400) return refusal;
  const word = findHeader(headers, "x-should-retry");
  const mayPass = status >= 500 || status === 408 || status === 409 || status === 429;
  return {
    ...refusal,
    status,
    type: ERROR_STATUS.find(([, candidate]) => candidate === status)?.[0] ?? refusal.type,
    message: `Cannot give the error of the service: it broke off on its way${code === null ? "" : ` (${code})`}; its status is ${status}`,
    shouldRetry: word === null ? mayPass : word === "true",
  };
}
