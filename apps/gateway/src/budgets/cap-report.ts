import type { CapState } from "./budget-keeper.ts";

type Period = NonNullable<CapState["period"]>;

/** How Claude Code calls the window of a cap. */
const GROUPS: Readonly<Record<Period, string>> = { day: "daily", week: "weekly", month: "monthly" };

/** What `GET /api/oauth/usage` answers, as far as Claude Code reads it of a gateway. Money is in US cents. */
export interface CapReport {
  readonly extra_usage: {
    readonly monthly_limit: number | null;
    readonly used_credits: number;
    /** In percent. */
    readonly utilization: number | null;
    readonly currency: "USD";
  };
  readonly limits: readonly { readonly group: string; readonly resets_at: string; readonly is_active: boolean }[];
}

const CENTS = 100;

/**
 * Says how full the caps of a caller are: of those of money the fullest.
 *
 * @param caps All of them.
 * @returns What Claude Code shows.
 * @see What Claude Code 2.1.332 reads of a gateway: `extra_usage`, and of `limits` the window and the end of the active one.
 */
export function capReport(caps: readonly CapState[]): CapReport {
  const money = caps.filter(
    ({ unit, period, amount }) => unit === "usd" && period !== undefined && amount !== undefined,
  );
  const [fullest] = money.toSorted((a, b) => b.utilization - a.utilization);
  const { amount = null, spent = 0, utilization = null } = fullest ?? {};
  return {
    extra_usage: {
      monthly_limit: amount === null ? null : amount * CENTS,
      used_credits: Math.max(0, spent) * CENTS,
      utilization: utilization === null ? null : utilization * CENTS,
      currency: "USD",
    },
    limits: money.map((cap) => ({
      group: GROUPS[cap.period ?? "month"],
      resets_at: new Date(cap.resetsAt * 1000).toISOString(),
      is_active: cap === fullest,
    })),
  };
}
