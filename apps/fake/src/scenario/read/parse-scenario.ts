import { isObject } from "@claude-on-aws/endpoints";
import { FakeError } from "../../input/fake-error.ts";
import { described, listOf, objectOf, refuse, refuseDepth, refuseDuplicateKey, text } from "../../input/read-json.ts";
import type { Scenario } from "../../settings/scenario/scenario.ts";
import type { ScenarioMessage } from "../../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../../settings/scenario/scenario-timing.ts";
import { findChunkProblem } from "../chunk-problem.ts";
import { findUnsayable } from "../unsayable.ts";
import { MESSAGE_OPERATIONS } from "./message-operations.ts";
import { row } from "./row-reader.ts";
import { scope } from "./state-reader.ts";

const scenario = objectOf(
  {
    $schema: text,
    scope: described("What parts states and counts; left out, all requests share them", scope),
    replies: described("Rows in the order in which they are asked", listOf(row)),
  },
  ["replies"],
);

/**
 * Reads a scenario from the text of a JSON file.
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
 * @returns The scenario.
 * @throws {FakeError} `SCENARIO_JSON` where this is no JSON, `SCENARIO_KEY` where a key is unknown or missing,
 * `SCENARIO_VALUE` where a value does not fit; with its path, what was found, what was expected and the way out.
 */
export function parseScenario(json: string): Scenario {
  const value = parseJson(json);
  refuseDuplicateKey(json);
  scenario(value, "");
  for (const [index, { when: given, reply: answered, timing }] of (value as Scenario).replies.entries()) {
    if (timing !== undefined) refuseTiming(answered, timing, `replies[${index}].timing`);
    if (given?.operation === undefined || !isMessage(answered)) continue;
    const names = [given.operation].flat();
    refuseMessage(names, `replies[${index}]`);
    if (names.every((name) => name.startsWith("Converse"))) refuseUnsayable(answered, `replies[${index}].reply`);
  }
  const { $schema: _, ...read } = value as Scenario & { readonly $schema?: string };
  return read;
}

function parseJson(json: string): unknown {
  refuseDepth(json, "SCENARIO_JSON");
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new FakeError("SCENARIO_JSON", {
      path: "",
      found: `no JSON (${(cause as Error).message})`,
      expected: "a JSON object",
      fix: "JSON has no comments and no commas before a closing bracket",
      cause,
    });
  }
}

function refuseTiming(answered: unknown, timing: ScenarioTiming, path: string): void {
  const problem = isMessage(answered ?? {}) ? findChunkProblem((answered ?? {}) as ScenarioMessage, timing) : REFUSED;
  if (problem === undefined) return;
  throw new FakeError("SCENARIO_VALUE", { path, ...problem });
}

const REFUSED = {
  found: "a refusal as its reply",
  expected: "a message",
  fix: "leave timing out: delayMs is the time before a refusal",
};

function refuseUnsayable(reply: ScenarioMessage, path: string): void {
  const unsayable = findUnsayable(reply);
  if (unsayable === undefined) return;
  refuse(unsayable, path, "what Converse has a place for", "leave it out, or name another operation");
}

const isMessage = (value: unknown): value is ScenarioMessage =>
  isObject(value) && !("throttle" in value) && !("overload" in value) && !("error" in value);

/** Operations whose answer is a list, a number or a model cannot say a text. */
function refuseMessage(names: readonly string[], path: string): void {
  const wrong = names.find((name) => !MESSAGE_OPERATIONS.includes(name));
  if (wrong === undefined) return;
  const fix = "use throttle, overload or error, or another operation";
  refuse(wrong, `${path}.when.operation`, `an operation that answers a message: ${MESSAGE_OPERATIONS.join(", ")}`, fix);
}
