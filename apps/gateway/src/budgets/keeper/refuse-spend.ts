import { refuse } from "../../refusals/own-refusals.ts";
import type { CapUnit } from "../../settings/budget-settings.ts";
import type { OwnRefusal } from "../../terms/own-refusal.ts";
import type { Charge, KeyState, StoreAnswer } from "../store/budget-store.ts";
import { formatWindow } from "../windows/windows.ts";
import { type AppliedCap, isRate } from "./caps.ts";

const WRITE: Readonly<Record<CapUnit, (amount: number) => string>> = {
  // Up, so that a cap never seems to have been enough.
  usd: (amount) => `${(Math.ceil(amount / 10_000) / 100).toFixed(2)} US dollars`,
  tokens: (amount) => `${amount.toLocaleString("en")} tokens`,
  requests: (amount) => `${amount.toLocaleString("en")} requests`,
};

const describe = ({ cap, limit }: AppliedCap): string =>
  `the cap "${cap.name}" allows ${WRITE[cap.unit](limit)} a ${typeof cap.window === "string" ? cap.window : `span of ${formatWindow(cap.window)}`}`;

/**
 * Refuses a request that may cost more than a cap allows altogether.
 *
 * @param applied The cap.
 * @param amount What the request may cost.
 * @returns The refusal. To try again is of no use.
 */
export function refuseTooLarge(applied: AppliedCap, amount: number): OwnRefusal {
  const message = `Cannot serve the request: it may cost up to ${WRITE[applied.cap.unit](amount)}, and ${describe(applied)}; ask for less with a smaller max_tokens and a shorter prompt, or have the cap raised`;
  return { ...refuse(isRate(applied.cap) ? "RATE_LIMITED" : "BUDGET_SPENT", message), shouldRetry: false };
}

/**
 * Refuses a request for which a cap has too little left.
 *
 * @param caps The caps that count for it.
 * @param charges What it would have taken of each.
 * @param answer What the store found.
 * @returns The refusal: of the cap that takes longest to come back, where several have too little; a rate says when.
 */
export function refuseSpend(
  caps: readonly AppliedCap[],
  charges: readonly Charge[],
  { nowMs, states }: StoreAnswer,
): OwnRefusal {
  const short = caps
    .map((applied, at) => ({ applied, charge: charges[at], state: states[at] }))
    .filter((each): each is Short => isShort(each.charge, each.state))
    .toSorted((one, other) => other.state.resetsAtMs - one.state.resetsAtMs);
  const worst = short.find(({ applied }) => !isRate(applied.cap)) ?? short[0];
  // Between taking and looking something came back: the next attempt finds it.
  if (worst === undefined)
    return refuse("RATE_LIMITED", "Cannot serve the request yet: try again", [["retry-after", "1"]]);
  const { applied, charge, state } = worst;
  const { unit } = applied.cap;
  const found = `${describe(applied)}, ${WRITE[unit](state.used)} of that are spent or reserved, and the request may cost up to ${WRITE[unit](charge.amount)}`;
  const seconds = Math.max(1, Math.ceil((state.resetsAtMs - nowMs) / 1_000));
  if (isRate(applied.cap)) {
    return refuse("RATE_LIMITED", `Cannot serve the request yet: ${found}; try again in ${seconds} seconds`, [
      ["retry-after", String(seconds)],
    ]);
  }
  const until = new Date(state.resetsAtMs).toISOString().replace(".000Z", "Z");
  return refuse(
    "BUDGET_SPENT",
    `Cannot serve the request: ${found}; wait until ${until}, ask for less with a smaller max_tokens, or have the cap raised`,
  );
}

interface Short {
  readonly applied: AppliedCap;
  readonly charge: Charge;
  readonly state: KeyState;
}

const isShort = (charge: Charge | undefined, state: KeyState | undefined): boolean =>
  charge !== undefined && state !== undefined && charge.amount > 0 && state.used + charge.amount > charge.limit;

/**
 * Refuses a request because nobody can say what is left.
 *
 * @param reason Why.
 * @returns The refusal.
 */
export const refuseWithoutStore = (reason: string): OwnRefusal =>
  refuse(
    "BUDGET_STORE_UNREACHABLE",
    `Cannot say whether the budget allows the request: the store of the budgets cannot be asked, since ${reason}; try again, or have the operator look after it`,
    [["retry-after", "1"]],
  );
