import type { Reply } from "../exchange/reply.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { describeRequest, matchesRow } from "./match-row.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { ScenarioMessage, ScenarioReplier, ScenarioReply } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioRequest } from "../settings/scenario/scenario-request.ts";
import type { ScenarioRow } from "../settings/scenario/scenario-row.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import { FaultChances } from "./faults/chance.ts";
import type { FaultContext } from "./faults/fault-kind.ts";
import { Held } from "./faults/held.ts";
import { strike, strikeOne, type Struck } from "./faults/strike.ts";
import { faultOfReply } from "./fault-of-reply.ts";
import { fault as readFault } from "./read/fault-reader.ts";
import { scriptMessage } from "./script-message.ts";

/** A scenario while it runs: it knows which rows are used up. */
export class ScenarioPlayer {
  readonly #settings: FakeSettings;
  readonly #rows: readonly ScenarioRow[];
  readonly #used = new Map<ScenarioRow, number>();
  readonly #waiting = new Set<() => void>();
  readonly #chances = new FaultChances();
  readonly #held = new Held();

  /** @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where a row asks for a fault that does not fit. */
  constructor(settings: FakeSettings) {
    this.#settings = settings;
    this.#rows = settings.scenario?.replies ?? [];
    for (const [index, { fault }] of this.#rows.entries()) {
      if (fault !== undefined) readFault(fault, `replies[${index}].fault`);
    }
  }

  /** What the scenario answers; `undefined` where no row is about the request. Comes late where the row says so. */
  play(exchange: Exchange, state: FakeState): Promise<Reply | Fault | undefined> | undefined {
    return this.#rows.length === 0 ? undefined : this.#play(exchange, state);
  }

  /** Forgets what was used up, and releases everything that waits. */
  reset(): void {
    this.#used.clear();
    for (const release of this.#waiting) release();
    this.#chances.reset();
    this.#held.releaseAll();
  }

  async #play(exchange: Exchange, state: FakeState): Promise<Reply | Fault | undefined> {
    const request = describeRequest(exchange);
    for (const row of this.#rows) {
      const used = this.#used.get(row) ?? 0;
      if (used >= (row.times ?? Number.POSITIVE_INFINITY) || !matchesRow(row.when, request, exchange)) continue;
      // Counted before it is waited for: requests that come at the same time share what is left.
      this.#used.set(row, used + 1);
      const reply = typeof row.reply === "function" ? await callReplier(row.reply, request) : (row.reply ?? {});
      if (reply !== undefined) return this.#answer(row, reply, exchange, state);
      this.#used.set(row, Math.max(0, (this.#used.get(row) ?? 0) - 1));
    }
    return undefined;
  }

  async #answer(
    row: ScenarioRow,
    reply: ScenarioReply,
    exchange: Exchange,
    state: FakeState,
  ): Promise<Reply | Fault | undefined> {
    exchange.answeredBy = "scenario";
    if (reply.delayMs !== undefined && reply.delayMs > 0)
      await this.#wait(reply.delayMs, exchange.request.clientSignal?.());
    const struck = await this.#strike(row, reply, { exchange, settings: this.#settings, state, held: this.#held });
    if (struck !== undefined) {
      const { kind, refusal, diagnosis, onWire } = struck;
      exchange.fault = { kind, refusal, diagnosis, onWire };
      if (refusal !== undefined) return refusal;
      if (struck.reply !== undefined) return struck.reply;
    }
    // What is no message the operation answers itself.
    if (row.reply === undefined && resolveForm(exchange) === undefined) return undefined;
    return scriptMessage(reply as ScenarioMessage, struck?.change, exchange, this.#settings);
  }

  /** What goes wrong: the fault of the row, and that which its reply spells in a word of its own. */
  async #strike({ fault }: ScenarioRow, reply: ScenarioReply, context: FaultContext): Promise<Struck | undefined> {
    const struck = fault === undefined ? undefined : await strike(fault, this.#chances, context);
    if (struck?.refusal !== undefined || struck?.reply !== undefined) return struck;
    const spelled = faultOfReply(reply);
    const effect = spelled === undefined ? undefined : await strikeOne(spelled, context);
    if (spelled === undefined || effect === undefined) return struck;
    return { kind: spelled.kind, ...effect, ...struck };
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
