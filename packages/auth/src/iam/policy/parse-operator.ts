import { nearestName } from "@claude-on-aws/endpoints";
import { type ConditionOperator, CONDITION_OPERATORS } from "./condition-operators.ts";

/** An operator as a policy writes it. */
export interface QualifiedOperator {
  readonly operator: ConditionOperator;
  /** Whether all values of a key have to match, or any; undefined for a key with one value. */
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Whether it holds for a missing key. */
  readonly ifExists: boolean;
}

const OPERATORS_BY_NAME: ReadonlyMap<string, ConditionOperator> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ CONDITION_OPERATORS.map((operator) => [operator.name, operator]),
);

/**
 * Reads an operator such as `ForAnyValue:StringLikeIfExists`. Names count only
 * as the documents write them, case included.
 *
 * @param text The operator as the policy writes it.
 * @returns Its parts; `undefined` if there is no such operator.
 */
export function parseOperator(text: string): QualifiedOperator | undefined {
  const { quantifier, base, ifExists } = split(text);
  const operator = OPERATORS_BY_NAME.get(base);
  if (operator === undefined) return undefined;
  // Neither makes sense in a test for a missing key.
  if (operator.kind === "null" && (ifExists || quantifier !== undefined)) return undefined;
  return { operator, quantifier, ifExists };
}

/**
 * Finds the operator that a wrong one was most likely meant to be.
 *
 * @param text The operator as the policy writes it.
 * @returns The operator, with prefix and suffix; `undefined` if none is near.
 */
export function nearestOperator(text: string): string | undefined {
  const { quantifier, base, ifExists } = split(text);
  const nearest = nearestName(base, OPERATORS_BY_NAME.keys());
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
