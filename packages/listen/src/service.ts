import type { Handler, Reply, RequestHead } from "./handler.ts";
import type { HeldBytes } from "./body/held-bytes.ts";
import type { Limits } from "./limits.ts";
import { ListenError } from "./listen-error.ts";
import type { Watch } from "./watch.ts";

/** Answers in place of a handler that failed. */
export type OnError = (error: unknown, head: RequestHead) => Reply;

/** A request that the server refused by itself, since no handler could see it. */
export interface RefusedRequest {
  /** The status that it was answered with. */
  readonly status: number;
  /** What was wrong with it, in the words of the answer. */
  readonly problem: string;
  /** The address at the other end of the connection; `undefined` where that is closed already. */
  readonly peerAddress: string | undefined;
}

/** Is told of a request that no handler sees. */
export type OnRefused = (refused: RefusedRequest) => void;

/** What all connections of a server share. */
export interface Service {
  readonly handler: Handler;
  readonly onError: OnError;
  readonly onRefused: OnRefused;
  /** The time, as a `Date` header has it. */
  readonly date: () => string;
  readonly limits: Limits;
  readonly held: HeldBytes;
  readonly watch: Watch;
  readonly underWay: UnderWay;
  /** Connections whose protocol is known. */
  readonly connections: Set<Connection>;
}

/** A connection whose protocol is known. */
export interface Connection {
  /** Takes no further request, and ends as soon as nothing is under way. */
  shutDown(): void;
  /** Ends at once. */
  close(): void;
}

/** Counts exchanges under way, and says when there is none. */
export class UnderWay {
  #count = 0;
  #settled: (() => void) | undefined;
  /** Set when the server closes: no connection is kept for another request. */
  isClosing = false;

  /** Call it when an exchange begins. */
  begin(): void {
    this.#count++;
  }

  /** Call it when it has ended. */
  end(): void {
    this.#count--;
    if (this.#count === 0) this.#settled?.();
  }

  /** Resolves as soon as nothing is under way. */
  async settled(): Promise<void> {
    // Asked again: what ends an exchange may begin something else at once, such as to wait until its last bytes are taken.
    while (this.#count > 0) await new Promise<void>((resolve) => (this.#settled = resolve));
  }
}

/** Statuses of errors that are the client's. */
const STATUS_OF: Readonly<Partial<Record<string, number>>> = { TIMED_OUT: 408, BODY_MALFORMED: 400, NO_ROOM: 503 };

/** What is sent where no other answer was given for a failure: its own words stay here, they may hold a secret. */
export const defaultOnError: OnError = (error) => {
  const status = error instanceof ListenError ? (STATUS_OF[error.code] ?? 500) : 500;
  const text = status === 500 ? "Cannot answer this request: the server failed" : (error as ListenError).message;
  return {
    status,
    headers: [["content-type", "text/plain; charset=utf-8"]],
    body: new TextEncoder().encode(`${text}\n`),
  };
};
