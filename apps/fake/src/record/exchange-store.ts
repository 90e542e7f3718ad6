import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { WireReply } from "../terms/wire.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { BodyStore } from "./body-store.ts";
import { keepExchange } from "./keep-exchange.ts";
import { keepReplyBody } from "./keep-reply-body.ts";
import type { KeptExchange, RecordedExchange } from "./kept-exchange.ts";
import { Ring } from "./ring.ts";
import type { UnreadRequest } from "./unread-request.ts";

type StoreSettings = Pick<FakeSettings, "maxJournalExchanges" | "maxJournalBodyBytes" | "maxJournalReplyBytes">;

/**
 * The last exchanges, in memory, as they were. What was refused is kept apart from what was answered, as many of each: a
 * thousand good requests do not wash out the one that failed. They are judged and written out when somebody asks; on the
 * way of a request they are only put down.
 */
export class ExchangeStore {
  readonly #settings: StoreSettings;
  readonly #answered: Ring<KeptExchange>;
  readonly #refused: Ring<KeptExchange>;
  // One for each ring: a block that both used would live as long as the slower of them.
  readonly #answeredBodies = new BodyStore();
  readonly #refusedBodies = new BodyStore();
  readonly #unread: Ring<UnreadRequest>;
  readonly #listeners = new Set<(exchange: KeptExchange) => void>();
  #total = 0;
  #totalRefused = 0;

  constructor(settings: StoreSettings) {
    this.#settings = settings;
    this.#answered = new Ring(settings.maxJournalExchanges);
    this.#refused = new Ring(settings.maxJournalExchanges);
    this.#unread = new Ring(settings.maxJournalExchanges);
  }

  /** How many exchanges were seen since the start or the last reset. */
  get total(): number {
    return this.#total;
  }

  /** How many exchanges are kept. */
  get kept(): number {
    return this.#answered.length + this.#refused.length;
  }

  /** Exchanges that had been refused, or had broken a check, and are not kept any more. */
  get droppedRefused(): number {
    return this.#totalRefused - this.#refused.length;
  }

  /**
   * Keeps an exchange, and drops the oldest of its kind where there are too many.
   *
   * @returns The reply to send: whoever sends it tells by its `onEnd` how that ended.
   */
  record(exchange: RecordedExchange, reply: WireReply): WireReply {
    const seen = this.#total++;
    const refused = isRefused(exchange, reply);
    if (refused) this.#totalRefused++;
    const { maxJournalExchanges, maxJournalBodyBytes, maxJournalReplyBytes } = this.#settings;
    if (maxJournalExchanges <= 0) return reply;
    const answer = maxJournalReplyBytes > 0 ? keepReplyBody(reply.body, maxJournalReplyBytes) : undefined;
    const { body: received, bodyIsUnshared } = exchange.request;
    const bodies = refused ? this.#refusedBodies : this.#answeredBodies;
    const body = bodies.keep(received, maxJournalBodyBytes, bodyIsUnshared);
    const kept = keepExchange(exchange, reply, { seen, body, replyBody: answer?.kept });
    (refused ? this.#refused : this.#answered).add(kept);
    const { status, headers, cut } = reply;
    return { status, headers, body: answer?.body ?? reply.body, cut, onEnd: (end) => this.#end(kept, end) };
  }

  /** Keeps a request whose body never came whole. */
  recordUnread(request: UnreadRequest): void {
    this.#unread.add(request);
  }

  /** Requests whose body never came whole, oldest first. */
  get unread(): readonly UnreadRequest[] {
    return this.#unread.toArray();
  }

  /**
   * Calls back with each exchange that ends.
   *
   * @returns A function that stops it.
   */
  onEnd(listener: (exchange: KeptExchange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #end(kept: KeptExchange, end: ExchangeEnd): void {
    if (kept.end !== undefined) return;
    kept.end = end;
    for (const listener of this.#listeners) {
      try {
        listener(kept);
      } catch {
        // Whoever listens must not take an answer down, nor keep it from the others.
      }
    }
  }

  /**
   * What is kept, oldest first.
   *
   * @param since The lowest place among all that were seen; what came before is not even looked at.
   */
  toArray(since = 0): readonly KeptExchange[] {
    const isWanted = ({ seen }: KeptExchange): boolean => seen >= since;
    return [...this.#answered.newest(isWanted), ...this.#refused.newest(isWanted)].toSorted((a, b) => a.seen - b.seen);
  }

  /** Whether an exchange that this store has kept is still there. */
  holds(kept: KeptExchange): boolean {
    const { oldest } = isRefused(kept, kept.reply) ? this.#refused : this.#answered;
    return oldest !== undefined && kept.seen >= oldest.seen;
  }

  /** Forgets everything. */
  reset(): void {
    this.#answered.clear();
    this.#refused.clear();
    this.#unread.clear();
    this.#answeredBodies.clear();
    this.#refusedBodies.clear();
    this.#total = 0;
    this.#totalRefused = 0;
  }
}

/** Whether a check found a fault, even where it was only recorded, or the answer is an error. */
function isRefused({ checked }: Pick<KeptExchange, "checked">, { status }: Pick<WireReply, "status">): boolean {
  if (status >= 400) return true;
  for (const { fault } of checked) if (fault !== undefined) return true;
  return false;
}
