import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { BuiltOperation } from "../operations.ts";
import { isObject } from "./check-json.ts";

/** What is wrong with a field: it is missing, or it is not of the form. */
interface Problem {
  /** Path of the field, such as `messages.0.role`. */
  readonly field: string;
  /** What was expected; absent where the field is missing. */
  readonly expected?: string;
}

type Input = Readonly<Record<string, unknown>>;

/** A field that must be there, and its form. */
interface Field {
  readonly name: string;
  readonly form: "positive integer" | "messages" | "bedrock version" | "count input";
}

const MESSAGES: Field = { name: "messages", form: "messages" };
const MAX_TOKENS: Field = { name: "max_tokens", form: "positive integer" };
const BEDROCK_VERSION: Field = { name: "anthropic_version", form: "bedrock version" };

/** The required fields of each operation with a body. */
const REQUIRED: Partial<Record<BuiltOperation, readonly Field[]>> = {
  CreateMessage: [MAX_TOKENS, MESSAGES],
  CreateMessageOnMantle: [MAX_TOKENS, MESSAGES],
  CountTokens: [MESSAGES],
  InvokeModel: [BEDROCK_VERSION, MAX_TOKENS, MESSAGES],
  InvokeModelWithResponseStream: [BEDROCK_VERSION, MAX_TOKENS, MESSAGES],
  Converse: [MESSAGES],
  ConverseStream: [MESSAGES],
  CountTokensOfModel: [{ name: "input", form: "count input" }],
};

/** Whether the body has what the operation requires. */
export function checkBody({ route, input }: Exchange): Verdict {
  const fields = route.operation?.built && REQUIRED[route.operation.built];
  if (fields === undefined || input === undefined) return "not-applicable";
  for (const { name, form } of fields) {
    const problem = input[name] === undefined ? { field: name } : FORMS[form](name, input[name]);
    if (problem !== undefined) return fault("body-invalid", sentence(problem, route.provider === "bedrock"));
  }
  return undefined;
}

function sentence({ field, expected }: Problem, bedrock: boolean): string {
  if (!bedrock) return expected === undefined ? `${field}: Field required` : `${field}: Input should be ${expected}`;
  const pointer = `#/${field.replaceAll(".", "/")}`;
  const detail = expected === undefined ? `#: required key [${field}] not found` : `${pointer}: expected ${expected}`;
  return `Malformed input request: ${detail}, please reformat your input and try again.`;
}

const FORMS: Readonly<Record<Field["form"], (field: string, value: unknown) => Problem | undefined>> = {
  "positive integer": (field, value) =>
    Number.isInteger(value) && (value as number) > 0
      ? undefined
      : { field, expected: "a valid integer greater than 0" },
  "bedrock version": (field, value) =>
    value === "bedrock-2023-05-31" || value === "2026-10-21"
      ? undefined
      : { field, expected: '"bedrock-2023-05-31" or "2026-10-21"' },
  messages: messagesProblem,
  "count input": countInputProblem,
};

/** A role other than `user` and `assistant` is real: Claude Code 2.1.329 sends `system` among the messages. */
const ROLES: readonly unknown[] = ["user", "assistant", "system"];

function messagesProblem(field: string, value: unknown): Problem | undefined {
  if (!Array.isArray(value) || value.length === 0) return { field, expected: "a list of at least one message" };
  for (const [index, message] of value.entries()) {
    const at = `${field}.${index}`;
    if (!isObject(message)) return { field: at, expected: "an object" };
    if (!ROLES.includes(message["role"])) return { field: `${at}.role`, expected: "'user' or 'assistant'" };
    const { content } = message;
    if (typeof content !== "string" && !(Array.isArray(content) && content.every(isObject))) {
      return { field: `${at}.content`, expected: "a string or a list of content blocks" };
    }
  }
  return undefined;
}

function countInputProblem(field: string, value: unknown): Problem | undefined {
  if (!isObject(value)) return { field, expected: "an object" };
  const { invokeModel, converse } = value as Input;
  if (isObject(invokeModel) && typeof invokeModel["body"] === "string") return undefined;
  return isObject(converse) ? undefined : { field, expected: "an object with invokeModel.body or converse" };
}
