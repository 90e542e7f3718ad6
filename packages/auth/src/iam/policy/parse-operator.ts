import { nearestName } from "@claude-on-aws/endpoints";
import { type ConditionOperator, conditionOperators } from "./condition-operators.ts";

/** An operator as a policy writes it. */
export interface QualifiedOperator {
  readonly operator: ConditionOperator;
  /** Whether all values of a key have to match, or any; undefined for a key of one value. */
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Whether it holds for a missing key. */
  readonly ifExists: boolean;
}

const byName = new Map(conditionOperators.map((operator) => [operator.name, operator]));

/**
 * Reads `ForAnyValue:StringLikeIfExists` and its kind. Names are taken as
 * the documents write them, case included.
 *
 * @returns `undefined` where there is no such operator.
 */
export function parseOperator(text: string): QualifiedOperator | undefined {
  const { quantifier, base, ifExists } = split(text);
  const operator = byName.get(base);
  if (operator === undefined) return undefined;
  // A test for a missing key has no use for either.
  if (operator.kind === "null" && (ifExists || quantifier !== undefined)) return undefined;
  return { operator, quantifier, ifExists };
}

/** The operator that a wrong one was most likely meant to be. */
export function nearestOperator(text: string): string | undefined {
  const { quantifier, base, ifExists } = split(text);
  const nearest = nearestName(base, byName.keys());
  if (nearest === undefined || nearest === "Null") return nearest;
  return `${quantifier === undefined ? "" : `${quantifier}:`}${nearest}${ifExists ? "IfExists" : ""}`;
}

function split(text: string): Pick<QualifiedOperator, "quantifier" | "ifExists"> & { readonly base: string } {
  const quantifier = text.startsWith("ForAllValues:")
    ? "ForAllValues"
    : text.startsWith("ForAnyValue:")
      ? "ForAnyValue"
      : undefined;
  const rest = quantifier === undefined ? text : text.slice(quantifier.length + 1);
  const ifExists = rest.endsWith("IfExists");
  return { quantifier, base: ifExists ? rest.slice(0, -"IfExists".length) : rest, ifExists };
}
