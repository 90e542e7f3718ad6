import type { Scenario } from "../../settings/scenario/scenario.ts";
import { extendScenario, type ParseScenarioOptions } from "./extend-scenario.ts";

/**
 * Reads a scenario from the text of a JSON file, with all that it extends. Its form is described by
 * `@claude-on-aws/fake/scenario.schema.json`.
 *
 * @example A throttled request, then an answer
 * ```ts
 * import { parseScenario } from "@claude-on-aws/fake";
 * import { equal, throws } from "node:assert/strict";
 *
 * const { replies } = parseScenario(`{
 *   "replies": [
 *     { "times": 1, "reply": { "throttle": { "retryAfterSeconds": 2 } } },
 *     { "when": { "text": "weather" }, "reply": { "text": "It rains." } }
 *   ]
 * }`);
 *
 * equal(replies.length, 2);
 * throws(() => parseScenario(`{ "replies": [{ "replay": { "text": "" } }] }`), { code: "SCENARIO_KEY" });
 * ```
 *
 * @param json The text, JSON.
 * @param options What it is called, and how what it extends is read.
 * @returns The scenario; the rows of what it extends stand behind its own, named after their file unless they have a name.
 * @throws {FakeError} `SCENARIO_JSON` where this is no JSON, `SCENARIO_KEY` where a key is unknown or missing,
 * `SCENARIO_VALUE` where a value does not fit, or files extend each other in a circle; with its path, what was found, what was
 * expected and the way out.
 */
export function parseScenario(json: string, options: ParseScenarioOptions = {}): Scenario {
  const { path = "" } = options;
  const { scope, rows, problems } = extendScenario(json, options);
  const [problem] = problems;
  if (problem !== undefined) throw problem;
  return {
    ...(scope === undefined ? {} : { scope }),
    replies: rows.map(({ row, file, place }) => (file === path ? row : { name: `${file} ${place}`, ...row })),
  };
}
