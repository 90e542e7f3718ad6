import type { ExchangeStore } from "../record/exchange-store.ts";
import type { KeptExchange } from "../record/kept-exchange.ts";
import { configuredSecrets, type Secrets, secretsOf } from "../redact/secrets.ts";
import { findRetries } from "../rules/find-retries.ts";
import { judgeExchange } from "../rules/judge-exchange.ts";
import { JudgedExchange } from "../rules/judged-exchange.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { RefusedHosts } from "../stores/refused-hosts.ts";
import { type JournalEntry, journalEntry } from "./journal-entry.ts";
import { type JournalUnread, journalUnread } from "./journal-unread.ts";

/** What the journal says of itself, and its exchanges, oldest first. */
export interface JournalSnapshot {
  readonly exchanges: readonly JournalEntry[];
  /** Requests whose body never came whole, oldest first: nothing of them was checked, and they are not among `total`. */
  readonly unread: readonly JournalUnread[];
  /** Exchanges seen since the start or the last reset. */
  readonly total: number;
  /** Exchanges that were dropped because the journal is bounded. */
  readonly dropped: number;
  /** Those of the dropped that had been refused, or broken a check. */
  readonly droppedRefused: number;
  /** How many answered exchanges are kept, and how many refused ones beside them. */
  readonly maxExchanges: number;
}

/** The exchanges that were kept, each judged by every rule and written out without secrets: when somebody asks, and once. */
export class Journal {
  readonly #settings: FakeSettings;
  readonly #store: ExchangeStore;
  readonly #secrets: Secrets;
  /** What clients wanted to reach through the fake as a proxy, and what it refused. */
  readonly refusedHosts: RefusedHosts;
  /** What was judged already. */
  readonly #judged = new WeakMap<KeptExchange, JudgedExchange>();
  readonly #entries = new WeakMap<KeptExchange, JournalEntry>();

  constructor(store: ExchangeStore, refusedHosts: RefusedHosts, settings: FakeSettings) {
    this.#store = store;
    this.refusedHosts = refusedHosts;
    this.#settings = settings;
    this.#secrets = configuredSecrets(settings);
  }

  /** How many exchanges were seen since the start or the last reset. */
  get total(): number {
    return this.#store.total;
  }

  /** Forgets everything. */
  reset(): void {
    this.#store.reset();
    this.refusedHosts.clear();
  }

  /** Everything that is kept, oldest first, judged by every rule, without secrets. */
  snapshot(): JournalSnapshot {
    const exchanges = this.#judgeAll().map((judged) => this.#entry(judged));
    return {
      exchanges,
      unread: this.#store.unread.map((unread) => journalUnread(unread, this.#secrets)),
      total: this.#store.total,
      dropped: this.#store.total - exchanges.length,
      droppedRefused: this.#store.droppedRefused,
      maxExchanges: this.#settings.maxJournalExchanges,
    };
  }

  /**
   * Calls back with each exchange when it has ended, judged and without secrets. What it throws is nobody's: an answer
   * does not wait for it, and does not fail by it.
   *
   * @example Whoever left before the answer was whole
   * ```ts
   * import { createFakeCore } from "@claude-on-aws/fake/server";
   *
   * const fake = createFakeCore();
   * const stop = fake.journal.subscribe(({ id, end }) => {
   *   if (end?.outcome === "client-left") console.log(id, end.stage, end.bytes);
   * });
   * stop();
   * ```
   *
   * @param listener Takes the exchange.
   * @returns A function that stops it.
   */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    return this.#store.onEnd(({ id }) => {
      const entry = this.find(id);
      if (entry !== undefined) listener(entry);
    });
  }

  /** One exchange; `undefined` where it was never seen, or dropped since. */
  find(id: string): JournalEntry | undefined {
    const judged = this.#judgeAll().find(({ kept }) => kept.id === id);
    return judged && this.#entry(judged);
  }

  #judgeAll(): readonly JudgedExchange[] {
    const kept = this.#store.toArray();
    const retries = findRetries(kept);
    // The exchange that was retried came first, and is there when its retry looks for it.
    return kept.map((exchange) => {
      const known = this.#judged.get(exchange);
      if (known !== undefined) return known;
      const retried = retries.get(exchange);
      const judged = new JudgedExchange(
        exchange,
        secretsOf(exchange, this.#secrets),
        retried && this.#judged.get(retried),
      );
      this.#judged.set(exchange, judged);
      return judged;
    });
  }

  #entry(judged: JudgedExchange): JournalEntry {
    const known = this.#entries.get(judged.kept);
    // Written out before it had ended, it did not say how.
    if (known !== undefined && (known.end === undefined) === (judged.kept.end === undefined)) return known;
    const entry = journalEntry(judged, judgeExchange(judged), this.#settings);
    this.#entries.set(judged.kept, entry);
    return entry;
  }
}
