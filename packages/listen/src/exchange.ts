import { brokenOff } from "./body/broken-off.ts";
import { stopBody } from "./body/pieces.ts";
import { type BodySource, RequestBody } from "./body/request-body.ts";
import { invalid } from "./check-reply.ts";
import { EndReporter, now, type Outcome, type Stage } from "./exchange-end.ts";
import type { Cut, Reply, RequestHead } from "./handler.ts";
import { ListenError } from "./listen-error.ts";
import { defaultOnError, type Service } from "./service.ts";

/** How an exchange ended before its reply was whole. */
interface EarlyEnd {
  readonly outcome: Outcome;
  readonly stage: Stage;
  readonly error: unknown;
}

/** One request and its reply, whatever the protocol: asks the handler, and tells everybody how it ended. */
export abstract class Exchange implements BodySource {
  readonly head: RequestHead;
  readonly body: RequestBody;
  protected readonly service: Service;
  /** Follows the reply, where its maker wants that. */
  protected reporter: EndReporter | undefined;
  readonly #startedAt = now();
  #isAnswered = false;
  #isEnded = false;
  #earlyEnd: EarlyEnd | undefined;
  /** Set where the body took too long: the reply may still be written. */
  #timeOut: ListenError | undefined;

  /** @param declaredBytes Length of the body, 0 where there is none, `undefined` where the client does not say. */
  constructor(service: Service, head: RequestHead, declaredBytes: number | undefined) {
    this.service = service;
    this.head = head;
    this.body = new RequestBody(declaredBytes === 0 ? undefined : this, declaredBytes, service.held, this);
  }

  /** Whether a reply is being written, or was. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** The address at the other end of its connection; `undefined` where that is closed. */
  abstract get peerAddress(): string | undefined;

  /** Whether the client is gone, though nobody said so yet. */
  protected get isGone(): boolean {
    return false;
  }

  abstract begin(): void;
  abstract pause(): void;
  abstract resume(): void;
  abstract discard(): void;

  /**
   * Begins to write a reply.
   *
   * @throws {ListenError} `REPLY_INVALID` where it is none; nothing was written then.
   */
  protected abstract respond(reply: Reply): void;

  /** Ends it before anything of a reply is written. */
  protected abstract breakOff(by: Cut["by"]): void;

  /** Asks the handler. */
  start(): void {
    this.service.underWay.begin();
    try {
      const answer = this.service.handler(this.head, this.body);
      if ("then" in answer) {
        answer.then(
          (reply) => this.#answer(reply),
          (error: unknown) => this.#fail(error),
        );
      } else this.#answer(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Whether it is over, in whichever way. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** All of the reply was handed over. */
  protected end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.body.letGo();
    this.service.underWay.end();
  }

  /** Ends it before its reply was whole. */
  endEarly(outcome: Outcome, error: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const stage = this.#stage();
    this.#earlyEnd = { outcome, stage, error };
    this.reporter?.end(outcome, stage, error);
    this.body.abort(toListenError(error));
    this.body.letGo();
    this.service.underWay.end();
  }

  /** The body did not come in time: the handler is told, and may still answer. */
  protected failBody(error: ListenError): void {
    if (error.code === "TIMED_OUT") this.#timeOut = error;
    this.body.fail(error);
  }

  #stage(): Stage {
    if (this.#isAnswered) return "reply";
    return this.body.isWhole ? "handler" : "request";
  }

  #answer(reply: Reply): void {
    if (this.#isAnswered) return;
    if (typeof reply !== "object" || reply === null) {
      this.#fail(invalid(`it is ${reply === null ? "null" : typeof reply}`));
      return;
    }
    if (this.isGone) this.endEarly("client-left", clientLeft("is gone"));
    const ended = this.#earlyEnd;
    if (ended === undefined) {
      this.#write(reply, false);
      return;
    }
    this.#isAnswered = true;
    stopBody(reply.body);
    this.#report(reply)?.end(ended.outcome, ended.stage, ended.error);
  }

  #fail(error: unknown): void {
    if (this.#earlyEnd === undefined && !this.#isAnswered) this.#write(this.#replyTo(error), true);
  }

  /** Writes a reply, or another one where it is none; `isInstead` where it is that other one. */
  #write(reply: Reply, isInstead: boolean): void {
    this.#isAnswered = true;
    this.reporter = this.#report(reply);
    if (this.#timeOut !== undefined) this.reporter?.blame("timed-out", "request", this.#timeOut);
    try {
      this.#writeOrCut(reply);
    } catch (error) {
      stopBody(reply.body);
      this.reporter?.end("server-cut", "handler", error);
      this.#write(isInstead ? defaultOnError(error, this.head) : this.#replyTo(error), true);
    }
  }

  #writeOrCut(reply: Reply): void {
    const { cut, body } = reply;
    if (cut === undefined) this.respond(reply);
    else if (cut.after === "body") this.respond({ ...reply, body: brokenOff(body, cut.by) });
    else {
      stopBody(body);
      this.breakOff(cut.by);
    }
  }

  #report(reply: Reply): EndReporter | undefined {
    return reply.onEnd === undefined ? undefined : new EndReporter(reply.onEnd, this.#startedAt);
  }

  /** Answers for a handler that failed, or gave what is no reply. */
  #replyTo(error: unknown): Reply {
    try {
      return this.service.onError(error, this.head);
    } catch {
      return defaultOnError(error, this.head);
    }
  }
}

/** The reason for whoever waits for what does not come. */
const toListenError = (error: unknown): ListenError =>
  error instanceof ListenError
    ? error
    : new ListenError("REPLY_FAILED", "Cannot finish the exchange: the body of the reply failed", { cause: error });

/** The error of an exchange whose client is gone. */
export const clientLeft = (how: string): ListenError =>
  new ListenError("CLIENT_LEFT", `Cannot finish the exchange: the client ${how}`);

/** The error of an exchange that took too long. */
export const timedOut = (detail: string): ListenError =>
  new ListenError("TIMED_OUT", `Cannot finish the exchange: ${detail}`);

/** The error of an exchange that was under way when the server was closed. */
export const serverClosed = (): ListenError =>
  new ListenError("CLOSED", "Cannot finish the exchange: the server was closed");
