import type { Exchange } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import { streamDurationMs } from "../respond/timed-frames.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ScenarioMessage, ScenarioReply } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../settings/scenario/scenario-row.ts";
import type { ScenarioWhen } from "../settings/scenario/scenario-when.ts";
import { type Fault, fault } from "../terms/faults.ts";
import { type CompiledRow, compileRow } from "./match/compile-row.ts";
import { RequestFacts } from "./match/request-facts.ts";
import { RowIndex } from "./match/row-index.ts";
import { NOTHING_SPENT, type Scope, Scopes } from "./scopes.ts";
import { rowInCode } from "./read/row-reader.ts";
import { scenarioInCode } from "./read/scenario-reader.ts";
import { ScenarioRowBuilder } from "./row-builder.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import { faultOfReply } from "./fault-of-reply.ts";
import { strike, strikeOne, type Struck } from "./faults/strike.ts";
import { scriptMessage } from "./script-message.ts";
import { Waiting } from "./waiting.ts";

/** The rows that are asked, in order. */
interface Rows {
  readonly all: readonly CompiledRow[];
  /** Those that count the requests that fit them. */
  readonly counting: readonly CompiledRow[];
  readonly index: RowIndex;
}

/** A row that was added, as it was said and as it is asked. */
interface AddedRow {
  readonly said: ScenarioRow;
  readonly compiled: CompiledRow;
}

/** A scenario while it runs: it knows which rows are used up, and in which state everybody is. */
export class ScenarioPlayer {
  readonly #settings: FakeSettings;
  readonly #scopes: Scopes;
  readonly #waiting: Waiting;
  readonly #given: readonly CompiledRow[];
  /** Rows that were added while it ran, each of them asked before those that were added before it. */
  #added: readonly AddedRow[] = [];
  /** Put in order by the first request that asks for them. */
  #rows: Rows | undefined;

  /** @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where something of the scenario does not fit. */
  constructor(settings: FakeSettings) {
    if (settings.scenario !== undefined) scenarioInCode(settings.scenario, "");
    this.#settings = settings;
    this.#waiting = new Waiting(settings.timers);
    this.#scopes = new Scopes(settings.scenario?.scope, settings.maxScenarioScopes);
    this.#given = (settings.scenario?.replies ?? []).map((row, index) => compileRow(row, `replies[${index}]`));
  }

  /**
   * Begins a row that is asked before all others, until the next reset.
   *
   * @param when What a request must be like.
   * @returns Says the rest; it throws a {@link FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where something of it does not fit.
   */
  on(when: ScenarioWhen | undefined): ScenarioRowBuilder {
    return new ScenarioRowBuilder(when, (said, before) => {
      rowInCode(said, ADDED);
      const row = { said, compiled: compileRow(said, ADDED) };
      const at = before === undefined ? -1 : this.#added.findIndex((added) => added.said === before);
      this.#added = at < 0 ? [row, ...this.#added] : this.#added.with(at, row);
      this.#rows = undefined;
    });
  }

  /** What the scenario answers; `undefined` where no row is about the request. Comes late where the row says so. */
  play(exchange: Exchange, state: FakeState): Promise<Reply | Fault | undefined> | undefined {
    return this.#added.length + this.#given.length === 0 ? undefined : this.#play(exchange, state);
  }

  /** Forgets what was used up, counted and added, and releases everything that waits. */
  reset(): void {
    this.#scopes.reset();
    this.#waiting.release();
    if (this.#added.length === 0) return;
    this.#added = [];
    this.#rows = undefined;
  }

  #inOrder(): Rows {
    const all = [...this.#added.map(({ compiled }) => compiled), ...this.#given];
    return {
      all,
      counting: all.filter(({ calls }) => calls !== undefined),
      index: new RowIndex(all.map(({ row }) => row)),
    };
  }

  async #play(exchange: Exchange, fake: FakeState): Promise<Reply | Fault | undefined> {
    const facts = new RequestFacts(exchange);
    const scope = this.#scopes.of(exchange);
    const { all, counting, index } = (this.#rows ??= this.#inOrder());
    try {
      const due = counting.length === 0 ? undefined : countFitting(counting, facts, scope);
      const { state } = scope;
      for (const place of index.candidates(facts, state)) {
        const compiled = all[place];
        if (place < spentOf(scope, all) || compiled === undefined || isUsedUp(compiled, scope)) continue;
        if (compiled.calls === undefined ? !compiled.fits(facts) : due?.has(compiled) !== true) continue;
        if (!isInState(compiled, state)) continue;
        // Before it is waited for: requests that come at the same time share what is left, and the state.
        use(compiled, scope, all);
        const { reply: given = {} } = compiled.row;
        const reply = typeof given === "function" ? await given(facts.request) : given;
        if (reply !== undefined) {
          const struck = await this.#strike(compiled.row, reply, scope, exchange, fake);
          // A row that says nothing but what goes wrong answers where it does.
          if (struck !== undefined || saysMore(compiled.row))
            return await this.#answer(compiled, reply, struck, exchange);
        }
        giveBack(compiled, scope, state);
      }
    } catch (error) {
      exchange.answeredBy = "scenario";
      return failed(error);
    }
    return undefined;
  }

  async #answer(
    { row, name }: CompiledRow,
    reply: ScenarioReply,
    struck: Struck | undefined,
    exchange: Exchange,
  ): Promise<Reply | Fault | undefined> {
    exchange.answeredBy = "scenario";
    exchange.row = name;
    const signal = exchange.request.clientSignal;
    if (reply.delayMs !== undefined && reply.delayMs > 0) await this.#waiting.wait(reply.delayMs, signal?.());
    if (struck !== undefined) {
      const { kind, refusal, diagnosis, onWire } = struck;
      exchange.fault = { kind, refusal, diagnosis, onWire };
      if (refusal !== undefined) return refusal;
      if (struck.reply !== undefined) return struck.reply;
    }
    // What is no message the operation answers itself.
    if (row.reply === undefined && resolveForm(exchange) === undefined) return undefined;
    const scripted = scriptMessage(reply as ScenarioMessage, exchange, this.#settings, row.timing, struck?.change);
    const durationMs = wholeDurationMs(scripted);
    if (durationMs > 0) await this.#waiting.wait(durationMs, signal?.());
    return scripted;
  }

  /** What goes wrong: the fault of the row, and that which its reply spells in a word of its own. */
  async #strike(
    { fault: faults }: ScenarioRow,
    reply: ScenarioReply,
    { chances }: Scope,
    exchange: Exchange,
    state: FakeState,
  ): Promise<Struck | undefined> {
    const context = { exchange, settings: this.#settings, state, held: this.#waiting.held };
    const struck = faults === undefined ? undefined : await strike(faults, chances, context);
    if (struck?.refusal !== undefined || struck?.reply !== undefined) return struck;
    const spelled = faultOfReply(reply);
    const effect = spelled === undefined ? undefined : await strikeOne(spelled, context);
    if (spelled === undefined || effect === undefined) return struck;
    return { kind: spelled.kind, ...effect, ...struck };
  }
}

const saysMore = ({ reply, timing }: ScenarioRow): boolean => reply !== undefined || timing !== undefined;

/** Where a row stands that was added. */
const ADDED = "on()";

/** Counts a request for each row that it fits, and finds those for which it is one of those that were asked for. */
function countFitting(counting: readonly CompiledRow[], facts: RequestFacts, scope: Scope): Set<CompiledRow> {
  const due = new Set<CompiledRow>();
  for (const compiled of counting) {
    if (!compiled.fits(facts)) continue;
    const count = (scope.fitted.get(compiled.row) ?? 0) + 1;
    scope.fitted.set(compiled.row, count);
    if (compiled.calls?.has(count) === true) due.add(compiled);
  }
  return due;
}

/** What does not stream comes when the last piece would have. */
const wholeDurationMs = (answer: Reply | Fault): number =>
  "message" in answer && "plan" in answer && answer.plan?.timing !== undefined && !answer.kind.endsWith("stream")
    ? streamDurationMs(answer.message, answer.plan.timing)
    : 0;

const isInState = ({ row }: CompiledRow, state: string): boolean =>
  row.state?.was === undefined || row.state.was === state;

const isUsedUp = ({ row }: CompiledRow, { used }: Scope): boolean =>
  row.times !== undefined && (used.get(row) ?? 0) >= row.times;

function use(compiled: CompiledRow, scope: Scope, all: readonly CompiledRow[]): void {
  const { times, state } = compiled.row;
  if (state?.becomes !== undefined) scope.state = state.becomes;
  if (times === undefined) return;
  scope.used.set(compiled.row, (scope.used.get(compiled.row) ?? 0) + 1);
  // A script of many rows, each for one request, is not walked from its beginning each time.
  let count = spentOf(scope, all);
  for (let next = all[count]; next !== undefined && isUsedUp(next, scope); next = all[count]) count++;
  scope.spent = { of: all, count };
}

/** How many rows at the beginning are used up; other rows may have come since that was counted. */
const spentOf = ({ spent }: Scope, all: readonly CompiledRow[]): number => (spent.of === all ? spent.count : 0);

/** @param state The state before the row was used. */
function giveBack({ row }: CompiledRow, scope: Scope, state: string): void {
  if (scope.state === row.state?.becomes) scope.state = state;
  scope.used.set(row, Math.max(0, (scope.used.get(row) ?? 0) - 1));
  scope.spent = NOTHING_SPENT;
}

/** What a function of the user's throws is the answer: it should not look like a mistake of the client or of the fake. */
const failed = (error: unknown): Fault =>
  fault("internal", `A function of the scenario threw: ${(error as Error)?.message ?? String(error)}`);
