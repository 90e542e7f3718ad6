import { FetchError, readFields } from "@claude-on-aws/fetch";
import type { ExchangeEnd, IncomingRequest, Reply, RequestHead } from "@claude-on-aws/listen";
import { findClientSignature } from "../admission/find-client-signature.ts";
import { isModelAllowed } from "../admission/is-model-allowed.ts";
import { capReport } from "../budgets/cap-report.ts";
import { deliver, type Delivery, mayHaveArrived } from "../forward/deliver.ts";
import type { Relay } from "../forward/relay.ts";
import { targetOf } from "../forward/name-model.ts";
import { requestHeaders } from "../forward/request-headers.ts";
import { findHeader, send, type SentRequest, type UpstreamAnswer } from "../forward/send.ts";
import { refuse } from "../refusals/own-refusals.ts";
import { refusalReply } from "../refusals/refusal-reply.ts";
import { checkHead } from "../callers/head/check-head.ts";
import { findRoute } from "../routes/find-route.ts";
import type { Caller } from "../terms/caller.ts";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import { isOwnRefusal, type OwnRefusal } from "../terms/own-refusal.ts";
import type { Upstream } from "../upstreams/upstream.ts";
import type { AnswerReader } from "@claude-on-aws/fetch/usage";
import { type AuditEntry, createAuditEntry } from "./audit-entry.ts";
import { type Candidate, chooseUpstreams } from "./choose-upstreams.ts";
import { codeOf } from "./code-of.ts";
import { OPERATION_KINDS } from "./operation-kinds.ts";
import { refusalOf } from "./refusal-of.ts";
import { relayAnswer } from "./relay-answer.ts";
import type { Service } from "./service.ts";
import { Spending } from "./spending.ts";

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/** Operations whose answers always stream. */
const STREAMED: ReadonlySet<GatewayRoute["operation"]> = /* @__PURE__ */ new Set<GatewayRoute["operation"]>([
  "InvokeModelWithResponseStream",
  "ConverseStream",
]);

const ID_HEADERS: readonly string[] = ["request-id", "x-amzn-requestid"];

type Body = SentRequest["body"];

/**
 * One request and its answer, from the head to the end of either: what it holds (a place among the caller's, a share of the budgets) it
 * lets go of once, in whichever way it ends.
 */
export class Exchange {
  readonly #service: Service;
  readonly #head: RequestHead;
  readonly #request: IncomingRequest;
  readonly #startedMs: number;
  /** The same by a clock that nobody sets. */
  readonly #startedTicks = performance.now();
  readonly #entry: AuditEntry;
  #leave: (() => void) | undefined;
  #spending: Spending | undefined;
  /** Whether something was sent for which a service may ask money. */
  #wasSent = false;
  /** How many upstreams may have worked on it, and were not heard of again. */
  #lost = 0;
  /** The status that an upstream answered with. */
  #answered: number | undefined;
  #awsError: string | null = null;
  #reader: AnswerReader | null = null;
  #relay: Relay | null = null;

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
      reply = refusalOf(error) ?? this.#failed(error);
    }
    if (isOwnRefusal(reply)) {
      this.#entry.outcome = "refused";
      // What fails because the client is gone is nobody's failure.
      this.#entry.error = reply.code === "FAILED" && this.#request.signal.aborted ? null : reply.code;
      reply = refusalReply(reply, this.#entry.form);
    }
    const { status, headers, body } = reply;
    this.#entry.status = status;
    return {
      status,
      headers: [...headers, ["x-claude-on-aws-gateway-id", this.#entry.id]],
      body,
      onEnd: (end) => this.#finish(end),
    };
  }

  async #run(): Promise<Reply | OwnRefusal> {
    const { headRules, identify, concurrency, journal, isClosing } = this.#service;
    const { method, target } = this.#head;
    const wrong = checkHead(this.#head, headRules);
    if (wrong !== undefined) return wrong;
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
    if (isClosing()) return refuse("CLOSING", "Cannot take this request: the gateway is ending; send it again");
    if (route.operation === "Hello") return this.#own([], NO_BYTES);
    if (journal.isClosed) {
      return refuse("AUDIT_UNWRITABLE", "Cannot serve this request: its record cannot be written; try again later");
    }
    const signed = findClientSignature(this.#head, route);
    if (signed !== undefined) return signed;
    const caller = await identify(this.#head, this.#request.peerAddress);
    if (isOwnRefusal(caller)) return caller;
    this.#entry.caller = caller.name;
    this.#entry.proof = caller.proof;
    if (route.operation === "ReadUsage") return this.#readUsage(caller);
    const entered = concurrency.enter(caller);
    if (typeof entered !== "function") return entered;
    this.#leave = entered;
    return this.#serve(route, caller);
  }

  async #serve(route: GatewayRoute, caller: Caller): Promise<Reply | OwnRefusal> {
    const { id } = this.#entry;
    const body = await this.#readBody(route);
    if (isRefusal(body)) return body;
    const unbounded = this.#findUnbounded(route, caller);
    if (unbounded !== undefined) return unbounded;
    const { model, isStreamed } = readAsked(route, body);
    this.#entry.model = model;
    const candidates = await chooseUpstreams(this.#service.upstreams, caller, route, model, bytesOf(body));
    if (isOwnRefusal(candidates)) return candidates;
    const upstreams = withOwnKey(candidates, caller);
    if (isOwnRefusal(upstreams)) return upstreams;
    if (OPERATION_KINDS[route.operation].isPaid && body instanceof Uint8Array) {
      const { operation } = route;
      const upstreamModels = upstreams.map(({ upstreamModel }) => upstreamModel ?? "");
      const paid = { id, caller, operation, model: model ?? "", upstreamModels, isStreamed, body };
      const spending = await Spending.reserve(this.#service, paid);
      if (isOwnRefusal(spending)) return spending;
      this.#spending = spending;
    }
    const delivery = await this.#forward(route, upstreams, body);
    const relayed = await relayAnswer(delivery, {
      service: this.#service,
      operation: route.operation,
      form: route.form,
      model,
      caps: this.#spending?.headers ?? [],
      mayAskFor: mayAskFor(caller),
      onSign: this.#onSign,
    });
    this.#reader = relayed.reader;
    this.#relay = relayed.relay;
    return relayed.reply;
  }

  // Not in place: on Bun, a function holds all that is known where it is made, and the answer would hold the body.
  readonly #onSign = (): void => this.#spending?.renew();

  async #readBody({ operation }: GatewayRoute): Promise<Body | OwnRefusal> {
    const { maxBodyBytes } = this.#service;
    if (OPERATION_KINDS[operation].readsBody) {
      const body = await this.#request.read(maxBodyBytes);
      const message = `Cannot take the body: it has more than ${maxBodyBytes} bytes, which is all that is taken; send less`;
      return body ?? refuse("BODY_TOO_LARGE", message);
    }
    const hasBody = this.#request.contentLength !== 0 && this.#head.method === "POST";
    return hasBody ? this.#request.stream : null;
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

  async #forward(route: GatewayRoute, upstreams: readonly Candidate[], body: Body): Promise<Delivery> {
    const { health, withheldHeaders } = this.#service;
    const { signal } = this.#request;
    const headers = requestHeaders(this.#head, withheldHeaders);
    this.#entry.sessionId = findHeader(headers, "x-claude-code-session-id");
    const sent: SentRequest = { method: this.#head.method, target: route.target, headers, body, signal };
    const asked: string[] = [];
    this.#entry.upstreams = asked;
    const upstreamModelOf = ({ name }: Upstream): string | null =>
      upstreams.find((candidate) => candidate.name === name)?.upstreamModel ?? null;
    const delivery = await deliver({
      upstreams,
      health,
      signal,
      canRepeat: !(body instanceof ReadableStream),
      onAsk: ({ name }) => asked.push(name),
      sendTo: (upstream) => {
        const target = targetOf(route, upstreamModelOf(upstream));
        return this.#send(upstream, target === route.target ? sent : { ...sent, target });
      },
    });
    const { upstream, answer } = delivery;
    // The one that answered stands last.
    if (asked.at(-1) !== upstream.name) asked.push(upstream.name);
    this.#note(answer, upstreamModelOf(upstream));
    return delivery;
  }

  async #send(upstream: Upstream, sent: SentRequest): Promise<UpstreamAnswer> {
    try {
      const answer = await send(upstream.fetch, sent);
      this.#wasSent = true;
      return answer;
    } catch (error) {
      if (mayHaveArrived(error)) this.#lost += 1;
      if (error instanceof FetchError && !sent.signal.aborted) this.#tellOperator(upstream, error);
      throw error;
    }
  }

  /** Says why an upstream gave no answer, of which the client is told a code alone. */
  #tellOperator({ name }: Upstream, error: FetchError): void {
    if (!error.code.startsWith("BODY_"))
      this.#service.onError(new Error(`${name}: ${error.message}`, { cause: error }));
  }

  /** Writes down what the head of an answer says. */
  #note({ status, headers }: UpstreamAnswer, upstreamModel: string | null): void {
    const refusal = findHeader(headers, "x-claude-on-aws-refusal");
    this.#answered = status;
    this.#entry.upstreamModel = upstreamModel;
    this.#entry.upstreamRequestId =
      ID_HEADERS.map((name) => findHeader(headers, name)).find((id) => id !== null) ?? null;
    this.#entry.translations = findHeader(headers, "x-claude-on-aws-translations");
    this.#entry.outcome = refusal !== null ? "refused" : status < 400 ? "answered" : "failed";
    // A service's own word for it, in the form of the Messages API, goes before; it stands in the body.
    this.#entry.error = refusal;
    this.#awsError = findHeader(headers, "x-amzn-errortype")?.split(":", 1)[0] ?? null;
  }

  async #readUsage(caller: Caller): Promise<Reply | OwnRefusal> {
    const caps = await this.#service.budgets.capsOf(caller);
    if (caps.length === 0) {
      return refuse("ROUTE_UNKNOWN", "Cannot say what was used: this gateway holds no budget for this caller");
    }
    const report = new TextEncoder().encode(JSON.stringify(capReport(caps)));
    return this.#own([["content-type", "application/json"]], report);
  }

  #own(headers: Reply["headers"], body: Uint8Array): Reply {
    this.#entry.outcome = "answered";
    return { status: 200, headers, body };
  }

  #failed(error: unknown): OwnRefusal {
    if (!this.#request.signal.aborted) this.#service.onError(error);
    return refuse("FAILED", "Cannot answer this request: the gateway failed; its operator finds the cause in its log");
  }

  #finish(end: ExchangeEnd): void {
    const { journal, nowMs } = this.#service;
    const entry = this.#entry;
    this.#leave?.();
    entry.durationMs = nowMs() - this.#startedMs;
    this.#judge(end);
    if (this.#spending !== undefined) this.#settle();
    if (end.firstByteMs === undefined) entry.status = null;
    journal.write(entry);
  }

  /** Says how it ended: the client's leaving goes before what broke off, and that before what a service said. */
  #judge({ outcome, error }: ExchangeEnd): void {
    const entry = this.#entry;
    const brokenBy = this.#reader?.brokenBy ?? null;
    const relayBroke = this.#relay?.brokenBy;
    const errorType = this.#reader?.errorType ?? null;
    if (outcome === "client-left" || outcome === "timed-out") entry.outcome = "client-left";
    else if (outcome === "server-cut" || relayBroke !== undefined || brokenBy !== null) {
      entry.outcome = "cut";
      entry.error ??= brokenBy ?? codeOf(relayBroke ?? error);
    } else if (entry.outcome === "answered" && errorType !== null) entry.outcome = "failed";
    entry.error ??= errorType;
    if ((this.#answered ?? 0) >= 400) entry.error ??= this.#awsError ?? `HTTP_${this.#answered}`;
  }

  #settle(): void {
    const { outcome, upstreamModel, model } = this.#entry;
    // Where none answered, what is counted is that of one of the lost.
    const isLost = !this.#wasSent && this.#lost > 0;
    const spent = this.#spending?.settle({
      wasSent: this.#wasSent || isLost,
      lost: isLost ? this.#lost - 1 : this.#lost,
      said: this.#reader?.usage ?? null,
      isCounted: this.#reader?.isCounted === true,
      mostStreamedTokens: this.#reader?.mostStreamedTokens ?? 0,
      elapsedMs: performance.now() - this.#startedTicks,
      isError: outcome === "failed" || (this.#answered ?? 0) >= 400,
      isWhole: outcome === "answered",
      model: upstreamModel ?? model ?? "",
    });
    this.#entry.usage = spent?.usage ?? null;
    this.#entry.microUsd = spent?.microUsd ?? null;
  }
}

const isRefusal = (body: Body | OwnRefusal): body is OwnRefusal => body !== null && "shouldRetry" in body;

const bytesOf = (body: Body): Uint8Array | null => (body instanceof Uint8Array ? body : null);

const mayAskFor =
  ({ limits: { models } }: Caller) =>
  (id: string): boolean =>
    models === null || isModelAllowed(models, { asked: id, resolved: id, resolve: (name) => name });

interface Asked {
  readonly model: string | null;
  readonly isStreamed: boolean;
}

/** What the client asks for: the model as it names it, and whether the answer is to stream. */
function readAsked({ form, operation, pathModel }: GatewayRoute, body: Body): Asked {
  const isStreamed = STREAMED.has(operation);
  if (pathModel !== null || form === "bedrock" || !OPERATION_KINDS[operation].readsBody) {
    return { model: pathModel, isStreamed };
  }
  const { model, stream } = readFields(body instanceof Uint8Array ? body : NO_BYTES);
  return { model: model?.value ?? null, isStreamed: stream?.value === true };
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
