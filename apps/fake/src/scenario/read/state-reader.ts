import { described, either, objectOf, oneOf, type Reader, text } from "../../input/read-json.ts";
import { FIRST_STATE } from "../../settings/scenario/scenario-state.ts";

/**
 * Reads how a row depends on what was answered before.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const state: Reader = objectOf({
  was: described(`The state in which the row is asked; everybody begins with ${FIRST_STATE}`, text),
  becomes: described("The state once the row has answered", text),
});

/**
 * Reads what parts states and counts.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const scope: Reader = either(
  [
    [
      (value) => typeof value === "object",
      objectOf({ header: described("Name of a header, such as x-test-id", text) }, ["header"]),
    ],
  ],
  oneOf(["credentials", "path"]),
);
