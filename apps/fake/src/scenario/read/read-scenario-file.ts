import { isObject } from "@claude-on-aws/endpoints";
import { FakeError } from "../../input/fake-error.ts";
import { refuse, refuseDepth, refuseDuplicateKey } from "../../input/read-json.ts";
import type { Scenario } from "../../settings/scenario/scenario.ts";
import type { ScenarioMessage } from "../../settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import type { ScenarioTiming } from "../../settings/scenario/scenario-timing.ts";
import { findChunkProblem } from "../chunk-problem.ts";
import { findUnsayable } from "../unsayable.ts";
import { MESSAGE_OPERATIONS } from "./message-operations.ts";
import { row } from "./row-reader.ts";
import { scenarioWithoutRows } from "./scenario-reader.ts";

/** What one file says. */
interface ScenarioFile extends Partial<Scenario> {
  readonly extends?: string | readonly string[] | undefined;
}

/** A file, and what is wrong with it. */
export interface ReadScenarioFile {
  /** Absent where it cannot be read as a whole. */
  readonly file?: ScenarioFile;
  /** What is wrong: at most one thing of each row. */
  readonly problems: readonly FakeError[];
}

/**
 * Reads one file of a scenario.
 *
 * @param json Its text.
 * @returns What it says, and what is wrong with it.
 */
export function readScenarioFile(json: string): ReadScenarioFile {
  const problems: FakeError[] = [];
  const noting = (read: () => void): boolean => {
    try {
      read();
      return true;
    } catch (error) {
      if (!(error instanceof FakeError)) throw error;
      problems.push(error);
      return false;
    }
  };
  let value: unknown;
  const isWhole = noting(() => {
    value = parseJson(json);
    refuseDuplicateKey(json);
    scenarioWithoutRows(value, "");
  });
  if (!isWhole) return { problems };
  const { $schema: _, ...file } = value as ScenarioFile & { readonly $schema?: string };
  for (const [index, given] of (file.replies ?? []).entries()) {
    noting(() => readRow(given, `replies[${index}]`));
  }
  return { file, problems };
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

function readRow(given: ScenarioRow, path: string): void {
  row(given, path);
  const { when, reply, timing } = given;
  if (timing !== undefined) refuseTiming(reply ?? {}, timing, `${path}.timing`);
  if (when?.operation === undefined || !isMessage(reply)) return;
  const names = [when.operation].flat();
  refuseMessage(names, path);
  if (names.every((name) => name.startsWith("Converse"))) refuseUnsayable(reply, `${path}.reply`);
}

const isMessage = (value: unknown): value is ScenarioMessage =>
  isObject(value) && !("throttle" in value) && !("overload" in value) && !("error" in value);

function refuseTiming(reply: object, timing: ScenarioTiming, path: string): void {
  const problem = isMessage(reply) ? findChunkProblem(reply, timing) : TIMED_REFUSAL;
  if (problem !== undefined) throw new FakeError("SCENARIO_VALUE", { path, ...problem });
}

const TIMED_REFUSAL = {
  found: "a refusal as its reply",
  expected: "a message",
  fix: "leave timing out: delayMs is the time before a refusal",
};

/** Operations whose answer is a list, a number or a model cannot say a text. */
function refuseMessage(names: readonly string[], path: string): void {
  const wrong = names.find((name) => !MESSAGE_OPERATIONS.includes(name));
  if (wrong === undefined) return;
  const fix = "use throttle, overload or error, or another operation";
  refuse(wrong, `${path}.when.operation`, `an operation that answers a message: ${MESSAGE_OPERATIONS.join(", ")}`, fix);
}

function refuseUnsayable(reply: ScenarioMessage, path: string): void {
  const unsayable = findUnsayable(reply);
  if (unsayable === undefined) return;
  refuse(unsayable, path, "what Converse has a place for", "leave it out, or name another operation");
}
