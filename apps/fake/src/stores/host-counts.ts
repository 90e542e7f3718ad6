/** A host, and how often something was done with it. */
export interface HostCount {
  /** Name and port, such as `statsig.anthropic.com:443`; `*` stands for all beyond the first hundred. */
  readonly host: string;
  /** How often it was asked for. */
  readonly count: number;
}

/** How many hosts are told apart; the others are counted together. */
const MAX_HOSTS = 100;

/** What the others are counted under. */
const OTHERS = "*";

/** Counts hosts that clients ask for. */
export class HostCounts {
  readonly #counts = new Map<string, number>();

  /** Counts an attempt. */
  add(host: string): void {
    const name = this.#counts.has(host) || this.#counts.size < MAX_HOSTS ? host : OTHERS;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Forgets everything. */
  clear(): void {
    this.#counts.clear();
  }

  /** In the order in which they were first asked for. */
  toArray(): readonly HostCount[] {
    return [...this.#counts].map(([host, count]) => ({ host, count }));
  }
}
