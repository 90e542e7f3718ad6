import type { Problem, Step } from "./find-problem.ts";

/** A text of the client is not echoed any longer than this. */
const MAX_ECHO_CHARACTERS = 100;

const echo = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length <= MAX_ECHO_CHARACTERS ? text : `${text.slice(0, MAX_ECHO_CHARACTERS)}...`;
};

const quoted = (expected: Problem["expected"], last: string): string => {
  const values = (Array.isArray(expected) ? expected : [String(expected)]).map((value) => `'${value}'`);
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")}${last}${values.at(-1)}`;
};

const TYPES: Readonly<Record<string, readonly [field: string, json: string, aws: string]>> = {
  string: ["a valid string", "String", "a string"],
  integer: ["a valid integer", "Integer", "an integer"],
  number: ["a valid number", "Number", "a number"],
  boolean: ["a valid boolean", "Boolean", "a boolean"],
  list: ["a valid list", "JSONArray", "a list"],
  object: ["a valid dictionary", "JSONObject", "a structure"],
};

const jsonTypeOf = (value: unknown): string => {
  if (value === null) return "Null";
  if (Array.isArray(value)) return "JSONArray";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  return { string: "String", boolean: "Boolean" }[typeof value as string] ?? "JSONObject";
};

/**
 * Writes a problem as the Claude API does.
 *
 * @returns Such as `messages.0.role: Input should be 'user' or 'assistant'`.
 * @see {@link https://github.com/themaximalist/llm.js/issues/30 | An answer of the service}, and many like it
 */
export function fieldWords(problem: Problem): string {
  const { kind, expected, found, range } = problem;
  const field = path(problem, (step) => (typeof step === "object" ? step.variant : String(step))).join(".");
  if (kind === "too-few")
    return field === "messages"
      ? "messages: at least one message is required"
      : `${field}: List should have at least ${expected} item after validation, not ${echo(found)}`;
  const detail: Readonly<Record<Exclude<Problem["kind"], "too-few">, () => string>> = {
    missing: () => "Field required",
    extra: () => "Extra inputs are not permitted",
    type: () => `Input should be ${TYPES[String(expected)]?.[0] ?? expected}`,
    value: () => `Input should be ${quoted(expected, " or ")}`,
    minimum: () => (range ? `range: ${range[0]}..${range[1]}` : `Input should be greater than or equal to ${expected}`),
    maximum: () => (range ? `range: ${range[0]}..${range[1]}` : `Input should be less than or equal to ${expected}`),
    tag: () =>
      `Input tag '${echo(found)}' found using 'type' does not match any of the expected tags: ${quoted(expected, ", ")}`,
    pattern: () => `String should match pattern '${expected}'`,
    union: () => `Input should have one of ${quoted(expected, " or ")}`,
  };
  return `${field}: ${detail[kind]()}`;
}

/**
 * Writes a problem as Amazon Bedrock's JSON schema does.
 *
 * @returns One sentence, with a part such as `#/temperature: expected type: Number, found: Null`.
 * @see {@link https://github.com/BerriAI/litellm/issues/7416 | An answer of the service}, {@link https://github.com/x3n0cr4735/celi/pull/91 | and another}
 */
export function jsonSchemaWords(problem: Problem): string {
  const { kind, expected, found } = problem;
  const steps = path(problem, (step) => (typeof step === "object" ? undefined : String(step)));
  const pointer = (of: readonly string[]): string => ["#", ...of].join("/");
  const [parent, name] = [pointer(steps.slice(0, -1)), steps.at(-1) ?? ""];
  const detail: Readonly<Record<Problem["kind"], () => string>> = {
    missing: () => `${parent}: required key [${name}] not found`,
    extra: () => `${parent}: extraneous key [${echo(name)}] is not permitted`,
    type: () =>
      `${pointer(steps)}: expected type: ${TYPES[String(expected)]?.[1] ?? expected}, found: ${jsonTypeOf(found)}`,
    value: () => `${pointer(steps)}: ${echo(found)} is not a valid enum value`,
    minimum: () => `${pointer(steps)}: ${echo(found)} is not greater or equal to ${expected}`,
    maximum: () => `${pointer(steps)}: ${echo(found)} is not less or equal to ${expected}`,
    tag: () => `${pointer([...steps, "type"])}: ${echo(found)} is not a valid enum value`,
    pattern: () => `${pointer(steps)}: string [${echo(found)}] does not match pattern ${expected}`,
    "too-few": () => `${pointer(steps)}: expected minimum item count: ${expected}, found: ${echo(found)}`,
    union: () =>
      `${pointer(steps)}: required key [${Array.isArray(expected) ? expected.join(", ") : expected}] not found`,
  };
  return `Malformed input request: ${detail[kind]()}, please reformat your input and try again.`;
}

/**
 * Writes a problem as the operations with a service model do: positions count from one.
 *
 * @returns One sentence, which begins with `1 validation error detected`.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html | ValidationError}
 */
export function serviceModelWords(problem: Problem): string {
  const { kind, expected, found } = problem;
  const field = path(problem, (step) =>
    typeof step === "object" ? undefined : typeof step === "number" ? `${step + 1}.member` : step,
  ).join(".");
  const set = Array.isArray(expected) ? expected.join(", ") : expected;
  const detail: Readonly<Record<Problem["kind"], () => string>> = {
    missing: () => "Member must not be null",
    extra: () => "Member is not known",
    type: () => `Member must be ${TYPES[String(expected)]?.[2] ?? expected}`,
    value: () => `Member must satisfy enum value set: [${set}]`,
    minimum: () => `Member must have value greater than or equal to ${expected}`,
    maximum: () => `Member must have value less than or equal to ${expected}`,
    tag: () => `Member must satisfy enum value set: [${set}]`,
    pattern: () => `Member must satisfy regular expression pattern: ${expected}`,
    "too-few": () => `Member must have length greater than or equal to ${expected}`,
    union: () => `Member must have one of [${set}]`,
  };
  const value = found === undefined || kind === "type" || kind === "too-few" ? "Value" : `Value '${echo(found)}'`;
  return `1 validation error detected: ${value} at '${field}' failed to satisfy constraint: ${detail[kind]()}`;
}

/** The steps from the body to the value, written; those without a text are left out. */
function path({ path: steps }: Problem, write: (step: Step) => string | undefined): string[] {
  return steps.toReversed().flatMap((step) => write(step) ?? []);
}
