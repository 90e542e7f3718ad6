import { listOf, objectOf, oneOf, type Reader, text } from "../../input/read-json.ts";
import { OPERATIONS } from "../../operations/operations.ts";
import { PROVIDERS } from "../../terms/provider.ts";

const BUILT = OPERATIONS.filter((operation) => operation.built !== undefined);
const operationName = oneOf([...new Set(BUILT.map(({ name }) => name))]);

/**
 * Reads what a request must be like.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const when: Reader = objectOf({
  provider: oneOf(Object.keys(PROVIDERS)),
  operation: (value, path) =>
    Array.isArray(value) ? listOf(operationName, 1)(value, path) : operationName(value, path),
  model: text,
  text,
});
