import { FakeError } from "../../input/fake-error.ts";
import type { Scenario } from "../../settings/scenario/scenario.ts";
import type { FaultPlaceName } from "./fault-kind.ts";
import { findFaultKind } from "./fault-kinds.ts";

/** What to do about it, besides asking for another fault. */
const WAYS_OUT: Readonly<Record<FaultPlaceName, string>> = {
  "in process": "put the fake on a port with listen()",
  "in TLS on Deno": "serve it without tls and proxy, or on Node or Bun",
};

/**
 * Refuses a scenario with faults that cannot be done where a fake answers.
 *
 * @param place Where it answers.
 * @throws {FakeError} `SCENARIO_VALUE` for the first of them, with what to ask for instead.
 */
export function refuseFaults(scenario: Scenario | undefined, place: FaultPlaceName): void {
  for (const [index, { fault = [] }] of (scenario?.replies ?? []).entries()) {
    for (const { kind } of [fault].flat()) {
      const found = findFaultKind(kind);
      if (found?.cannot?.includes(place) !== true) continue;
      throw new FakeError("SCENARIO_VALUE", {
        path: `replies[${index}].fault`,
        found: `the fault ${kind}, which cannot be done ${place}`,
        expected: `a fault that can, such as ${found.instead}`,
        fix: WAYS_OUT[place],
      });
    }
  }
}
