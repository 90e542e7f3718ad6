import { findHeaderProblem } from "../../input/find-header-problem.ts";
import { isErrorStatus } from "../../input/is-error-status.ts";
import { mapOf, type Reader, refuse, text } from "../../input/read-json.ts";

/**
 * Reads headers of a refusal.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where one cannot be sent.
 */
export const headers: Reader = (value, path) => {
  mapOf(text)(value, path);
  for (const [name, field] of Object.entries(value as Readonly<Record<string, string>>)) {
    const problem = findHeaderProblem(name, field);
    if (problem !== undefined) refuse(`${name}: ${field}`, path, problem.expected, problem.fix);
  }
};

/**
 * Reads the status of a refusal.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where it is none.
 */
export const status: Reader = (value, path) => {
  if (!isErrorStatus(value)) refuse(value, path, "a status from 400 to 599", "an error has no other");
};
