import {
  aFunction,
  described,
  either,
  flag,
  mapOf,
  objectOf,
  oneOf,
  oneOrMore,
  type Reader,
  refuse,
  text,
  withSchema,
  wholeNumber,
} from "../../input/read-json.ts";
import { OPERATIONS } from "../../operations/operations.ts";
import type { ScenarioWhen } from "../../settings/scenario/scenario-when.ts";
import { PROVIDERS } from "../../terms/provider.ts";
import { textOrPattern } from "./text-reader.ts";

const BUILT = OPERATIONS.filter((operation) => operation.built !== undefined);
const operationName = oneOf([...new Set(BUILT.map(({ name }) => name))]);

const present: Reader = withSchema({ const: true }, (value, path) => {
  if (value !== true) refuse(value, path, "true, a text or a pattern", "leave it out where the header does not matter");
});

/** Every condition of a row, with its words. What code alone can give is not among them. */
const CONDITION_READERS: { readonly [Name in Exclude<keyof ScenarioWhen, "matches">]-?: Reader } = {
  text: described("Text of the user's last message", textOrPattern),
  provider: described("The service that is asked", oneOf(Object.keys(PROVIDERS))),
  operation: described("Operations; left out, every one that answers a message", oneOrMore(operationName)),
  model: described("Model as the client names it, or as the fake calls it; * stands for any characters", text),
  turn: described("The number of Claude's turn: 1 where Claude has said nothing yet", wholeNumber(1)),
  toolResult: described(
    "A result of a tool that came since Claude last spoke",
    objectOf({
      name: described("Name of the tool that Claude called", text),
      text: described("Text of the result", textOrPattern),
      isError: described("Whether the tool failed", flag),
    }),
  ),
  userAgent: described("The header user-agent", textOrPattern),
  headers: described(
    "Headers by their names; true for one that is there at all",
    mapOf(either([[(value) => typeof value === "boolean", present]], textOrPattern)),
  ),
  call: described(
    "Which of the requests that fit everything else, from 1; each scope and each row counts for itself",
    oneOrMore(wholeNumber(1)),
  ),
};

/**
 * Reads what a request must be like.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const when: Reader = objectOf(CONDITION_READERS);

/**
 * Reads what a request must be like, from code: a function may stand in `matches`.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const whenInCode: Reader = objectOf({ ...CONDITION_READERS, matches: aFunction });
