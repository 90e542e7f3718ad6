import type { Evidence, JournalCounts, JournalStore, JournalTools, JournalUnread } from "../../src/index.ts";

/** A store that keeps each exchange as a row of text, as one on disk would, and never the exchange itself. */
export class RowStore implements JournalStore {
  readonly #tools: JournalTools;
  readonly #rows = new Map<string, string>();
  readonly #unread: JournalUnread[] = [];
  readonly #listeners = new Set<(id: string) => void>();

  constructor(tools: JournalTools) {
    this.#tools = tools;
  }

  /** Everything that was written down. */
  get rows(): readonly string[] {
    return [...this.#rows.values()];
  }

  record(...[exchange, reply]: Parameters<JournalStore["record"]>): ReturnType<JournalStore["record"]> {
    const write = (): void => void this.#rows.set(exchange.id, JSON.stringify(kept.evidence()));
    const kept = this.#tools.keep(exchange, reply, this.#rows.size, () => {
      write();
      for (const listener of this.#listeners) listener(exchange.id);
    });
    write();
    return kept.reply;
  }

  recordUnread(request: Parameters<JournalStore["recordUnread"]>[0]): void {
    this.#unread.push(this.#tools.unread(request));
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
    return this.rows.map((row) => JSON.parse(row) as Evidence).filter(({ seen }) => seen >= since);
  }

  unread(): readonly JournalUnread[] {
    return this.#unread;
  }

  onEnd(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  counts(): JournalCounts {
    const total = this.#rows.size;
    return { total, kept: total, droppedRefused: 0, maxExchanges: this.#tools.maxExchanges };
  }

  reset(): void {
    this.#rows.clear();
    this.#unread.length = 0;
  }
}
