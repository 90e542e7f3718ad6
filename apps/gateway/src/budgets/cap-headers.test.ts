import { expect, test } from "vitest";
import type { CapState } from "./budget-keeper.ts";
import { capHeaders } from "./cap-headers.ts";

const cap = (utilization: number): CapState => ({ name: "month", unit: "usd", utilization, resetsAt: 1_796_083_200 });
const of = (...caps: CapState[]) => Object.fromEntries(capHeaders(caps));

test("says nothing where there is no cap", () => {
  expect(capHeaders([])).toEqual([]);
});

test.each([
  [0.5, "allowed", undefined],
  [0.75, "allowed", undefined],
  [0.751, "allowed_warning", "0.75"],
  [0.95, "allowed_warning", "0.75"],
  [0.951, "allowed_warning", "0.95"],
])("says of %d that it is %s", (utilization, status, threshold) => {
  expect(of(cap(0.1), cap(utilization))).toEqual({
    "anthropic-ratelimit-unified-status": status,
    "anthropic-ratelimit-unified-reset": "1796083200",
    "anthropic-ratelimit-unified-overage-reset": "1796083200",
    "anthropic-ratelimit-unified-overage-utilization": String(utilization),
    "anthropic-ratelimit-unified-representative-claim": "overage",
    "anthropic-ratelimit-unified-overage-status": status,
    ...(threshold === undefined ? {} : { "anthropic-ratelimit-unified-overage-surpassed-threshold": threshold }),
  });
});

test("says of one that is spent that it refuses", () => {
  expect(of(cap(1.2))).toMatchObject({
    "anthropic-ratelimit-unified-status": "rejected",
    "anthropic-ratelimit-unified-overage-surpassed-threshold": "1",
    "anthropic-ratelimit-unified-overage-disabled-reason": "org_spend_cap_reached",
  });
});
