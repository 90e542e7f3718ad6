import type { Answer } from "../answer/answer.ts";
import type { HeaderList } from "../answer/header-list.ts";
import { MessageStreamGuard } from "../answer/message-stream-guard.ts";
import { refusalAnswer } from "../answer/refusal-answer.ts";
import { watchBody } from "../answer/watch-body.ts";
import type { ExchangeAnswer } from "../exchange.ts";
import { FetchError } from "../fetch-error.ts";
import type { BodyReader, Observer, RetryFacts, SentRequest } from "../hooks/observer.ts";
import type { ClientRequest } from "../request/client-request.ts";
import { isRefusal, type PreparedRequest, type Refusal } from "../translate/translation.ts";
import type { Transport } from "../transport/transport.ts";
import { addressRequest, type AddressedRequest } from "./api-request.ts";
import { type Attempt, sendOnce } from "./attempt.ts";
import type { BodyShare } from "./body-budget.ts";
import { peekBody } from "./peek-body.ts";
import { isRetryable, retryDelayMs } from "./retry-policy.ts";
import type { SenderSettings } from "./settings.ts";
import { type AllTimeLimits, ExchangeTimer } from "./time-limits.ts";
import { unlessStopped } from "./unless-stopped.ts";

/** Statuses whose answers have no body. */
const WITHOUT_BODY: ReadonlySet<number> = /* @__PURE__ */ new Set([101, 103, 204, 205, 304]);

/** What services call a message. */
const MESSAGE_TYPE = /json|event-?stream/;

/** One exchange, from the request to the end of the answer's body. */
export class Call {
  readonly #settings: SenderSettings;
  readonly #limits: AllTimeLimits;
  readonly #transport: Transport;
  readonly #redirect: RequestRedirect;
  readonly #number: number;
  /** What holds for all attempts: the caller's signal and the total. */
  readonly #whole: ExchangeTimer;
  /** What holds for the last one. */
  #attempt: ExchangeTimer;
  #attemptBegan = 0;
  /** Not kept where nobody is told: it holds the body, which a long answer would keep. */
  #sent: SentRequest | undefined;
  #status: number | null = null;
  #reader: BodyReader | null = null;
  #hasEnded = false;

  /**
   * @param settings Where requests go, and how they are sent.
   * @param limits The time limits, all of them.
   * @param transport What sends.
   * @param client What ends it, and what is done about redirects.
   * @param number Counts the calls of the sender.
   */
  constructor(
    settings: SenderSettings,
    limits: AllTimeLimits,
    transport: Transport,
    client: Pick<ClientRequest, "redirect" | "signal">,
    number: number,
  ) {
    this.#settings = settings;
    this.#limits = limits;
    this.#transport = transport;
    this.#redirect = client.redirect;
    this.#number = number;
    this.#whole = new ExchangeTimer(limits, client.signal);
    this.#whole.start("totalTimeoutMs");
    this.#attempt = this.#whole;
  }

  /**
   * Sends the request, as often as it has to be.
   *
   * @param client What the client asks for.
   * @param share What the body may hold.
   * @returns The answer, or that of a refusal.
   */
  async run(client: ClientRequest, share: BodyShare): Promise<ExchangeAnswer> {
    const { stopped } = this.#whole;
    const addressing = addressRequest(client, this.#settings.choose, share);
    const { request, destination } = await unlessStopped(addressing, stopped);
    const prepared = await unlessStopped(destination.dialect.prepare(request), stopped);
    const { provider } = destination.dialect;
    if (isRefusal(prepared)) {
      this.end(undefined);
      return refused(prepared, provider);
    }
    const { translations, model, url } = prepared;
    if (translations.length > 0) this.#settings.observer?.onTranslate?.({ call: this.#number, provider, translations });
    const received = await this.#sendUntilAnswered({ request, destination }, prepared);
    try {
      const { status, headers, body } = await prepared.answer(this.#watch(received, prepared.messageType));
      return { status, headers: headers.pairs, body, provider, model, url: url.href, translations, refusal: null };
    } catch (error) {
      // Whoever asked gets no body to cancel.
      received.body?.cancel();
      throw error;
    }
  }

  async #sendUntilAnswered(addressed: AddressedRequest, prepared: PreparedRequest): Promise<Answer> {
    const { retries = 0, maxRetryDelayMs = 60_000 } = this.#settings;
    const canRepeat = !(prepared.body instanceof ReadableStream);
    let mayRenew = canRepeat;
    for (let attempt = 0, retried = 0; ; attempt += 1) {
      const canRetry = canRepeat && retried < retries;
      let given: Attempt;
      try {
        given = await this.#send(addressed, prepared, attempt);
      } catch (cause) {
        // Of what a limit or the caller stopped, it is the reason that counts.
        const { isStopped, reason } = this.#attempt.stopped;
        const error = isStopped ? reason : cause;
        if (!canRetry || !isPassing(error)) throw error;
        await this.#wait({ reason: "failure", status: null, error, delayMs: this.#delayMs(null, retried) });
        retried += 1;
        continue;
      }
      const { status, headers } = given.answer;
      this.#status = status;
      this.#tell((observer, sent) => observer.onResponse?.(sent, { status, headers, elapsedMs: this.#elapsedMs() }));
      if (mayRenew && isRefused(status) && given.renew !== null) {
        mayRenew = false;
        given = await this.#renew(given, given.renew);
        if (given.renew !== null) continue;
      }
      if (!canRetry || !isRetryable(status, headers)) return given.answer;
      const delayMs = this.#delayMs(headers, retried);
      if (delayMs > maxRetryDelayMs) return given.answer;
      given.answer.body?.cancel();
      await this.#wait({ reason: "status", status, error: undefined, delayMs });
      retried += 1;
    }
  }

  /** Asks for other credentials, and leaves `renew` where there are some: the answer is then let go. */
  async #renew({ answer }: Attempt, renew: NonNullable<Attempt["renew"]>): Promise<Attempt> {
    const { status, headers } = answer;
    const { text, body } = await peekBody(answer.body);
    const hasOthers = await unlessStopped(renew({ status, headers, text }), this.#whole.stopped);
    if (!hasOthers) return { answer: { ...answer, body }, renew: null };
    body?.cancel();
    await this.#wait({ reason: "credentials", status, error: undefined, delayMs: 0 });
    return { answer, renew };
  }

  #send({ request, destination }: AddressedRequest, prepared: PreparedRequest, attempt: number): Promise<Attempt> {
    if (this.#attempt !== this.#whole) this.#attempt.end();
    this.#attempt = new ExchangeTimer(this.#limits, this.#whole.stopped);
    this.#attemptBegan = performance.now();
    return sendOnce({
      prepared,
      authenticate: destination.authenticate,
      transport: this.#transport,
      redirect: this.#redirect,
      timer: this.#attempt,
      onSend: (url, headers) => {
        if (this.#settings.observer === undefined) return;
        const { provider } = destination.dialect;
        this.#sent = { call: this.#number, attempt, provider, request, prepared, url, headers };
        this.#tell((observer, sent) => observer.onRequest?.(sent));
      },
    });
  }

  /** Sees to the limits and the end of an answer's body. */
  #watch({ status, headers, body }: Answer, messageType: string | null): Answer {
    if (body === null || WITHOUT_BODY.has(status)) {
      body?.cancel();
      this.end(undefined);
      return { status, headers, body: null };
    }
    const given = headers.get("content-type")?.toLowerCase() ?? "";
    const isMessage = messageType !== null && status === 200;
    const type = isMessage && !MESSAGE_TYPE.test(given) ? messageType : given;
    const guard = isMessage && type.startsWith("text/event-stream") ? new MessageStreamGuard() : null;
    const timer = this.#attempt;
    this.#reader = this.#settings.observer?.createReader?.(type) ?? null;
    const watched = watchBody(body, {
      guard,
      reader: this.#reader,
      onWait: () => timer.start("stallTimeoutMs"),
      onRead: () => timer.stop("stallTimeoutMs"),
      onEnd: (error) => this.end(error),
      isAborted: () => timer.isAborted,
    });
    if (guard !== null) headers.delete("content-length");
    if (type !== given) headers.set("content-type", type);
    return { status, headers, body: watched };
  }

  async #wait(facts: RetryFacts): Promise<void> {
    this.#tell((observer, sent) => observer.onRetry?.(sent, facts));
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const waited = new Promise<void>((resolve) => (timer = setTimeout(resolve, facts.delayMs)));
      await unlessStopped(waited, this.#whole.stopped);
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
    const facts = { status: this.#status, error, elapsedMs: this.#elapsedMs(), read: this.#reader };
    this.#tell((observer, sent) => observer.onEnd?.(sent, facts));
  }

  #tell(what: (observer: Observer, sent: SentRequest) => void): void {
    const { observer } = this.#settings;
    if (observer !== undefined && this.#sent !== undefined) what(observer, this.#sent);
  }

  #delayMs(headers: HeaderList | null, retried: number): number {
    return retryDelayMs(headers, retried, this.#settings.now?.() ?? new Date(), Math.random());
  }

  #elapsedMs(): number {
    return performance.now() - this.#attemptBegan;
  }
}

/** Statuses of refusals that may be about credentials. */
const isRefused = (status: number): boolean => status === 401 || status === 403;

const PASSING: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "CONNECTION_FAILED",
  "CONNECT_TIMEOUT",
  "FIRST_BYTE_TIMEOUT",
]);

/** Whether another attempt may end otherwise. */
const isPassing = (error: unknown): boolean => error instanceof FetchError && PASSING.has(error.code);

/**
 * Answers what was not sent.
 *
 * @param refusal Why it was not.
 * @param provider Who would have been asked; null where that is not known.
 * @returns The answer.
 */
export function refused(refusal: Refusal, provider: string | null): ExchangeAnswer {
  const { status, headers, body } = refusalAnswer(refusal);
  return { status, headers: headers.pairs, body, provider, model: null, url: null, translations: [], refusal };
}
