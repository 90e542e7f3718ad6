import { FakeError } from "../../input/fake-error.ts";
import {
  aFunction,
  described,
  either,
  objectOf,
  type Reader,
  text,
  wholeNumber,
  withSchema,
} from "../../input/read-json.ts";
import { fault } from "./fault-reader.ts";
import { reply } from "./reply-reader.ts";
import { state } from "./state-reader.ts";
import { timing } from "./timing-reader.ts";
import { when, whenInCode } from "./when-reader.ts";

const PARTS = {
  name: described("What the row is called in the header x-claude-on-aws-row and in the journal", text),
  when: described("What a request must be like", when),
  times: described("How many requests of each scope it answers; left out, all", wholeNumber(1)),
  state: described("How it depends on what was answered before, and what depends on it", state),
  reply: described("What is answered; left out, what the fake would have said", reply),
  fault: described("What goes wrong; of a list, the first that is due strikes", fault),
  timing: described("When the pieces of a stream come; what does not stream comes when the last would have", timing),
};

/** Keys of which a row has one at least: without them it would say nothing. */
const SAYING = ["reply", "timing", "fault"];

const rowOf = (parts: Reader): Reader =>
  withSchema({ ...parts.schema, anyOf: SAYING.map((key) => ({ required: [key] })) }, (value, path) => {
    parts(value, path);
    if (SAYING.some((key) => (value as Readonly<Record<string, unknown>>)[key] !== undefined)) return;
    const missing = { found: `no ${SAYING.join(", no ")}`, expected: `the key ${SAYING.join(" or ")}`, fix: "add it" };
    throw new FakeError("SCENARIO_KEY", { path, ...missing });
  });

/**
 * Reads a row of a file.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const row: Reader = rowOf(objectOf(PARTS));

/**
 * Reads a row from code: its reply and one of its conditions may be functions.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const rowInCode: Reader = rowOf(
  objectOf({
    ...PARTS,
    when: whenInCode,
    reply: either([[(value) => typeof value === "function", aFunction]], reply),
  }),
);
