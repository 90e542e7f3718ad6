import { FakeError } from "../../input/fake-error.ts";
import {
  described,
  type JsonSchema,
  listOf,
  objectOf,
  oneOrMore,
  type Reader,
  refuse,
  text,
} from "../../input/read-json.ts";
import { row, rowInCode } from "./row-reader.ts";
import { scope } from "./state-reader.ts";

const parts = (rows: Reader): Reader =>
  objectOf({
    replies: described("Rows in the order in which they are asked", listOf(rows)),
    extends: described("Files whose rows are asked after those of this one", oneOrMore(text)),
    scope: described("What parts states and counts; left out, all requests share them", scope),
    $schema: text,
  });

const anyRow: Reader = () => undefined;
const whole = parts(anyRow);

/**
 * Reads a scenario but for its rows, which are read one by one: each may be wrong on its own.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const scenarioWithoutRows: Reader = (value, path) => {
  whole(value, path);
  const { replies, extends: bases } = value as { readonly replies?: unknown; readonly extends?: unknown };
  if (replies !== undefined || bases !== undefined) return;
  throw new FakeError("SCENARIO_KEY", { path, found: "no replies", expected: "the key replies", fix: "add it" });
};

const inCode = objectOf({ replies: listOf(rowInCode), scope, $schema: text }, ["replies"]);

/**
 * Reads a scenario from code, where no compiler may have looked at it: test runners leave types out.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const scenarioInCode: Reader = (value, path) => {
  if (typeof value === "string") refuse(value, path, "a scenario", "parseScenario makes one of the text of a file");
  inCode(value, path);
};

/** The schema of a scenario in a file. */
export const SCENARIO_SCHEMA: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://unpkg.com/@claude-on-aws/fake/scenario.schema.json",
  title: "Scenario of the fake of Claude Platform on AWS and Amazon Bedrock",
  ...parts(row).schema,
  anyOf: [{ required: ["replies"] }, { required: ["extends"] }],
};
