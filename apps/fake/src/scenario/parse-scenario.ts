import { isObject } from "@claude-on-aws/endpoints";
import { FAULTS } from "../terms/faults.ts";
import { OPERATIONS } from "../operations/operations.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { findHeaderProblem } from "../input/find-header-problem.ts";
import { isErrorStatus } from "../input/is-error-status.ts";
import {
  anyObject,
  duration,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  type Reader,
  refuse,
  refuseDepth,
  refuseDuplicateKey,
  text,
  wholeNumber,
} from "../input/read-json.ts";
import type { Scenario } from "../settings/scenario.ts";
import { FakeError } from "../input/fake-error.ts";
import { STREAM_EXCEPTIONS } from "./stream-exceptions.ts";

const BUILT = OPERATIONS.filter((operation) => operation.built !== undefined);
const operationName = oneOf([...new Set(BUILT.map(({ name }) => name))]);

const BLOCKS: Readonly<Record<string, Reader>> = {
  text: objectOf({ type: text, text, citations: listOf(anyObject) }, ["text"]),
  thinking: objectOf({ type: text, thinking: text, signature: text }, ["thinking"]),
  redacted_thinking: objectOf({ type: text, data: text }, ["data"]),
  tool_use: objectOf({ type: text, id: text, name: text, input: anyObject }, ["name", "input"]),
};

const block: Reader = (value, path) => {
  anyObject(value, path);
  const { type } = value as { readonly type?: unknown };
  oneOf(Object.keys(BLOCKS))(type, `${path}.type`);
  BLOCKS[String(type)]?.(value, path);
};

const headers: Reader = (value, path) => {
  mapOf(text)(value, path);
  for (const [name, field] of Object.entries(value as Readonly<Record<string, string>>)) {
    const problem = findHeaderProblem(name, field);
    if (problem !== undefined) refuse(`${name}: ${field}`, path, problem.expected, problem.fix);
  }
};

const REFUSAL = { message: text, retryAfterSeconds: duration, headers };

const status: Reader = (value, path) => {
  if (!isErrorStatus(value)) refuse(value, path, "a status from 400 to 599", "an error has no other");
};

/** The keys of which a reply has at most one, each with what else may be given with it. */
const MESSAGE = {
  stopReason: text,
  stopSequence: text,
  delayMs: duration,
  eventDelayMs: duration,
  cutAfterEvents: wholeNumber(0),
  failAfterEvents: wholeNumber(0),
  exception: oneOf([...new Set(STREAM_EXCEPTIONS.flatMap(({ name, errorType }) => [name, errorType]))]),
  exceptionMessage: text,
};
const KINDS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  text: { text, ...MESSAGE },
  content: { content: listOf(block), ...MESSAGE },
  toolCall: { toolCall: objectOf({ name: text, input: anyObject, id: text }, ["name"]), ...MESSAGE },
  throttle: { throttle: objectOf(REFUSAL), delayMs: duration },
  overload: { overload: objectOf(REFUSAL), delayMs: duration },
  error: { error: objectOf({ ...REFUSAL, name: oneOf(Object.keys(FAULTS)), status }), delayMs: duration },
};

const reply: Reader = (value, path) => {
  anyObject(value, path);
  const kinds = Object.keys(KINDS).filter((kind) => Object.hasOwn(value as object, kind));
  if (kinds.length > 1) {
    refuse(value, path, `one of ${Object.keys(KINDS).join(", ")}`, `keep one of ${kinds.join(" and ")}`);
  }
  const all = Object.assign({}, ...Object.values(KINDS)) as Readonly<Record<string, Reader>>;
  objectOf(kinds[0] === undefined ? all : (KINDS[kinds[0]] ?? {}))(value, path);
  if (Object.keys(value as object).length === 0) {
    refuse(
      value,
      path,
      `a key such as ${Object.keys(KINDS).join(", ")}`,
      'say what is answered, such as {"text": "Hello."}',
    );
  }
  const { error } = value as { readonly error?: { readonly name?: unknown; readonly status?: unknown } };
  if (error !== undefined && error.name === undefined && error.status === undefined) {
    refuse(error, `${path}.error`, "a name or a status", 'say which error it is, such as {"status": 500}');
  }
};

const when = objectOf({
  provider: oneOf(Object.keys(PROVIDERS)),
  operation: (value, path) =>
    Array.isArray(value) ? listOf(operationName, 1)(value, path) : operationName(value, path),
  model: text,
  text,
});

const row = objectOf({ when, times: wholeNumber(1), reply }, ["reply"]);

const scenario = objectOf({ replies: listOf(row) }, ["replies"]);

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
  for (const [index, { when: given, reply: answered }] of (value as Scenario).replies.entries()) {
    if (given?.operation !== undefined && isMessage(answered)) {
      refuseMessage([given.operation].flat(), `replies[${index}]`);
    }
  }
  return value as Scenario;
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

const isMessage = (value: unknown): boolean =>
  isObject(value) && !("throttle" in value) && !("overload" in value) && !("error" in value);

/** Operations whose answer is a list, a number or a model cannot say a text. */
function refuseMessage(names: readonly string[], path: string): void {
  const wrong = names.find((name) => !MESSAGE_OPERATIONS.includes(name));
  if (wrong === undefined) return;
  const fix = "use throttle, overload or error, or another operation";
  refuse(wrong, `${path}.when.operation`, `an operation that answers a message: ${MESSAGE_OPERATIONS.join(", ")}`, fix);
}

/** Names of the operations that answer a message. */
const MESSAGE_OPERATIONS: readonly string[] = [
  "CreateMessage",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "Converse",
  "ConverseStream",
];
