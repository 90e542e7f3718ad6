import type { Reply } from "../exchange/reply.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { describeRequest, matchesRow } from "./match-row.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { ScenarioReplier, ScenarioReply } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioRequest } from "../settings/scenario/scenario-request.ts";
import type { ScenarioRow } from "../settings/scenario/scenario-row.ts";
import { scriptReply } from "./script-reply.ts";

/** A scenario while it runs: it knows which rows are used up. */
export class ScenarioPlayer {
  readonly #settings: FakeSettings;
  readonly #rows: readonly ScenarioRow[];
  readonly #used = new Map<ScenarioRow, number>();
  readonly #waiting = new Set<() => void>();

  constructor(settings: FakeSettings) {
    this.#settings = settings;
    this.#rows = settings.scenario?.replies ?? [];
  }

  /** What the scenario answers; `undefined` where no row is about the request. Comes late where the row says so. */
  play(exchange: Exchange): Promise<Reply | Fault | undefined> | undefined {
    return this.#rows.length === 0 ? undefined : this.#play(exchange);
  }

  /** Forgets what was used up, and releases everything that waits. */
  reset(): void {
    this.#used.clear();
    for (const release of this.#waiting) release();
  }

  async #play(exchange: Exchange): Promise<Reply | Fault | undefined> {
    const request = describeRequest(exchange);
    for (const row of this.#rows) {
      const used = this.#used.get(row) ?? 0;
      if (used >= (row.times ?? Number.POSITIVE_INFINITY) || !matchesRow(row.when, request, exchange)) continue;
      // Counted before it is waited for: requests that come at the same time share what is left.
      this.#used.set(row, used + 1);
      const reply = typeof row.reply === "function" ? await callReplier(row.reply, request) : (row.reply ?? {});
      if (reply !== undefined) return this.#answer(reply, exchange);
      this.#used.set(row, Math.max(0, (this.#used.get(row) ?? 0) - 1));
    }
    return undefined;
  }

  async #answer(reply: ScenarioReply, exchange: Exchange): Promise<Reply | Fault> {
    exchange.answeredBy = "scenario";
    if (reply.delayMs !== undefined && reply.delayMs > 0)
      await this.#wait(reply.delayMs, exchange.request.clientSignal?.());
    return scriptReply(reply, exchange, this.#settings);
  }

  /** Nobody waits for a client that has left. */
  #wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const release = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(release);
        signal?.removeEventListener("abort", release);
        resolve();
      };
      const timer = setTimeout(release, Math.min(delayMs, MAX_DELAY_MS));
      this.#waiting.add(release);
      signal?.addEventListener("abort", release);
    });
  }
}

/** What a function of the user's throws is the answer: it should not look like a mistake of the client or of the fake. */
async function callReplier(replier: ScenarioReplier, request: ScenarioRequest): Promise<ScenarioReply | undefined> {
  try {
    return await replier(request);
  } catch (error) {
    const message = `A function of the scenario threw: ${(error as Error)?.message ?? String(error)}`;
    return { error: { name: "internal", message } };
  }
}
