import type { Header } from "@claude-on-aws/fetch";
import type { CapState } from "./budget-keeper.ts";

/** Behind these a cap is warned of, the highest first. */
const THRESHOLDS: readonly number[] = [0.95, 0.75];

const PREFIX = "anthropic-ratelimit-unified";

/**
 * Says in headers how full the fullest cap is, as Claude Code reads it and warns its user.
 *
 * @param caps The caps that count for a request.
 * @returns The headers; none where there is no cap.
 * @see Claude Code 2.1.332, and what its own gateway answers: `status`, `reset` and those of the window `overage`, past 75 and 95 %.
 */
export function capHeaders(caps: readonly CapState[]): readonly Header[] {
  const [first] = caps.toSorted((a, b) => b.utilization - a.utilization);
  if (first === undefined) return [];
  const { utilization } = first;
  const isSpent = utilization >= 1;
  const surpassed = isSpent ? 1 : THRESHOLDS.find((threshold) => utilization > threshold);
  const status = isSpent ? "rejected" : surpassed === undefined ? "allowed" : "allowed_warning";
  const reset = String(Math.floor(first.resetsAt));
  const said: Header[] = [
    [`${PREFIX}-status`, status],
    [`${PREFIX}-reset`, reset],
    [`${PREFIX}-overage-reset`, reset],
    [`${PREFIX}-overage-utilization`, String(Math.round(utilization * 10_000) / 10_000)],
  ];
  if (surpassed !== undefined) said.push([`${PREFIX}-overage-surpassed-threshold`, String(surpassed)]);
  if (isSpent) said.push([`${PREFIX}-overage-disabled-reason`, "org_spend_cap_reached"]);
  else said.push([`${PREFIX}-representative-claim`, "overage"], [`${PREFIX}-overage-status`, status]);
  return said;
}
