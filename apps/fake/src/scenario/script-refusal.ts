import { findHeaderProblem } from "../input/find-header-problem.ts";
import { isErrorStatus } from "../input/is-error-status.ts";
import type { ScenarioFailure, ScenarioRefusal } from "../settings/scenario/scenario-reply.ts";
import { type Fault, type FaultName, FAULTS, fault } from "../terms/faults.ts";

/**
 * Makes a refusal out of what a scenario says of it.
 *
 * @returns The refusal; one of our own where a header cannot be sent.
 */
export function refusal(
  name: FaultName,
  text: string,
  { message, retryAfterSeconds, headers }: ScenarioRefusal,
): Fault {
  const retryAfter = retryAfterSeconds === undefined ? [] : [["retry-after", String(retryAfterSeconds)] as const];
  const sent = [...retryAfter, ...Object.entries(headers ?? {})];
  for (const [header, value] of sent) {
    const problem = findHeaderProblem(header, value);
    if (problem !== undefined) return cannot(`the header ${JSON.stringify(header)}`, problem.expected);
  }
  return fault(name, message ?? text, { headers: sent });
}

/** In code anything may stand where a file is read with care; no client should wait for what cannot be sent. */
const cannot = (what: string, expected: string): Fault =>
  fault("internal", `The scenario answers ${what}, which cannot be sent: expected ${expected}.`);

/** What a status stands for. A status that is not here is answered as the last row of its hundred. */
const STATUS_FAULTS: readonly (readonly [status: number, name: FaultName])[] = [
  [401, "api-key-unknown"],
  [402, "billing"],
  [403, "model-access-denied"],
  [404, "workspace-unknown"],
  [408, "timed-out"],
  [409, "conflict"],
  [413, "body-too-large"],
  [424, "model-error"],
  [429, "throttled"],
  [400, "body-invalid"],
  [503, "unavailable"],
  [504, "timed-out"],
  [529, "overloaded"],
  [500, "internal"],
];

/** What an error without a name and a status is. */
const FALLBACK_STATUS = 500;

/**
 * Makes the refusal of a name or a status.
 *
 * @returns The refusal; one of our own where there is no such name or status.
 */
export function failure({ name, status, ...more }: ScenarioFailure["error"]): Fault {
  if (name !== undefined && !Object.hasOwn(FAULTS, name)) return cannot(`the error "${name}"`, "a name of FAULTS");
  if (status !== undefined && !isErrorStatus(status)) return cannot(`the status ${status}`, "one from 400 to 599");
  const least = status !== undefined && status < 500 ? 400 : 500;
  const row =
    STATUS_FAULTS.find(([candidate]) => candidate === status) ??
    STATUS_FAULTS.find(([candidate]) => candidate === least);
  const found = name ?? row?.[1] ?? "internal";
  // A name was asked for; one that a status stands for would only mislead.
  const asked = name ?? `status ${status ?? FALLBACK_STATUS}`;
  const refused = refusal(found, `The scenario answers ${asked}.`, more);
  return status === undefined || refused.name !== found ? refused : { ...refused, status };
}
