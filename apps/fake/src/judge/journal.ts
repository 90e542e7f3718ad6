import type { Evidence } from "../evidence/evidence.ts";
import { judgeExchange } from "../rules/judge-exchange.ts";
import { JudgedExchange } from "../rules/judged-exchange.ts";
import { ConversationIndex } from "../rules/conversation-index.ts";
import { RetryIndex } from "../rules/retry-index.ts";
import { HostCounts } from "../stores/host-counts.ts";
import type { RefusedHosts } from "../stores/refused-hosts.ts";
import { type JournalEntry, journalEntry } from "./journal-entry.ts";
import type { JournalUnread } from "./journal-unread.ts";
import type { JournalStore } from "./journal-store.ts";

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

/** What was judged and is not kept any more, before it is forgotten: beside as many as are kept. */
const MIN_DROPPED = 64;

/**
 * The exchanges that were kept, each judged by every rule and written out without secrets: when somebody asks, and once.
 * It reads evidence alone: where that comes from, the store knows.
 */
export class Journal {
  readonly #store: JournalStore;
  /** What clients wanted to reach through the fake as a proxy, and what it refused. */
  readonly refusedHosts: RefusedHosts;
  /** Hosts of AWS to which clients opened a tunnel through the fake as a proxy, whatever came through it. */
  readonly tunnels: HostCounts = new HostCounts();
  /** What was judged already, by its place. */
  readonly #judged = new Map<number, JudgedExchange>();
  readonly #entries = new WeakMap<JudgedExchange, JournalEntry>();
  #retries: RetryIndex;
  #conversations: ConversationIndex;
  /** Everything that was seen before is judged. */
  #next = 0;

  constructor(store: JournalStore, refusedHosts: RefusedHosts) {
    this.#store = store;
    this.refusedHosts = refusedHosts;
    this.#retries = this.#newRetries();
    this.#conversations = this.#newConversations();
  }

  /** How many exchanges were seen since the start or the last reset. */
  get total(): number {
    return this.#store.counts().total;
  }

  /** Forgets everything. */
  reset(): void {
    this.#store.reset();
    this.refusedHosts.clear();
    this.tunnels.clear();
    this.#judged.clear();
    this.#retries = this.#newRetries();
    this.#conversations = this.#newConversations();
    this.#next = 0;
  }

  /** Everything that is kept, oldest first, judged by every rule, without secrets. */
  snapshot(): JournalSnapshot {
    this.#judge();
    const exchanges = this.#store.list().flatMap((evidence) => this.#entry(evidence) ?? []);
    const { total, kept, droppedRefused, maxExchanges } = this.#store.counts();
    return { exchanges, unread: this.#store.unread(), total, dropped: total - kept, droppedRefused, maxExchanges };
  }

  /**
   * What the rules read of everything that is kept, oldest first: plain JSON without secrets, which can be written down
   * and judged later.
   *
   * @param since The lowest place among all that were seen; everything by default.
   */
  evidence(since?: number): readonly Evidence[] {
    return this.#store.list(since);
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
    return this.#store.onEnd((id) => {
      const entry = this.find(id);
      if (entry !== undefined) listener(entry);
    });
  }

  /** One exchange; `undefined` where it was never seen, or dropped since. */
  find(id: string): JournalEntry | undefined {
    const evidence = this.#store.find(id);
    if (evidence === undefined) return undefined;
    this.#judge();
    return this.#entry(evidence);
  }

  /** As many refused exchanges wait for their retry as are kept. */
  #newRetries(): RetryIndex {
    return new RetryIndex(this.#store.counts().maxExchanges);
  }

  #newConversations(): ConversationIndex {
    return new ConversationIndex(
      this.#store.counts().maxExchanges,
      (evidence) => this.#store.find(evidence.id) ?? evidence,
    );
  }

  /** Takes in what came since the last time. */
  #judge(): void {
    const { total, kept } = this.#store.counts();
    if (total === this.#next) return;
    for (const evidence of this.#store.list(this.#next)) {
      const retried = this.#retries.add(evidence);
      const course = this.#conversations.add(evidence, retried);
      this.#judged.set(evidence.seen, new JudgedExchange(evidence, retried && this.#judgedBefore(retried), course));
    }
    this.#next = total;
    if (this.#judged.size > 2 * kept + MIN_DROPPED) this.#forgetDropped();
  }

  /** The exchange that was retried came first; where it is forgotten, it counts as a first attempt. */
  #judgedBefore(retried: Evidence): JudgedExchange {
    return this.#judged.get(retried.seen) ?? new JudgedExchange(retried);
  }

  #forgetDropped(): void {
    const kept = new Set(this.#store.list().map(({ seen }) => seen));
    for (const seen of this.#judged.keys()) if (!kept.has(seen)) this.#judged.delete(seen);
  }

  #entry(evidence: Evidence): JournalEntry | undefined {
    const judged = this.#judged.get(evidence.seen);
    if (judged === undefined) return undefined;
    const known = this.#entries.get(judged);
    // Written out before it had ended, it did not say how.
    if (known !== undefined && (known.end === undefined) === (evidence.end === undefined)) return known;
    const entry = journalEntry(evidence, judged, judgeExchange(judged));
    this.#entries.set(judged, entry);
    return entry;
  }
}
