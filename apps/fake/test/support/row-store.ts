import type { Evidence } from "../../src/evidence/evidence.ts";
import { type EvidenceContext, evidenceOf } from "../../src/evidence/evidence-of.ts";
import type { JournalCounts, JournalStore } from "../../src/judge/journal-store.ts";
import { ExchangeStore } from "../../src/record/exchange-store.ts";

/** A store that keeps each exchange as a row of text, as one on disk would, and never the exchange itself. */
export class RowStore implements JournalStore {
  readonly #context: EvidenceContext;
  readonly #rows = new Map<string, string>();

  constructor(context: EvidenceContext) {
    this.#context = context;
  }

  record(...given: Parameters<JournalStore["record"]>): ReturnType<JournalStore["record"]> {
    const passing = new ExchangeStore(this.#context.settings);
    passing.record(...given);
    for (const kept of passing.toArray()) {
      const evidence = evidenceOf({ ...kept, seen: this.#rows.size }, this.#context);
      this.#rows.set(evidence.id, JSON.stringify(evidence));
    }
    return given[1];
  }

  /** Takes over rows that another process has written. */
  restore(rows: readonly string[]): void {
    for (const row of rows) this.#rows.set((JSON.parse(row) as Evidence).id, row);
  }

  find(id: string): Evidence | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : (JSON.parse(row) as Evidence);
  }

  list(since = 0): readonly Evidence[] {
    return [...this.#rows.values()].map((row) => JSON.parse(row) as Evidence).filter(({ seen }) => seen >= since);
  }

  unread(): readonly [] {
    return [];
  }

  onEnd(): () => void {
    return () => undefined;
  }

  counts(): JournalCounts {
    const total = this.#rows.size;
    return { total, kept: total, droppedRefused: 0, maxExchanges: this.#context.settings.maxJournalExchanges };
  }

  reset(): void {
    this.#rows.clear();
  }
}
