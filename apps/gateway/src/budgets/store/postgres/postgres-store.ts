import type { Sql } from "postgres";
import { layoutOf, slotMs } from "../../windows/windows.ts";
import type {
  BudgetStore,
  Charge,
  KeyState,
  Settlement,
  StoreAnswer,
  TakeAnswer,
  TakeRequest,
} from "../budget-store.ts";
import { GIVEN_UP_MS, notUsable, stateOf } from "../memory-store.ts";
import { SCHEMA } from "./schema.ts";

/** Of a key: what is used, the slot of the moment, the oldest that holds anything. */
type FoundState = readonly [used: number, current: number, oldest: number];

/** What `take_1` says; the states are those before it took, where it took anew. */
type TakenAnswer = readonly [isTaken: boolean, nowMs: number, states: readonly FoundState[], isFresh: boolean];

const DAY_MS = 86_400_000;
/** How long the sums of a window of the calendar are kept: it, and the one before. */
const KEEP_MS = { day: 3 * DAY_MS, week: 15 * DAY_MS, month: 63 * DAY_MS } as const;
/** After so many takes, what expired is forgotten; so many rows of each kind. */
const SWEEP_EVERY = 500;
const SWEEP_ROWS = 1_000;

/** Keeps sums in PostgreSQL, for any number of gateways. */
export class PostgresStore implements BudgetStore {
  readonly isShared = true;
  readonly #connect: () => Sql;
  #sql: Sql;
  #takes = 0;

  constructor(connect: () => Sql, sql: Sql) {
    this.#connect = connect;
    this.#sql = sql;
  }

  async take({ id, charges, lifetimeMs, inAdvance = false }: TakeRequest): Promise<TakeAnswer> {
    const request = { id, lifetime: lifetimeMs, charges: charges.map((each, place) => toRow(each, place, inAdvance)) };
    const answer = await this.#ask<TakenAnswer>("take_1", JSON.stringify(request));
    const [isTaken, nowMs, before, isFresh] = answer;
    if (++this.#takes % SWEEP_EVERY === 0) this.#sweep();
    const found = isFresh ? before.map((state, place) => addCharge(state, request.charges[place])) : before;
    const states = toStates(charges, found);
    return { isTaken, ...(isTaken && !isFresh ? notUsable({ nowMs, states }) : { nowMs, states }) };
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    const used = settlements.filter(({ amounts }) => amounts !== null);
    if (used.length > 0)
      await this.#sql.unsafe(`select ${SCHEMA}.settle_1($1)`, [JSON.stringify(used)], { prepare: true });
    for (const { id, amounts } of settlements) {
      if (amounts === null) await this.#sql.unsafe(`select ${SCHEMA}.give_up_1($1, $2)`, [id, GIVEN_UP_MS]);
    }
  }

  async renew(ids: readonly string[], lifetimeMs: number): Promise<void> {
    await this.#sql.unsafe(`select ${SCHEMA}.renew_1($1, $2)`, [JSON.stringify(ids), lifetimeMs]);
  }

  async read(charges: readonly Charge[]): Promise<StoreAnswer> {
    const asked = JSON.stringify(charges.map((each, place) => toRow(each, place, false)));
    const [nowMs, found] = await this.#ask<[number, FoundState[]]>("read_1", asked);
    return { nowMs, states: toStates(charges, found) };
  }

  reconnect(): void {
    const before = this.#sql;
    this.#sql = this.#connect();
    void before.end({ timeout: 0 }).catch(() => {});
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }

  async #ask<Answer>(name: string, request: string): Promise<Answer> {
    const rows = await this.#sql.unsafe<{ answer: string }[]>(`select ${SCHEMA}.${name}($1) as answer`, [request], {
      prepare: true,
    });
    return JSON.parse(rows[0]?.answer ?? "null") as Answer;
  }

  #sweep(): void {
    void this.#sql.unsafe(`select ${SCHEMA}.sweep_1(${SWEEP_ROWS})`).catch(() => {});
  }
}

/** A charge as the functions of the schema read it. */
interface ChargeRow {
  readonly place: number;
  readonly key: string;
  readonly kind: string;
  readonly width: number;
  readonly back: number;
  readonly ahead: number;
  readonly size: number;
  /** How many slots behind the one of the moment it counts. */
  readonly later: number;
  readonly amount: number;
  readonly most: number;
  /** For how long its sums are kept, in milliseconds. */
  readonly keep: number;
}

function toRow({ key, window, limit, amount }: Charge, place: number, inAdvance: boolean): ChargeRow {
  const { back, ahead, size } = layoutOf(window);
  const isSpan = typeof window === "object";
  const width = isSpan ? slotMs(window.seconds) : 1;
  return {
    place,
    key,
    kind: isSpan ? "span" : window,
    width,
    back,
    ahead,
    size,
    later: inAdvance && ahead > 0 ? 1 : 0,
    amount,
    most: limit,
    keep: isSpan ? width * (size + 1) : KEEP_MS[window],
  };
}

function addCharge([used, current, oldest]: FoundState, row: ChargeRow | undefined): FoundState {
  const { amount, later } = row ?? { amount: 0, later: 0 };
  return [used + amount, current, used === 0 && amount > 0 ? current + later : oldest];
}

const toStates = (charges: readonly Charge[], found: readonly FoundState[]): KeyState[] =>
  charges.map(({ window }, place) => {
    const [used, current, oldest] = found[place] ?? [0, 0, 0];
    return stateOf(window, current, used, oldest);
  });
