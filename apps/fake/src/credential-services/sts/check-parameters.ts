import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck } from "../service-exchange.ts";
import type { Constraint } from "./constraints.ts";
import { stsFault } from "./sts-refusals.ts";

/**
 * Makes the check whether the parameters are what an operation takes.
 *
 * @returns A check that names every mistake in one message.
 */
export const checkParameters = (constraints: readonly Constraint[]): ServiceCheck => ({
  name: "parameters",
  decisive: true,
  check: ({ parameters }) => findParameterFault(parameters, constraints),
});

/**
 * Looks for parameters that are not what they must be.
 *
 * @returns All mistakes in one fault, in the words of STS; `undefined` where there is none.
 */
export function findParameterFault(
  parameters: ReadonlyMap<string, string>,
  constraints: readonly Constraint[],
): Fault | undefined {
  const problems: string[] = [];
  for (const constraint of constraints) {
    const value = parameters.get(constraint.name);
    const isNumber = constraint.minimum !== undefined;
    if (isNumber && value !== undefined && !/^-?\d{1,10}$/.test(value)) {
      return stsFault("form-malformed", `The value of ${constraint.name} is not an integer`);
    }
    for (const problem of problemsOf(value, constraint)) {
      const shown = value === undefined ? " null" : constraint.sensitive === true ? "" : ` '${shorten(value)}'`;
      const name = `${constraint.name.charAt(0).toLowerCase()}${constraint.name.slice(1)}`;
      problems.push(`Value${shown} at '${name}' failed to satisfy constraint: Member must ${problem}`);
    }
  }
  if (problems.length === 0) return undefined;
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  return stsFault("parameter-invalid", `${count}: ${problems.join("; ")}`);
}

function* problemsOf(value: string | undefined, constraint: Constraint): Generator<string> {
  const {
    required,
    minLength = 0,
    maxLength = Infinity,
    minimum = -Infinity,
    maximum = Infinity,
    pattern,
  } = constraint;
  if (value === undefined) {
    if (required === true) yield "not be null";
    return;
  }
  if (value.length > maxLength) yield `have length less than or equal to ${maxLength}`;
  // A long text is not read further.
  else if (pattern !== undefined && !pattern[0].test(value)) yield `satisfy regular expression pattern: ${pattern[1]}`;
  if (value.length < minLength) yield `have length greater than or equal to ${minLength}`;
  if (Number(value) < minimum) yield `have value greater than or equal to ${minimum}`;
  if (Number(value) > maximum) yield `have value less than or equal to ${maximum}`;
}

/** Longest value that a message repeats. */
const MAX_SHOWN_LENGTH = 256;

const shorten = (value: string): string =>
  value.length <= MAX_SHOWN_LENGTH ? value : `${value.slice(0, MAX_SHOWN_LENGTH)}...`;
