import type { Evidence } from "../evidence/evidence.ts";
import { type EvidenceContext, evidenceOf } from "../evidence/evidence-of.ts";
import { ExchangeStore } from "../record/exchange-store.ts";
import type { KeptExchange, RecordedExchange } from "../record/kept-exchange.ts";
import type { UnreadRequest } from "../record/unread-request.ts";
import type { WireReply } from "../terms/wire.ts";
import { type JournalUnread, journalUnread } from "./journal-unread.ts";
import type { JournalCounts, JournalStore } from "./journal-store.ts";

/** Dropped exchanges that are still in the index, before it is cleaned: beside as many as are kept. */
const MIN_DROPPED = 64;

/**
 * A journal in memory. It puts exchanges down as they are, and takes the
 * evidence out of one when somebody asks, once: the way of a request pays
 * nothing for it.
 */
export class MemoryStore implements JournalStore {
  readonly #context: EvidenceContext;
  readonly #exchanges: ExchangeStore;
  readonly #evidence = new WeakMap<KeptExchange, Evidence>();
  readonly #byId = new Map<string, KeptExchange>();
  /** Everything that was seen before is in the index. */
  #indexed = 0;

  /** @param context What evidence of its exchanges depends on; the settings say how many are kept. */
  constructor(context: EvidenceContext) {
    this.#context = context;
    this.#exchanges = new ExchangeStore(context.settings);
  }

  record(exchange: RecordedExchange, reply: WireReply): WireReply {
    return this.#exchanges.record(exchange, reply);
  }

  find(id: string): Evidence | undefined {
    this.#index();
    const kept = this.#byId.get(id);
    return kept === undefined || !this.#exchanges.holds(kept) ? undefined : this.#evidenceOf(kept);
  }

  list(since = 0): readonly Evidence[] {
    return this.#exchanges.toArray(since).map((kept) => this.#evidenceOf(kept));
  }

  recordUnread(request: UnreadRequest): void {
    this.#exchanges.recordUnread(request);
  }

  unread(): readonly JournalUnread[] {
    return this.#exchanges.unread.map((unread) => journalUnread(unread, this.#context.secrets));
  }

  onEnd(listener: (id: string) => void): () => void {
    return this.#exchanges.onEnd(({ id }) => listener(id));
  }

  counts(): JournalCounts {
    const { total, kept, droppedRefused } = this.#exchanges;
    return { total, kept, droppedRefused, maxExchanges: this.#context.settings.maxJournalExchanges };
  }

  reset(): void {
    this.#exchanges.reset();
    this.#byId.clear();
    this.#indexed = 0;
  }

  /** Takes into the index what came since the last time. */
  #index(): void {
    const { total, kept } = this.#exchanges;
    if (total === this.#indexed) return;
    for (const exchange of this.#exchanges.toArray(this.#indexed)) this.#byId.set(exchange.id, exchange);
    this.#indexed = total;
    if (this.#byId.size <= 2 * kept + MIN_DROPPED) return;
    for (const [id, exchange] of this.#byId) if (!this.#exchanges.holds(exchange)) this.#byId.delete(id);
  }

  #evidenceOf(kept: KeptExchange): Evidence {
    const known = this.#evidence.get(kept);
    if (known !== undefined && (known.end === undefined) === (kept.end === undefined)) return known;
    const evidence = evidenceOf(kept, this.#context);
    this.#evidence.set(kept, evidence);
    return evidence;
  }
}
