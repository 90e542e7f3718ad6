import {
  anyObject,
  anything,
  flag,
  listOf,
  needObject,
  objectOf,
  oneOf,
  type Reader,
  text,
  withSchema,
} from "../../input/read-json.ts";
import { type GivenBlock, SERVER_RESULT_TYPES } from "../../settings/given-block.ts";

type Keys = Readonly<Record<string, Reader>>;

const CALL: Keys = { id: text, name: text, input: anyObject };
const RESULT: readonly [Keys, readonly string[]] = [
  { tool_use_id: text, content: anything, is_error: flag },
  ["tool_use_id", "content"],
];

/** The blocks of the Messages API that Claude says: what each holds, and of that what it must. */
const BLOCKS: Readonly<Record<GivenBlock["type"], readonly [keys: Keys, required: readonly string[]]>> = {
  text: [{ text, citations: listOf(anyObject) }, ["text"]],
  thinking: [{ thinking: text, signature: text }, ["thinking"]],
  redacted_thinking: [{ data: text }, ["data"]],
  tool_use: [CALL, ["name", "input"]],
  server_tool_use: [CALL, ["name", "input"]],
  mcp_tool_use: [{ ...CALL, server_name: text }, ["name", "input", "server_name"]],
  ...(Object.fromEntries(SERVER_RESULT_TYPES.map((type) => [type, RESULT])) as Record<
    (typeof SERVER_RESULT_TYPES)[number],
    typeof RESULT
  >),
};

const READERS = new Map(
  Object.entries(BLOCKS).map(([type, [keys, required]]) => [
    type,
    objectOf({ type: withSchema({ const: type }, text), ...keys }, ["type", ...required]),
  ]),
);
const type = oneOf([...READERS.keys()]);

/**
 * Reads a block of a message.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const block: Reader = withSchema({ anyOf: [...READERS.values()].map(({ schema }) => schema) }, (value, path) => {
  needObject(value, path, "type");
  const { type: given } = value as { readonly type?: unknown };
  type(given, `${path}.type`);
  READERS.get(String(given))?.(value, path);
});
