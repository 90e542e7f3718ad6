import { described, either, objectOf, type Reader, text, withSchema } from "../../input/read-json.ts";
import type { ScenarioPattern } from "../../settings/scenario/scenario-text.ts";
import { compileText, MAX_PATTERN_TEXT } from "../match/compile-text.ts";

const pattern = objectOf(
  {
    pattern: described("As RegExp of JavaScript takes it", text),
    flags: described("Of i, m, s, u and v", withSchema({ type: "string", pattern: "^[imsuv]*$" }, text)),
  },
  ["pattern"],
);

const valid: Reader = withSchema(pattern.schema ?? {}, (value, path) => {
  pattern(value, path);
  compileText(value as ScenarioPattern, path);
});

const inFile = either([[(value) => typeof value === "object" && value !== null, valid]], text);

/**
 * Reads what a text must be like.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it is neither a text nor a pattern.
 */
export const textOrPattern: Reader = described(
  `A text that is contained, or a pattern, which is tried on the first ${MAX_PATTERN_TEXT} characters`,
  withSchema(inFile.schema ?? {}, (value, path) => {
    // In code.
    if (!(value instanceof RegExp)) inFile(value, path);
  }),
);
