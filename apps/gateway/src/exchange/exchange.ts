import { FetchError, type Header, readFields } from "@claude-on-aws/fetch";
import {
  type ExchangeEnd,
  type IncomingRequest,
  ListenError,
  type Reply,
  type RequestHead,
} from "@claude-on-aws/listen";
import { isModelAllowed } from "../admission/is-model-allowed.ts";
import { findClientSignature } from "../admission/find-client-signature.ts";
import { capHeaders } from "../budgets/cap-headers.ts";
import { capReport } from "../budgets/cap-report.ts";
import type { Reservation, SpendBound } from "../budgets/budget-keeper.ts";
import { answerHeaders } from "../forward/answer-headers.ts";
import { deliver, type Delivery, mayHaveArrived } from "../forward/deliver.ts";
import { gather } from "../forward/gather.ts";
import { listModels } from "../forward/list-models.ts";
import { Relay } from "../forward/relay.ts";
import { requestHeaders } from "../forward/request-headers.ts";
import { findHeader, send } from "../forward/send.ts";
import { refuse } from "../refusals/own-refusals.ts";
import { refusalReply } from "../refusals/refusal-reply.ts";
import { findRoute } from "../routes/find-route.ts";
import type { Caller } from "../terms/caller.ts";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import { isOwnRefusal, type OwnRefusal } from "../terms/own-refusal.ts";
import { NO_USAGE, type Usage } from "../terms/usage.ts";
import type { AnswerReader } from "../usage/answer-reader.ts";
import { createAnswerReader } from "../usage/create-answer-reader.ts";
import { type AuditEntry, createAuditEntry } from "./audit-entry.ts";
import { type Candidate, chooseUpstreams } from "./choose-upstreams.ts";
import { OPERATION_KINDS } from "./operation-kinds.ts";
import type { Service } from "./service.ts";

/** What a request can cost where nobody says: nothing is reserved. */
const NO_BOUND: SpendBound = { inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** A reservation is renewed no more often than this. */
const RENEW_MS = 60_000;

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

const ID_HEADERS: readonly string[] = ["request-id", "x-amzn-requestid"];

type Body = Uint8Array | ReadableStream<Uint8Array<ArrayBuffer>> | null;

/**
 * One request and its answer, from the head to the end of either: what it holds (a place among the caller's, a share of the budgets) it
 * lets go of once, in whichever way it ends.
 */
export class Exchange {
  readonly #service: Service;
  readonly #head: RequestHead;
  readonly #request: IncomingRequest;
  readonly #startedMs: number;
  readonly #entry: AuditEntry;
  #leave: (() => void) | undefined;
  #reservation: Reservation | undefined;
  #bound = NO_BOUND;
  /** Whether something was sent for which a service may ask money. */
  #wasSent = false;
  #reader: AnswerReader | null = null;
  #relay: Relay | undefined;
  #caps: readonly Header[] = [];
  #renewedMs = 0;
  #mayAskFor: (id: string) => boolean = () => true;

  /**
   * @param service What all exchanges share.
   * @param head The request, as received.
   * @param request Its body.
   */
  constructor(service: Service, head: RequestHead, request: IncomingRequest) {
    this.#service = service;
    this.#head = head;
    this.#request = request;
    this.#startedMs = service.nowMs();
    this.#entry = createAuditEntry(service.newId(), head.method, head.target, this.#startedMs);
  }

  /**
   * Answers the request.
   *
   * @returns The reply. It is never rejected: what fails is answered too.
   */
  async answer(): Promise<Reply> {
    let reply: Reply | OwnRefusal;
    try {
      reply = await this.#run();
    } catch (error) {
      reply = this.#refusalOf(error);
    }
    if (isOwnRefusal(reply)) {
      this.#entry.outcome = "refused";
      this.#entry.error = reply.code;
      reply = refusalReply(reply);
    }
    this.#entry.status = reply.status;
    return {
      ...reply,
      headers: [...reply.headers, ["x-claude-on-aws-gateway-id", this.#entry.id]],
      onEnd: (end) => this.#finish(end),
    };
  }

  async #run(): Promise<Reply | OwnRefusal> {
    const { identify, concurrency, journal } = this.#service;
    const { method, target } = this.#head;
    const route = findRoute(method, target);
    if (route === undefined) {
      return refuse(
        "ROUTE_UNKNOWN",
        "Cannot serve this path: it is none of the gateway's; expected /v1/messages and what belongs to it, the same behind /anthropic, or /model/… of Amazon Bedrock",
      );
    }
    if (!("operation" in route)) {
      const allowed = route.join(", ");
      return refuse("METHOD_UNKNOWN", `Cannot serve ${method} on this path: expected ${allowed}`, [["allow", allowed]]);
    }
    this.#entry.form = route.form;
    this.#entry.operation = route.operation;
    if (route.operation === "Hello") return this.#own(200, NO_BYTES);
    if (journal.isClosed) {
      return refuse("AUDIT_UNWRITABLE", "Cannot serve this request: its record cannot be written; try again later");
    }
    const signed = findClientSignature(this.#head, route);
    if (signed !== undefined) return signed;
    const caller = await identify(this.#head, undefined);
    if (isOwnRefusal(caller)) return caller;
    this.#entry.caller = caller.name;
    this.#entry.proof = caller.proof;
    if (route.operation === "ReadUsage") return this.#usageOf(caller);
    const entered = concurrency.enter(caller);
    if (typeof entered !== "function") return entered;
    this.#leave = entered;
    const { models } = caller.limits;
    if (models !== null)
      this.#mayAskFor = (id) => isModelAllowed(models, { asked: id, resolved: id, resolve: (name) => name });
    return this.#serve(route, caller);
  }

  async #serve(route: GatewayRoute, caller: Caller): Promise<Reply | OwnRefusal> {
    const body = await this.#bodyOf(route);
    if (isRefusal(body)) return body;
    const unbounded = this.#findUnbounded(route, caller);
    if (unbounded !== undefined) return unbounded;
    const model = modelOf(route, body);
    this.#entry.model = model;
    const candidates = await chooseUpstreams(this.#service.upstreams, caller, route, model);
    if (isOwnRefusal(candidates)) return candidates;
    const keyed = withOwnKey(candidates, caller);
    if (isOwnRefusal(keyed)) return keyed;
    const refused = await this.#reserve(route, caller, candidates, body);
    return refused ?? this.#forward(route, keyed, body);
  }

  async #bodyOf({ operation }: GatewayRoute): Promise<Body | OwnRefusal> {
    const { contentLength } = this.#request;
    if (contentLength === 0 || this.#head.method === "GET" || this.#head.method === "HEAD") return null;
    if (!OPERATION_KINDS[operation].readsBody) return this.#request.stream;
    const { maxBodyBytes } = this.#service;
    const body = await this.#request.read(maxBodyBytes);
    return (
      body ??
      refuse(
        "BODY_TOO_LARGE",
        `Cannot take the body: it has more than ${maxBodyBytes} bytes, which is all that is taken; send less`,
      )
    );
  }

  /** Refuses what would go around a limit: which models a batch asks for, and what it costs, nobody reads here. */
  #findUnbounded({ operation }: GatewayRoute, { limits }: Caller): OwnRefusal | undefined {
    if (operation !== "Batches" || this.#head.method !== "POST") return undefined;
    if (limits.models === null && this.#service.bound === undefined) return undefined;
    return refuse(
      "NOT_SUPPORTED",
      "Cannot pass the batch on: this caller has limits of models or of spending, which are not looked for inside of a batch; send its requests one by one",
    );
  }

  async #reserve(
    { operation }: GatewayRoute,
    caller: Caller,
    [first]: readonly Candidate[],
    body: Body,
  ): Promise<OwnRefusal | undefined> {
    if (!OPERATION_KINDS[operation].isPaid) return undefined;
    const { budgets, bound } = this.#service;
    const model = this.#entry.model ?? "";
    if (bound !== undefined && body instanceof Uint8Array) {
      this.#bound = bound({ operation, model: first?.upstreamModel ?? model, body });
    }
    const reserved = await budgets.reserve({ id: this.#entry.id, caller, model, bound: this.#bound });
    if (!isOwnRefusal(reserved)) {
      this.#reservation = reserved;
      this.#renewedMs = this.#startedMs;
      this.#caps = capHeaders(reserved.caps);
      return undefined;
    }
    if (reserved.code !== "BUDGET_SPENT") return reserved;
    return { ...reserved, headers: [...(reserved.headers ?? []), ...capHeaders(await budgets.capsOf(caller))] };
  }

  async #forward(route: GatewayRoute, upstreams: readonly Candidate[], body: Body): Promise<Reply | OwnRefusal> {
    const { health, withheldHeaders } = this.#service;
    const { signal } = this.#request;
    const headers = requestHeaders(this.#head, withheldHeaders);
    this.#entry.sessionId = findHeader(headers, "x-claude-code-session-id");
    const sent = { method: this.#head.method, target: route.target, headers, body, signal };
    const asked: string[] = [];
    this.#entry.upstreams = asked;
    let delivery: Delivery;
    try {
      delivery = await deliver({
        upstreams,
        health,
        signal,
        canRepeat: !(body instanceof ReadableStream),
        onAsk: ({ name }) => asked.push(name),
        sendTo: async (upstream) => {
          try {
            const answer = await send(upstream.fetch, sent);
            this.#wasSent = true;
            return answer;
          } catch (error) {
            if (mayHaveArrived(error)) this.#wasSent = true;
            throw error;
          }
        },
      });
    } catch (error) {
      return this.#refusalOf(error);
    }
    const { upstream } = delivery;
    this.#entry.upstreamModel = upstreams.find(({ name }) => name === upstream.name)?.upstreamModel ?? null;
    // The one that answered stands last.
    if (asked.at(-1) !== upstream.name) asked.push(upstream.name);
    return this.#relayAnswer(route, delivery);
  }

  async #relayAnswer(route: GatewayRoute, { upstream, answer }: Delivery): Promise<Reply | OwnRefusal> {
    const { pingAfterMs, timers, nowMs, maxGatheredBytes } = this.#service;
    const { status, headers } = answer;
    const contentType = findHeader(headers, "content-type") ?? "";
    const kind = OPERATION_KINDS[route.operation];
    const isMessage = kind.isMessage && status === 200;
    this.#entry.upstreamRequestId =
      ID_HEADERS.map((name) => findHeader(headers, name)).find((id) => id !== null) ?? null;
    this.#entry.translations = findHeader(headers, "x-claude-on-aws-translations");
    const refusal = findHeader(headers, "x-claude-on-aws-refusal");
    this.#entry.outcome = refusal !== null ? "refused" : status < 400 ? "answered" : "failed";
    this.#entry.error = refusal;
    this.#reader = createAnswerReader(contentType);
    const relayed = answerHeaders(answer, this.#caps);
    relayed.push(["x-claude-on-aws-upstream", upstream.name]);
    const isStream = /event-?stream/i.test(contentType);
    let rest = answer.body;
    let first: Uint8Array | null = null;
    if (!isStream && this.#reader !== null) {
      try {
        const gathered = await gather(answer.body, maxGatheredBytes);
        first = gathered.bytes;
        rest = gathered.rest;
      } catch (error) {
        this.#request.signal.throwIfAborted();
        return this.#broken(error);
      }
      this.#reader.feed(first);
      if (rest === null) {
        if (isMessage && !this.#reader.isWhole) return this.#broken(undefined);
        if (status >= 400) this.#entry.error ??= this.#reader.errorType;
        const body = route.operation === "ListModels" && status === 200 ? listModels(first, this.#mayAskFor) : first;
        return { status, headers: body === first ? relayed : withoutLength(relayed), body };
      }
    }
    if (rest === null) return { status, headers: relayed, body: NO_BYTES };
    this.#relay = new Relay({
      source: rest,
      first,
      reader: this.#reader,
      hasEnd: isMessage,
      pingAfterMs: isMessage && kind.takesPings && /^text\/event-stream/i.test(contentType) ? pingAfterMs : 0,
      timers,
      nowMs,
      onSign: () => this.#renew(),
    });
    return { status, headers: isStream && isMessage ? withoutLength(relayed) : relayed, body: this.#relay };
  }

  #broken(error: unknown): OwnRefusal {
    const code = error instanceof FetchError ? ` (${error.code})` : "";
    return refuse(
      "ANSWER_BROKEN",
      `Cannot give the answer: it broke off on its way from the service${code}; the service may have been paid for it. Try again`,
    );
  }

  async #usageOf(caller: Caller): Promise<Reply | OwnRefusal> {
    const caps = await this.#service.budgets.capsOf(caller);
    if (caps.length === 0) {
      return refuse("ROUTE_UNKNOWN", "Cannot say what was used: this gateway holds no budget for this caller");
    }
    return this.#own(200, new TextEncoder().encode(JSON.stringify(capReport(caps))));
  }

  #own(status: number, body: Uint8Array): Reply {
    this.#entry.outcome = "answered";
    return { status, headers: body.length === 0 ? [] : [["content-type", "application/json"]], body };
  }

  #renew(): void {
    if (this.#reservation === undefined) return;
    const nowMs = this.#service.nowMs();
    if (nowMs - this.#renewedMs < RENEW_MS) return;
    this.#renewedMs = nowMs;
    this.#reservation.renew();
  }

  /** Says in the form of the Messages API what failed. The words of what failed stay here: they may name hosts of the operator's. */
  #refusalOf(error: unknown): OwnRefusal {
    if (error instanceof ListenError) return OF_LISTEN[error.code]?.(error) ?? clientLeft();
    if (error instanceof FetchError) {
      const isOfBody = error.code.startsWith("BODY_");
      const { code, message } = error;
      if (isOfBody) return { code, status: 400, type: "invalid_request_error", message, shouldRetry: false };
      return refuse(
        "UPSTREAM_UNREACHABLE",
        `Cannot get an answer: no upstream gave one (${code}); try again, or ask the operator of the gateway`,
      );
    }
    if (this.#request.signal.aborted) return clientLeft();
    this.#service.onError(error);
    return refuse("FAILED", "Cannot answer this request: the gateway failed; its operator finds the cause in its log");
  }

  #finish(end: ExchangeEnd): void {
    const { journal, nowMs } = this.#service;
    this.#leave?.();
    const entry = this.#entry;
    const reader = this.#reader;
    entry.durationMs = nowMs() - this.#startedMs;
    if (end.firstByteMs === undefined) entry.status = null;
    if (end.outcome === "client-left" || end.outcome === "timed-out") entry.outcome = "client-left";
    else if (
      end.outcome === "server-cut" ||
      this.#relay?.brokenBy !== undefined ||
      (reader?.brokenBy ?? null) !== null
    ) {
      entry.outcome = "cut";
      entry.error ??= reader?.brokenBy ?? codeOf(this.#relay?.brokenBy ?? end.error);
    } else if (entry.outcome === "answered" && (reader?.errorType ?? null) !== null) entry.outcome = "failed";
    entry.error ??= reader?.errorType ?? null;
    this.#settle();
    journal.write(entry);
  }

  #settle(): void {
    const { operation } = this.#entry;
    if (operation === null || !OPERATION_KINDS[operation].isPaid) return;
    const usage = this.#used();
    const model = this.#entry.upstreamModel ?? this.#entry.model ?? "";
    const cost = usage === null ? null : (this.#service.cost?.(usage, model) ?? null);
    this.#entry.usage = usage;
    this.#entry.microUsd = cost;
    // What has no price costs what it can cost at most.
    const settled = usage === null ? null : (cost ?? this.#bound.microUsd);
    this.#reservation?.settle(usage ?? NO_USAGE, settled).catch((error: unknown) => this.#service.onError(error));
  }

  /** What was used; null where nothing was sent. Where nobody says how much it was, it was what it can be at most. */
  #used(): Usage | null {
    if (!this.#wasSent) return null;
    const { status, outcome } = this.#entry;
    const { inputTokens, outputTokens } = this.#bound;
    const reader = this.#reader;
    if (reader === null) return { ...NO_USAGE, inputTokens };
    const said = reader.usage;
    if (said !== null) return hasInput(said) ? said : { ...said, inputTokens };
    // An error is not paid for.
    if (outcome === "failed" || outcome === "refused") return NO_USAGE;
    if (outcome === "client-left" || outcome === "cut" || status === null) return { ...NO_USAGE, inputTokens };
    return { ...NO_USAGE, inputTokens, outputTokens };
  }
}

const isRefusal = (body: Body | OwnRefusal): body is OwnRefusal => body !== null && "shouldRetry" in body;

const hasInput = ({ inputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens }: Usage): boolean =>
  inputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens > 0;

/** The model as the client names it: in the path, or in a body of the Messages API. */
function modelOf({ form, operation, pathModel }: GatewayRoute, body: Body): string | null {
  if (pathModel !== null) return pathModel;
  if (form === "bedrock" || !OPERATION_KINDS[operation].readsBody) return null;
  return readFields(body instanceof Uint8Array ? body : NO_BYTES).model?.value ?? null;
}

/** Lets a caller's own key go to the first upstream alone: it is a key of that one. */
function withOwnKey(candidates: readonly Candidate[], { ownKey }: Caller): readonly Candidate[] | OwnRefusal {
  if (ownKey === null) return candidates;
  const [first] = candidates;
  if (first?.fetchWithKey === undefined) {
    return refuse(
      "UPSTREAM_NOT_ALLOWED",
      "Cannot pass the client's own key on: the upstream takes none; use a token of the gateway",
    );
  }
  return [{ ...first, fetch: first.fetchWithKey(ownKey) }];
}

const withoutLength = (headers: readonly Header[]): readonly Header[] =>
  headers.filter(([name]) => name !== "content-length");

const clientLeft = (): OwnRefusal => refuse("FAILED", "Cannot answer this request: its client is gone");

/** What is answered where the body of a request did not come as it should. */
const OF_LISTEN: Readonly<Record<string, (error: ListenError) => OwnRefusal>> = {
  BODY_MALFORMED: ({ message }) => refuse("REQUEST_AMBIGUOUS", message),
  TIMED_OUT: ({ message }) => refuse("BODY_INCOMPLETE", message),
  NO_ROOM: ({ message }) => refuse("NO_ROOM", message, [["retry-after", "1"]]),
  CLOSED: () =>
    refuse("CLOSING", "Cannot take this request: the gateway is being closed; try again", [["retry-after", "1"]]),
};

const codeOf = (error: unknown): string | null =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : null;
