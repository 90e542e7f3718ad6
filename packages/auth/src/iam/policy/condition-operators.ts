/** What a condition operator compares. */
export type OperatorKind = "string" | "numeric" | "date" | "bool" | "binary" | "ip" | "arn" | "null";

/** How a condition operator compares. */
type Comparison = "equals" | "equals-ignore-case" | "like" | "less" | "less-or-equal" | "greater" | "greater-or-equal";

/** One operator, without the prefix for several values and without the suffix for missing keys. */
export interface ConditionOperator {
  readonly name: ConditionOperatorName;
  readonly kind: OperatorKind;
  readonly comparison: Comparison;
  /** Whether it holds where the comparison does not; then it also holds for a missing key. */
  readonly negated: boolean;
}

const ROWS = [
  ["StringEquals", "string", "equals"],
  ["StringNotEquals", "string", "equals", "negated"],
  ["StringEqualsIgnoreCase", "string", "equals-ignore-case"],
  ["StringNotEqualsIgnoreCase", "string", "equals-ignore-case", "negated"],
  ["StringLike", "string", "like"],
  ["StringNotLike", "string", "like", "negated"],
  ["NumericEquals", "numeric", "equals"],
  ["NumericNotEquals", "numeric", "equals", "negated"],
  ["NumericLessThan", "numeric", "less"],
  ["NumericLessThanEquals", "numeric", "less-or-equal"],
  ["NumericGreaterThan", "numeric", "greater"],
  ["NumericGreaterThanEquals", "numeric", "greater-or-equal"],
  ["DateEquals", "date", "equals"],
  ["DateNotEquals", "date", "equals", "negated"],
  ["DateLessThan", "date", "less"],
  ["DateLessThanEquals", "date", "less-or-equal"],
  ["DateGreaterThan", "date", "greater"],
  ["DateGreaterThanEquals", "date", "greater-or-equal"],
  ["Bool", "bool", "equals"],
  ["BinaryEquals", "binary", "equals"],
  ["IpAddress", "ip", "equals"],
  ["NotIpAddress", "ip", "equals", "negated"],
  ["ArnEquals", "arn", "like"],
  ["ArnLike", "arn", "like"],
  ["ArnNotEquals", "arn", "like", "negated"],
  ["ArnNotLike", "arn", "like", "negated"],
  ["Null", "null", "equals"],
] as const;

/** The name of a {@link ConditionOperator}. */
export type ConditionOperatorName = (typeof ROWS)[number][0];

type Row = readonly [name: ConditionOperatorName, kind: OperatorKind, comparison: Comparison, negated?: "negated"];

/**
 * Every condition operator.
 *
 * @example Usage
 * ```ts
 * import { CONDITION_OPERATORS } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * equal(CONDITION_OPERATORS.find(({ name }) => name === "ArnEquals")?.comparison, "like");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html | Condition operators}
 */
export const CONDITION_OPERATORS: readonly ConditionOperator[] = /* @__PURE__ */ ROWS.map(
  ([name, kind, comparison, negated]: Row) => ({
    name,
    kind,
    comparison,
    negated: negated !== undefined,
  }),
);
