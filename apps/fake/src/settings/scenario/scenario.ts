import type { ScenarioRow } from "./scenario-row.ts";
import type { ScenarioScope } from "./scenario-state.ts";

/**
 * A script of replies. Of the rows that fit a request, the first that is not used up answers; where none does, the
 * fake answers as it does without a scenario. A request that a check refuses meets no row.
 *
 * @example In code
 * ```ts
 * import { createFake, type Scenario } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const scenario: Scenario = {
 *   replies: [
 *     { when: { operation: "CreateMessage" }, times: 1, reply: { throttle: { retryAfterSeconds: 1 } } },
 *     { when: { text: "weather" }, reply: { text: "It rains." } },
 *   ],
 * };
 *
 * equal(createFake({ scenario }).settings.scenario, scenario);
 * ```
 */
export interface Scenario {
  /**
   * What parts states and counts.
   *
   * @default {nothing: all requests share them}
   */
  readonly scope?: ScenarioScope | undefined;
  /** Rows in the order in which they are asked. */
  readonly replies: readonly ScenarioRow[];
}
