import { MessageStreamGuard } from "../answer/message-stream-guard.ts";
import { refusalOf, refusalResponse } from "../answer/refusal-response.ts";
import { relayBody } from "../answer/relay-body.ts";
import { FetchError } from "../fetch-error.ts";
import type { RequestFacts } from "../hooks/observer.ts";
import { type ClientRequest, readClientRequest } from "../request/client-request.ts";
import { isRefusal, type PreparedRequest, type Refusal } from "../translate/translation.ts";
import { formatTranslations, TRANSLATIONS_HEADER } from "../translate/format-translations.ts";
import { createRuntimeTransport } from "../transport/runtime-transport.ts";
import type { Transport, TransportAnswer } from "../transport/transport.ts";
import { addressRequest, type AddressedRequest } from "./api-request.ts";
import { type Attempt, sendOnce } from "./attempt.ts";
import { type BodyShare, createBodyBudget } from "./body-budget.ts";
import { peekBody } from "./peek-body.ts";
import { isRetryable, retryDelayMs } from "./retry-policy.ts";
import type { SenderSettings } from "./settings.ts";
import { type AllTimeLimits, ExchangeTimer, resolveTimeLimits } from "./time-limits.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Sends what a client of the Messages API asks for to whichever service takes it. */
export interface Sender {
  /** Sends a request; has the signature of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** Says what would be sent, and sends nothing. A body that is a stream is read as far as it would have been. */
  readonly prepare: (input: RequestInfo | URL, init?: RequestInit) => Promise<PreparedRequest | Refusal>;
}

/**
 * Makes a sender.
 *
 * @param settings Where requests go, and how they are sent.
 * @returns The sender.
 */
export function createSender(settings: SenderSettings): Sender {
  const limits = resolveTimeLimits(settings);
  const newShare = createBodyBudget(settings);
  // Made at the first request: whoever only plans needs none.
  let transport = settings.transport;
  let calls = 0;

  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const client = readClientRequest(input, init);
    const share = newShare();
    const call = new Call(settings, limits, (transport ??= createRuntimeTransport()), client, (calls += 1), share);
    try {
      return await call.run();
    } catch (error) {
      call.end(error);
      if (client.signal?.aborted === true) throw client.signal.reason;
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusalResponse(refusal);
    } finally {
      share.release();
    }
  };

  const prepare: Sender["prepare"] = async (input, init) => {
    const share = newShare();
    try {
      const { request, destination } = await addressRequest(readClientRequest(input, init), settings.choose, share);
      return await destination.dialect.prepare(request);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    } finally {
      share.release();
    }
  };
  return { fetch: fetch as typeof globalThis.fetch, prepare };
}

/** Statuses whose answers have no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** Headers of the connection, or that are not true of a body that may be given an end. */
const NOT_RELAYED: readonly string[] = ["connection", "keep-alive", "transfer-encoding", "upgrade", "trailer"];

class Call {
  readonly #settings: SenderSettings;
  readonly #limits: AllTimeLimits;
  readonly #transport: Transport;
  readonly #client: ClientRequest;
  readonly #number: number;
  readonly #share: BodyShare;
  /** What holds for all attempts: the caller's signal and the total. */
  readonly #whole: ExchangeTimer;
  /** What holds for the last one. */
  #attempt: ExchangeTimer;
  #attemptBegan = 0;
  #facts: RequestFacts | undefined;
  #status: number | null = null;
  #hasEnded = false;

  constructor(
    settings: SenderSettings,
    limits: AllTimeLimits,
    transport: Transport,
    client: ClientRequest,
    number: number,
    share: BodyShare,
  ) {
    this.#settings = settings;
    this.#limits = limits;
    this.#transport = transport;
    this.#client = client;
    this.#number = number;
    this.#share = share;
    this.#whole = new ExchangeTimer(limits, client.signal);
    this.#whole.start("totalTimeoutMs");
    this.#attempt = this.#whole;
  }

  async run(): Promise<Response> {
    const { signal } = this.#whole;
    const addressing = addressRequest(this.#client, this.#settings.choose, this.#share);
    const { request, destination } = await unlessAborted(addressing, signal);
    const prepared = await destination.dialect.prepare(request);
    if (isRefusal(prepared)) {
      this.end(undefined);
      return refusalResponse(prepared);
    }
    const { translations } = prepared;
    const { provider } = destination.dialect;
    if (translations.length > 0) this.#settings.observer?.onTranslate?.({ call: this.#number, provider, translations });
    const answer = await this.#sendUntilAnswered({ request, destination }, prepared);
    const response = await prepared.answer(this.#toResponse(answer, prepared.isMessageStream));
    if (translations.length > 0) response.headers.set(TRANSLATIONS_HEADER, formatTranslations(translations));
    return response;
  }

  async #sendUntilAnswered(addressed: AddressedRequest, prepared: PreparedRequest): Promise<TransportAnswer> {
    const { retries = 0, maxRetryDelayMs = 60_000, now = () => new Date(), observer } = this.#settings;
    const canRepeat = !(prepared.body instanceof ReadableStream);
    let hasRenewed = false;
    for (let attempt = 0, retried = 0; ; attempt += 1) {
      const canRetry = canRepeat && retried < retries;
      let given: Attempt;
      try {
        given = await this.#send(addressed, prepared, attempt);
      } catch (cause) {
        // Of what a limit or the caller stopped, it is the reason that counts.
        const error = this.#attempt.signal.aborted ? this.#attempt.signal.reason : cause;
        if (!canRetry || !isPassing(error)) throw error;
        const delayMs = retryDelayMs(null, retried, now(), Math.random());
        observer?.onRetry?.({ request: this.#factsOf(), reason: "failure", status: null, error, delayMs });
        await this.#wait(delayMs);
        retried += 1;
        continue;
      }
      const { status, headers } = given.answer;
      this.#status = status;
      observer?.onResponse?.({ request: this.#factsOf(), status, headers, elapsedMs: this.#elapsedMs() });
      let { answer } = given;
      if ((status === 401 || status === 403) && given.renew !== null && !hasRenewed && canRepeat) {
        const { text, body } = await peekBody(answer.body);
        answer = { ...answer, body };
        hasRenewed = true;
        if (await unlessAborted(given.renew({ status, headers, text }), this.#whole.signal)) {
          body?.cancel();
          observer?.onRetry?.({
            request: this.#factsOf(),
            reason: "credentials",
            status,
            error: undefined,
            delayMs: 0,
          });
          continue;
        }
      }
      if (!canRetry || !isRetryable(status, headers)) return answer;
      const delayMs = retryDelayMs(headers, retried, now(), Math.random());
      if (delayMs > maxRetryDelayMs) return answer;
      answer.body?.cancel();
      observer?.onRetry?.({ request: this.#factsOf(), reason: "status", status, error: undefined, delayMs });
      await this.#wait(delayMs);
      retried += 1;
    }
  }

  #send({ request, destination }: AddressedRequest, prepared: PreparedRequest, attempt: number): Promise<Attempt> {
    if (this.#attempt !== this.#whole) this.#attempt.end();
    this.#attempt = new ExchangeTimer(this.#limits, this.#whole.signal);
    this.#attemptBegan = performance.now();
    return sendOnce({
      prepared,
      authenticate: destination.authenticate,
      transport: this.#transport,
      redirect: this.#client.redirect,
      timer: this.#attempt,
      onSend: (url, headers) => {
        this.#facts = {
          call: this.#number,
          attempt,
          provider: destination.dialect.provider,
          path: request.path,
          method: prepared.method,
          url: url.href,
          headers,
          bodyBytes: prepared.body instanceof ReadableStream ? null : (prepared.body?.length ?? 0),
          model: prepared.model,
          maxTokens: request.fields.max_tokens?.value ?? null,
          stream: request.fields.stream?.value === true,
        };
        this.#settings.observer?.onRequest?.(this.#facts);
      },
    });
  }

  #toResponse({ status, headers: given, body }: TransportAnswer, isMessageStream: boolean): Response {
    const headers = new Headers(given);
    for (const name of NOT_RELAYED) headers.delete(name);
    if (body === null || WITHOUT_BODY.has(status)) {
      body?.cancel();
      this.end(undefined);
      return new Response(null, { status, headers });
    }
    const isEvents = headers.get("content-type")?.toLowerCase().startsWith("text/event-stream") === true;
    const guard = isMessageStream && status === 200 && isEvents ? new MessageStreamGuard() : null;
    if (guard !== null) headers.delete("content-length");
    const timer = this.#attempt;
    const stream = relayBody(body, {
      guard,
      onWait: () => timer.wait(),
      onRead: () => timer.cease(),
      onEnd: (error) => this.end(error),
      isAborted: () => timer.isAborted,
    });
    return new Response(stream, { status, headers });
  }

  async #wait(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await unlessAborted(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), this.#whole.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of timers and signals, and tells the observer, once. */
  end(error: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#attempt.end();
    this.#whole.end();
    if (this.#facts === undefined) return;
    const facts = { request: this.#facts, status: this.#status, error, elapsedMs: this.#elapsedMs() };
    this.#settings.observer?.onEnd?.(facts);
  }

  #factsOf(): RequestFacts {
    if (this.#facts === undefined) throw new Error("Nothing was sent yet");
    return this.#facts;
  }

  #elapsedMs(): number {
    return performance.now() - this.#attemptBegan;
  }
}

const PASSING: ReadonlySet<string> = new Set(["CONNECTION_FAILED", "CONNECT_TIMEOUT", "FIRST_BYTE_TIMEOUT"]);

/** Whether another attempt may end otherwise. */
const isPassing = (error: unknown): boolean => error instanceof FetchError && PASSING.has(error.code);
