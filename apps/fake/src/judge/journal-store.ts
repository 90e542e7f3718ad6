import type { Evidence } from "../evidence/evidence.ts";
import type { JournalUnread } from "./journal-unread.ts";
import type { RecordedExchange } from "../record/kept-exchange.ts";
import type { UnreadRequest } from "../record/unread-request.ts";
import type { WireReply } from "../terms/wire.ts";

/** How many exchanges a store has seen and has lost. */
export interface JournalCounts {
  /** Exchanges seen since the start or the last reset. */
  readonly total: number;
  /** How many of them are kept. */
  readonly kept: number;
  /** Exchanges that had been refused, or had broken a check, and are not kept any more. */
  readonly droppedRefused: number;
  /** How many answered exchanges are kept at most, and how many refused ones beside them. */
  readonly maxExchanges: number;
}

/**
 * Where the exchanges of a journal are: in memory, or wherever rows of JSON can
 * be kept. An exchange is acknowledged when `record` has returned: `find`,
 * `list` and `counts` show it from then on.
 *
 * A store that outlives its process keeps the evidence that its
 * `JournalTools` take from an exchange, and never the exchange itself:
 * evidence holds no secrets.
 */
export interface JournalStore {
  /**
   * Keeps an exchange, and may drop older ones. It is called on the way of each request: what takes work is done later.
   *
   * @param exchange What is known of it; the store must not change it.
   * @param reply What was answered.
   * @returns The reply to send: whoever sends it tells by its `onEnd` how that ended.
   */
  record(exchange: RecordedExchange, reply: WireReply): WireReply;
  /**
   * Keeps a request whose body never came whole: nothing of it was checked, and it is none of the exchanges.
   *
   * @param request What is known of it; it may hold secrets.
   */
  recordUnread(request: UnreadRequest): void;
  /**
   * Looks up one exchange, without walking the others.
   *
   * @returns `undefined` where it was never seen, or is not kept any more.
   */
  find(id: string): Evidence | undefined;
  /**
   * Lists what is kept, by the place among all that were seen (`Evidence.seen`), the lowest first.
   *
   * @param since The lowest place to list; everything by default.
   */
  list(since?: number): readonly Evidence[];
  /** Requests whose body never came whole, oldest first. */
  unread(): readonly JournalUnread[];
  /**
   * Calls back with the ID of each exchange that ends.
   *
   * @returns A function that stops it.
   */
  onEnd(listener: (id: string) => void): () => void;
  /** Counts what was seen and what is kept. */
  counts(): JournalCounts;
  /** Forgets everything; the next exchange has place 0. */
  reset(): void;
}
