import { findHeaderProblem } from "../../input/find-header-problem.ts";
import { isErrorStatus } from "../../input/is-error-status.ts";
import { mapOf, type Reader, refuse, text, withSchema } from "../../input/read-json.ts";

const texts = mapOf(text);

/**
 * Reads headers of a refusal.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where one cannot be sent.
 */
export const headers: Reader = withSchema(texts.schema ?? {}, (value, path) => {
  texts(value, path);
  for (const [name, field] of Object.entries(value as Readonly<Record<string, string>>)) {
    const problem = findHeaderProblem(name, field);
    if (problem !== undefined) refuse(`${name}: ${field}`, path, problem.expected, problem.fix);
  }
});

/**
 * Reads the status of a refusal.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where it is none.
 */
export const status: Reader = withSchema({ type: "integer", minimum: 400, maximum: 599 }, (value, path) => {
  if (!isErrorStatus(value)) refuse(value, path, "a status from 400 to 599", "an error has no other");
});
