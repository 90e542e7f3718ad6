import { checkAction, checkCondition, checkResource, takesVariables } from "./check-names.ts";
import { completeArn } from "./complete-arn.ts";
import { fillPattern } from "./fill-pattern.ts";
import { parseOperator, type QualifiedOperator } from "./parse-operator.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { Policy, Statement, StatementCondition } from "./policy.ts";
import type { RequestContext } from "./request-context.ts";
import { type ValueMatcher, valueMatcher } from "./value-matcher.ts";
import { matchPattern } from "./wildcard.ts";

/** Why a statement does not apply to a request that its actions match. */
export type Obstacle = "resource" | "condition" | "typing-error";

/** What a statement says about a request. */
type StatementVerdict =
  | { readonly applies: true }
  | {
      readonly applies: false;
      /** Undefined if its actions do not match. */
      readonly because: Obstacle | undefined;
      /** JSON path of what does not match, or is wrong. */
      readonly path: string;
    };

/** A statement that is ready to judge requests. */
export interface CompiledStatement {
  readonly statement: Statement;
  /**
   * Judges a request.
   *
   * @param action The action in lower case.
   * @param resource The ARN, or `*`.
   * @param context The values of condition keys.
   * @returns Whether the statement applies, and if not, why.
   */
  judge(action: string, resource: string, context: RequestContext): StatementVerdict;
}

type Matches = (text: string, context: RequestContext) => boolean;

/**
 * Makes a statement ready to judge requests, so that no typing error allows
 * anything:
 *
 * - a wrong name in `Action` or `Resource` matches nothing;
 * - a wrong name in `NotAction`, `NotResource` or `Condition` would leave more
 *   allowed than was meant: such a statement allows nothing;
 * - a statement that denies, and that IAM would refuse to keep, denies as
 *   though the wrong part were not there.
 *
 * @param statement The statement.
 * @param version The version of its policy.
 * @param isOfSession Whether its policy is that of a session, in which IAM refuses an ARN with fewer fields.
 * @returns What judges requests by it.
 */
export function compileStatement(
  statement: Statement,
  version: Policy["version"],
  isOfSession = false,
): CompiledStatement {
  const action = compileActions(statement);
  const resource = compileResources(statement, version, isOfSession);
  const conditions = statement.conditions.map((condition) => compileCondition(condition, version));
  const allows = statement.effect === "Allow";
  return {
    statement,
    judge(name, arn, context) {
      if (!action.matches(name, context)) return { applies: false, because: undefined, path: statement.path };
      if (!resource.matches(arn, context)) {
        return { applies: false, because: "resource", path: `${statement.path}.${statement.resource.element}` };
      }
      let flaw = allows ? (action.flaw ?? resource.flaw) : undefined;
      for (const [index, condition] of conditions.entries()) {
        const path = statement.conditions[index]?.path ?? statement.path;
        const outcome = condition(context);
        if (outcome === "fails") return { applies: false, because: "condition", path };
        if (outcome === "flawed" && allows) flaw ??= path;
      }
      return flaw === undefined ? { applies: true } : { applies: false, because: "typing-error", path: flaw };
    },
  };
}

interface CompiledElement {
  readonly matches: Matches;
  /** JSON path of a wrong name in an exception. */
  readonly flaw: string | undefined;
}

function compileActions({ action: { element, values }, effect }: Statement): CompiledElement {
  const matchers: Matches[] = [];
  let flaw: string | undefined;
  for (const { text, path } of values) {
    const fault = checkAction(text);
    if (fault !== undefined) flaw ??= path;
    if (fault?.refused === true && effect === "Allow") continue;
    // Without its service, a denied action is denied for every service.
    const full = fault?.code === "ACTION_WITHOUT_SERVICE" ? `*:${text}` : text;
    // An exception that IAM refuses excepts nothing from what is denied.
    if (fault?.refused === true && element === "NotAction") continue;
    const pattern = parsePattern(full.toLowerCase(), { wildcards: true, variables: false });
    const [only] = pattern;
    const isPlain = pattern.length === 1 && only?.kind === "text";
    matchers.push(isPlain ? (name) => name === only.text : (name) => matchPattern(pattern, name));
  }
  return compileElement(matchers, element === "NotAction", flaw);
}

function compileResources(
  { resource: { element, values }, effect }: Statement,
  version: Policy["version"],
  isOfSession: boolean,
): CompiledElement {
  const matchers: Matches[] = [];
  let flaw: string | undefined;
  for (const { text, path } of values) {
    const fault = checkResource(text, version, isOfSession);
    if (fault !== undefined) flaw ??= path;
    if (fault?.refused === true || fault?.code === "VARIABLE_UNKNOWN") {
      if (effect === "Deny" && element === "Resource") matchers.push(() => true);
      continue;
    }
    if (text === "*") {
      matchers.push(() => true);
      continue;
    }
    const pattern = parsePattern(completeArn(text), {
      wildcards: true,
      variables: version === "2012-10-17",
      arn: true,
    });
    matchers.push((arn, context) => {
      const filled = fillPattern(pattern, context);
      return filled !== undefined && matchPattern(filled, arn);
    });
  }
  return compileElement(matchers, element === "NotResource", flaw);
}

function compileElement(matchers: readonly Matches[], isException: boolean, flaw: string | undefined): CompiledElement {
  return {
    matches: (text, context) => matchers.some((matches) => matches(text, context)) !== isException,
    flaw: isException ? flaw : undefined,
  };
}

type Outcome = "holds" | "fails" | "flawed";

function compileCondition(
  condition: StatementCondition,
  version: Policy["version"],
): (context: RequestContext) => Outcome {
  const qualified = parseOperator(condition.operator);
  const name = condition.key.toLowerCase();
  const found = checkCondition(condition, version);
  // An unknown key may exist all the same: then the request carries it.
  const keyIsWrong = found.some(({ fault }) => fault.code === "KEY_UNKNOWN");
  const faults = found.filter(({ fault }) => fault.code !== "KEY_UNKNOWN");
  if (qualified === undefined || faults.length > 0) return () => "flawed";
  const hasVariables = takesVariables(qualified.operator.kind, version);
  const matchers = condition.values
    .map(({ text }) => valueMatcher(qualified.operator, text, hasVariables))
    .filter((matcher) => matcher !== undefined);
  return (context) => {
    const values = context.get(name) ?? [];
    if (keyIsWrong && values.length === 0) return "flawed";
    return compare(qualified, values, matchers, context);
  };
}

/** @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html | Keys of one and of several values} */
function compare(
  { operator, quantifier, ifExists }: QualifiedOperator,
  values: readonly string[],
  matchers: readonly ValueMatcher[],
  context: RequestContext,
): Outcome {
  const holds = (value: string): boolean => matchers.some((matches) => matches(value, context)) !== operator.negated;
  const outcome = (is: boolean): Outcome => (is ? "holds" : "fails");
  if (operator.kind === "null") {
    return outcome(matchers.some((matches) => matches(String(values.length === 0), context)));
  }
  if (values.length === 0 && ifExists) return "holds";
  if (quantifier === "ForAllValues") {
    // Empty texts count as no values, and all of none match.
    return outcome(values.every((value) => value === "") || values.every(holds));
  }
  if (quantifier === "ForAnyValue") return outcome(values.some(holds));
  if (values.length === 0) return outcome(operator.negated);
  const [value = ""] = values;
  // Without a set operator, nobody can say which of several values is meant.
  return values.length > 1 ? "flawed" : outcome(holds(value));
}
