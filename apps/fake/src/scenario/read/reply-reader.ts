import { FAULTS } from "../../terms/faults.ts";
import {
  anyObject,
  anything,
  definedOf,
  described,
  duration,
  listOf,
  needObject,
  objectOf,
  oneOf,
  type Reader,
  refuse,
  text,
  wholeNumber,
  withSchema,
} from "../../input/read-json.ts";
import { USAGE_COUNTERS } from "../../settings/scenario/scenario-reply.ts";
import { STREAM_EXCEPTIONS } from "../stream-exceptions.ts";
import { block } from "./block-reader.ts";
import { headers, status } from "./refusal-readers.ts";

const REFUSAL = {
  message: described("What the refusal says", text),
  retryAfterSeconds: described("The header retry-after, in seconds; absent where it is left out", duration),
  headers: described("Further headers; they take the place of those of the same name", headers),
};

const DELAY = { delayMs: described("Time before anything is answered, in milliseconds", duration) };

const counters = objectOf(Object.fromEntries(USAGE_COUNTERS.map((name) => [name, wholeNumber(0)])));
const usage: Reader = withSchema({ ...counters.schema, additionalProperties: true }, (value, path) => {
  anyObject(value, path);
  const known = Object.entries(value as object).filter(([name]) => USAGE_COUNTERS.includes(name));
  counters(Object.fromEntries(known), path);
});

const toolCall = objectOf({ name: text, input: anyObject, id: text }, ["name"]);

const MESSAGE = {
  stopReason: described("Why Claude stopped; left out, what the content says", text),
  stopSequence: described("The sequence that stopped it", text),
  usage: described("Counters of the Messages API, in the place of those that the fake counts", usage),
  ...DELAY,
  eventDelayMs: described("Time between two events of a stream, in milliseconds", duration),
  cutAfterEvents: described("How many events of a stream are sent before it ends without its end", wholeNumber(0)),
  failAfterEvents: described("How many events of a stream are sent before the exception", wholeNumber(0)),
  exception: described(
    "What breaks the stream off",
    oneOf([...new Set(STREAM_EXCEPTIONS.flatMap(({ name, errorType }) => [name, errorType]))]),
  ),
  exceptionMessage: described("What the exception says", text),
};

const error: Reader = objectOf({
  name: described("A name of FAULTS", oneOf(Object.keys(FAULTS))),
  status: described("HTTP status", status),
  ...REFUSAL,
});

/** The keys of which a reply has at most one, each with what else may be given with it. */
const KINDS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  text: { text: described("What Claude says", text), ...MESSAGE },
  json: { json: described("What Claude says, as JSON: for structured output", anything), ...MESSAGE },
  content: { content: described("Blocks of the Messages API", listOf(block)), ...MESSAGE },
  toolCall: { toolCall: described("A call of one tool", toolCall), ...MESSAGE },
  toolCalls: { toolCalls: described("Calls of several tools at once", listOf(toolCall, 1)), ...MESSAGE },
  throttle: { throttle: described("Too many requests: 429", objectOf(REFUSAL)), ...DELAY },
  overload: {
    overload: described("The service is overloaded: 529, or what it is on Amazon Bedrock", objectOf(REFUSAL)),
    ...DELAY,
  },
  error: { error: described("Any refusal of the fake, by its name or its status", error), ...DELAY },
};

const READERS = new Map(Object.entries(KINDS).map(([kind, keys]) => [kind, objectOf(keys, [kind])]));
const ANY_KEY = objectOf(Object.assign({}, ...Object.values(KINDS)) as Readonly<Record<string, Reader>>);
const SCHEMA = {
  anyOf: [...[...READERS.values()].map(({ schema }) => schema), { ...objectOf(MESSAGE).schema, minProperties: 1 }],
};

/**
 * Reads what a row answers.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const reply: Reader = withSchema(SCHEMA, (value, path) => {
  needObject(value, path, "text");
  const given = definedOf(value);
  const kinds = Object.keys(KINDS).filter((kind) => Object.hasOwn(given, kind));
  const [kind] = kinds;
  if (kinds.length > 1) {
    refuse(value, path, `one of ${Object.keys(KINDS).join(", ")}`, `keep one of ${kinds.join(" and ")}`);
  }
  ((kind === undefined ? undefined : READERS.get(kind)) ?? ANY_KEY)(value, path);
  if (Object.keys(given).length === 0) {
    refuse(
      value,
      path,
      `a key such as ${Object.keys(KINDS).join(", ")}`,
      'say what is answered, such as {"text": "Hello."}',
    );
  }
  const { error: refusal } = value as { readonly error?: { readonly name?: unknown; readonly status?: unknown } };
  if (refusal !== undefined && refusal.name === undefined && refusal.status === undefined) {
    refuse(refusal, `${path}.error`, "a name or a status", 'say which error it is, such as {"status": 500}');
  }
});
