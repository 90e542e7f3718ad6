import { FAULTS } from "../../terms/faults.ts";
import {
  anyObject,
  duration,
  listOf,
  objectOf,
  oneOf,
  type Reader,
  refuse,
  text,
  wholeNumber,
} from "../../input/read-json.ts";
import { STREAM_EXCEPTIONS } from "../stream-exceptions.ts";
import { headers, status } from "./refusal-readers.ts";

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

const REFUSAL = { message: text, retryAfterSeconds: duration, headers };

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

/**
 * Reads what a row answers.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const reply: Reader = (value, path) => {
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
