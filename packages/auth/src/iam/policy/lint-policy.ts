import { ACCOUNT_ACTION_NAMES } from "./account-action-names.ts";
import { checkAction, checkCondition, checkResource, type NameFault, type NameFaultCode } from "./check-names.ts";
import { completeArn, isIncompleteArn } from "./complete-arn.ts";
import type { PolicyKind } from "./evaluate-policy.ts";
import { parseOperator } from "./parse-operator.ts";
import type { Policy, Statement } from "./policy.ts";
import { SERVICE_NAMES } from "./service-names.ts";
import { findConditionKey } from "./policy-condition-keys.ts";

/** Stable name of a {@link PolicyProblem}. */
export type PolicyProblemCode =
  | NameFaultCode
  | "ACCOUNT_ACTION_RESTRICTED"
  | "RESOURCE_INCOMPLETE"
  | "NOT_ACTION_ALLOWS"
  | "PARTITION_WILDCARD"
  | "RESOURCE_TYPE_WILDCARD"
  | "VARIABLE_LITERAL"
  | "VERSION_MISSING"
  | "WILDCARD_LITERAL"
  | "SET_OPERATOR_MISSING";

/** Something in a policy that does not do what was meant, or will surprise. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /** An error has no effect, or one that nobody wants; a warning has an effect that may surprise. */
  readonly severity: "error" | "warning";
  /** JSON path, such as `$.Statement[0].Action[2]`. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  /** Set where IAM takes no policy that has it: it answers `MalformedPolicyDocument`. */
  readonly refused?: true | undefined;
  /** The name that was most likely meant. */
  readonly nearest?: string | undefined;
}

/** Options for {@link lintPolicy}. */
export interface LintOptions {
  /**
   * What the policy is of: in that of a session, IAM completes no ARN that has too few fields, and refuses it.
   *
   * @default {"identity"}
   */
  readonly kind?: PolicyKind | undefined;
}

/**
 * Finds what has no effect in a policy: names that do not exist, resources of
 * the wrong form, operators that IAM does not have, values that an operator does
 * not accept, and statements that do something other than they seem to.
 *
 * @example Usage
 * ```ts
 * import { lintPolicy, parsePolicy } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const [problem] = lintPolicy(
 *   parsePolicy({
 *     Version: "2012-10-17",
 *     Statement: { Effect: "Allow", Action: "aws-external-anthropic:CreateInferense", Resource: "*" },
 *   }),
 * );
 *
 * equal(problem?.code, "ACTION_UNKNOWN");
 * equal(problem?.fix, "Write aws-external-anthropic:CreateInference.");
 * ```
 *
 * @param policy A policy that {@link parsePolicy} read.
 * @param options What the policy is attached to.
 * @returns The problems, in the order of the policy; empty if there are none.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html | Policy checks of IAM Access Analyzer}
 */
export function lintPolicy(policy: Policy, { kind = "identity" }: LintOptions = {}): readonly PolicyProblem[] {
  const problems = policy.statements.flatMap((statement) => lintStatement(statement, policy.version, kind));
  if (policy.versionGiven) return problems;
  return [
    {
      code: "VERSION_MISSING",
      severity: "warning",
      path: "$.Version",
      message: "Without a version, the policy is of version 2008-10-17, which has no variables",
      fix: 'Write "Version": "2012-10-17".',
    },
    ...problems,
  ];
}

function lintStatement(statement: Statement, version: Policy["version"], kind: PolicyKind): PolicyProblem[] {
  const { action, resource, conditions } = statement;
  const problems: PolicyProblem[] = [];
  const add = (path: string, fault: NameFault | undefined): void => {
    if (fault === undefined) return;
    const { code, message } = fault;
    const { fix, nearest } = fault.advise();
    problems.push({
      code,
      severity: "error",
      path,
      message,
      fix,
      ...(fault.refused && { refused: true }),
      ...(nearest !== undefined && { nearest }),
    });
  };
  for (const { text, path } of action.values) add(path, checkAction(text));
  problems.push(...lintAccountActions(statement), ...lintNotAction(statement));
  for (const { text, path } of resource.values) {
    add(path, checkResource(text, version, kind === "session"));
    problems.push(...lintLiteralVariables(text, path, version), ...lintArnWildcards(text, path));
    if (kind !== "session" && isIncompleteArn(text)) {
      problems.push({
        code: "RESOURCE_INCOMPLETE",
        severity: "warning",
        path,
        message: `"${text}" has fewer than six fields: IAM reads it as "${completeArn(text)}", and refuses it in the policy of a session`,
        fix: "Write all six: arn:partition:service:region:account:resource.",
      });
    }
  }
  for (const condition of conditions) {
    for (const { path, fault } of checkCondition(condition, version)) add(path, fault);
    for (const { text, path } of condition.values) {
      problems.push(...lintLiteralVariables(text, path, version));
      if (/^(ForA\w+:)?String(Not)?Equals/.test(condition.operator) && /[*?]/.test(text.replace(/\$\{[*?]\}/g, ""))) {
        problems.push({
          code: "WILDCARD_LITERAL",
          severity: "warning",
          path,
          message: `${condition.operator} takes "${text}" literally: to it, wildcards are ordinary characters`,
          fix: `Use ${condition.operator.replace(/Equals(IgnoreCase)?/, "Like")}.`,
        });
      }
    }
    const qualified = parseOperator(condition.operator);
    const type = findConditionKey(condition.key)?.type;
    const isPlain = qualified?.quantifier === undefined && qualified?.operator.kind !== "null";
    if (qualified !== undefined && isPlain && type?.startsWith("ArrayOf") === true) {
      problems.push({
        code: "SET_OPERATOR_MISSING",
        severity: "warning",
        path: condition.path,
        message: `"${condition.key}" has several values, and ${condition.operator} takes only one`,
        fix: `Write ForAnyValue:${condition.operator} or ForAllValues:${condition.operator}.`,
      });
    }
  }
  return problems;
}

/** Wildcards where an ARN names what kind of thing it is: they match more than anybody sees. */
function lintArnWildcards(text: string, path: string): PolicyProblem[] {
  const [prefix, partition = "", service = "", , , type = ""] = completeArn(text).split(":");
  if (prefix !== "arn" || !Object.hasOwn(SERVICE_NAMES, service)) return [];
  const found: PolicyProblem[] = [];
  const add = (code: PolicyProblemCode, what: string, fix: string): void => {
    const message = `"${text}" has a wildcard in ${what}, and matches more than one`;
    found.push({ code, severity: "warning", path, message, fix });
  };
  if (/[*?]/.test(partition)) add("PARTITION_WILDCARD", "its partition", "Write aws, aws-cn or aws-us-gov.");
  const kind = type.split("/")[0] ?? "";
  const isPartial = /[*?]/.test(kind) && !/^\*+$/.test(kind);
  if (isPartial) {
    add("RESOURCE_TYPE_WILDCARD", "the type of its resource", "Write each type in a resource of its own.");
  }
  return found;
}

function lintAccountActions({ action, resource, effect }: Statement): PolicyProblem[] {
  if (action.element === "NotAction" || resource.element === "NotResource") return [];
  if (resource.values.some(({ text }) => text === "*")) return [];
  return action.values
    .filter(({ text }) => ACCOUNT_ACTION_NAMES.has(text.toLowerCase()))
    .map(({ text, path }) => ({
      code: "ACCOUNT_ACTION_RESTRICTED",
      severity: "error",
      path,
      message: `"${text}" belongs to the whole account: on the ARN of a resource it is never ${effect === "Allow" ? "allowed" : "denied"}`,
      fix: 'Put it into a statement with "Resource": "*".',
    }));
}

function lintNotAction({ action, effect, path }: Statement): PolicyProblem[] {
  if (effect === "Deny" || action.element === "Action") return [];
  return [
    {
      code: "NOT_ACTION_ALLOWS",
      severity: "warning",
      path: `${path}.NotAction`,
      message: "The statement allows every action of every service that it does not name, and denies none",
      fix: "Name what is allowed in Action, or deny in a statement of its own.",
    },
  ];
}

function lintLiteralVariables(text: string, path: string, version: Policy["version"]): PolicyProblem[] {
  if (version === "2012-10-17" || !text.includes("${")) return [];
  return [
    {
      code: "VARIABLE_LITERAL",
      severity: "error",
      path,
      message: `"${text}" is taken literally: this version of the language has no variables`,
      fix: 'Write "Version": "2012-10-17".',
    },
  ];
}
