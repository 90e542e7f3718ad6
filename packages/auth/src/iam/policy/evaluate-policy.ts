import { ACCOUNT_ACTION_NAMES } from "./account-action-names.ts";
import { compileStatement, type CompiledStatement, type Obstacle } from "./compile-statement.ts";
import { formatHeldConditions } from "./format-held-conditions.ts";
import type { Policy } from "./policy.ts";
import { type ContextValue, requestContext, type RequestContext } from "./request-context.ts";

/** What is asked of policies. */
export interface PolicyRequest {
  /** The action with its service prefix, such as `aws-external-anthropic:CreateInference`; case does not matter. */
  readonly action: string;
  /**
   * ARN of what is acted on.
   *
   * @default {"*"}
   */
  readonly resource?: string | undefined;
  /** ARNs that must all be allowed, such as an inference profile and the models that it routes to; instead of `resource`. */
  readonly resources?: readonly string[] | undefined;
  /** ARN of who asks. `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType` and `aws:username` follow from it. */
  readonly principal?: string | undefined;
  /** Values of condition keys; the case of a key does not matter. A date may be given in seconds since 1970. */
  readonly context?: Readonly<Record<string, ContextValue>> | undefined;
}

/** Policies by their purpose; each kind that is given has to allow a request. */
export interface PolicySet {
  /** Policies of the principal and of its groups. */
  readonly identity: readonly Policy[];
  /** The most that the principal may do, whatever its policies say. */
  readonly boundary?: Policy | undefined;
  /** Policies that were passed when the session was created. */
  readonly session?: readonly Policy[] | undefined;
  /**
   * Where a role is to be assumed: the statements of its trust policy that name who asks, without their `Principal`, and with
   * `*` as their resource.
   */
  readonly trust?: readonly Policy[] | undefined;
}

/** A kind of policies, by their purpose. */
export type PolicyKind = "identity" | "boundary" | "session" | "trust";

/** Where a statement is. */
export interface StatementReference {
  readonly kind: PolicyKind;
  /** Index of the policy among those of its kind. */
  readonly policyIndex: number;
  /** The name of the policy. */
  readonly policy: string | undefined;
  /** Index of the statement in the policy. */
  readonly statementIndex: number;
  readonly sid: string | undefined;
}

/** A statement that names the action and yet does not apply. */
export interface MissedStatement {
  readonly statement: StatementReference;
  readonly effect: "Allow" | "Deny";
  readonly because: Obstacle;
  /** JSON path of what did not match, or is wrong. */
  readonly path: string;
}

/** What policies say of a request. */
export interface PolicyDecision {
  readonly decision: "allowed" | "explicit-deny" | "implicit-deny";
  /** Which kind of policies decided: the one that denied, or did not allow. */
  readonly kind: PolicyKind;
  /** The statement that decided; undefined if none did. */
  readonly statement: StatementReference | undefined;
  /** The resource that decided: of several, the first that is denied. */
  readonly resource: string;
  /** One sentence for people. */
  readonly reason: string;
  /** Statements of that kind that name the action and yet do not apply; at most sixteen. */
  readonly missed: readonly MissedStatement[];
}

const MAX_MISSED = 16;

/**
 * Decides as IAM does: a statement that denies wins; otherwise each kind of
 * policies that is given must have one that allows; otherwise it is denied.
 *
 * In an action, wildcards match any character, and case does not matter. In a
 * resource, case and the parts of the ARN matter: before the fifth colon, `?`
 * stays within its part, and so does `*` unless it ends the part.
 *
 * Actions that belong to a whole account, such as
 * `aws-external-anthropic:ListWorkspaces` and `CallWithBearerToken`, are
 * decided on the resource `*`: a statement that names an ARN does not apply.
 *
 * Nothing is allowed by a typing error: where IAM would keep a policy with an
 * unknown condition key, or refuse it for an unknown operator, no statement
 * allows because of it.
 *
 * @example Usage
 * ```ts
 * import { evaluatePolicy, parsePolicy } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const policy = parsePolicy({
 *   Version: "2012-10-17",
 *   Statement: [
 *     { Effect: "Allow", Action: "aws-external-anthropic:*", Resource: "*" },
 *     { Sid: "NoBatches", Effect: "Deny", Action: "aws-external-anthropic:CreateBatchInference", Resource: "*" },
 *   ],
 * });
 * const { decision, statement } = evaluatePolicy([policy], {
 *   action: "aws-external-anthropic:CreateBatchInference",
 *   resource: "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_1",
 * });
 *
 * equal(decision, "explicit-deny");
 * equal(statement?.sid, "NoBatches");
 * ```
 *
 * @param policies The policies of the principal, or with them its boundary and those of its session.
 * @param request Who wants to do what, to what, and the values of condition keys.
 * @returns The decision, with the statement that made it.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html | How AWS decides}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html | Wildcards in resource ARNs}
 */
export function evaluatePolicy(policies: readonly Policy[] | PolicySet, request: PolicyRequest): PolicyDecision {
  const kinds = policiesByKind(policies);
  const action = request.action.toLowerCase();
  const context = requestContext(request.principal, request.context ?? {});
  const resources = ACCOUNT_ACTION_NAMES.has(action) ? ["*"] : (request.resources ?? [request.resource ?? "*"]);
  const answers = resources.flatMap((resource) =>
    kinds.map(([kind, list]) => ask(kind, list, request.action, action, resource, context)),
  );
  const [first] = answers;
  const found =
    answers.find(({ decision }) => decision === "explicit-deny") ??
    answers.find(({ decision }) => decision === "implicit-deny") ??
    first;
  return found ?? nothingAsked(request.action);
}

function policiesByKind(policies: readonly Policy[] | PolicySet): [PolicyKind, readonly Policy[]][] {
  if (!("identity" in policies)) return [["identity", policies]];
  const kinds: [PolicyKind, readonly Policy[]][] = [["identity", policies.identity]];
  if (policies.boundary !== undefined) kinds.push(["boundary", [policies.boundary]]);
  if (policies.session !== undefined) kinds.push(["session", policies.session]);
  if (policies.trust !== undefined) kinds.push(["trust", policies.trust]);
  return kinds;
}

function ask(
  kind: PolicyKind,
  policies: readonly Policy[],
  actionAsWritten: string,
  action: string,
  resource: string,
  context: RequestContext,
): PolicyDecision {
  let allowing: StatementReference | undefined;
  let nearest: MissedStatement | undefined;
  const missed: MissedStatement[] = [];
  for (const [policyIndex, policy] of policies.entries()) {
    for (const [statementIndex, { statement, judge }] of compiled(policy, kind === "session").entries()) {
      const { effect, sid } = statement;
      if (effect === "Allow" && allowing !== undefined) continue;
      const verdict = judge(action, resource, context);
      if (!verdict.applies && verdict.because === undefined) continue;
      const reference = { kind, policyIndex, policy: policy.name, statementIndex, sid };
      if (!verdict.applies) {
        if (verdict.because === undefined) continue;
        const miss: MissedStatement = { statement: reference, effect, because: verdict.because, path: verdict.path };
        if (missed.length < MAX_MISSED) missed.push(miss);
        if (effect === "Allow" && isFurther(miss, nearest)) nearest = miss;
      } else if (effect === "Deny") {
        const why = formatHeldConditions(statement.conditions, context);
        const reason = `${nameOf(reference)} denies ${actionAsWritten} on ${resource}${why}`;
        return { decision: "explicit-deny", kind, statement: reference, resource, reason, missed };
      } else allowing = reference;
    }
  }
  if (allowing !== undefined) {
    const reason = `${nameOf(allowing)} allows ${actionAsWritten} on ${resource}`;
    return { decision: "allowed", kind, statement: allowing, resource, reason, missed };
  }
  const reason = `no ${KIND_NAMES[kind]} allows ${actionAsWritten} on ${resource}${whyMissed(nearest)}`;
  return { decision: "implicit-deny", kind, statement: undefined, resource, reason, missed };
}

/** An empty list of resources names nothing that could be allowed. */
function nothingAsked(action: string): PolicyDecision {
  return {
    decision: "implicit-deny",
    kind: "identity",
    statement: undefined,
    resource: "*",
    reason: `no resource was named for ${action}`,
    missed: [],
  };
}

const KIND_NAMES: Readonly<Record<PolicyKind, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  trust: "role trust policy",
};

function nameOf({ kind, policy, policyIndex, statementIndex, sid }: StatementReference): string {
  const which =
    sid === undefined || sid === "" ? `statement ${statementIndex}` : `statement ${statementIndex} "${sid}"`;
  return `${which} of ${policy ?? `${KIND_NAMES[kind]} ${policyIndex}`}`;
}

/** How far a statement got: a typing error is found last, after resource and conditions matched. */
const REACHED: Readonly<Record<Obstacle, number>> = { resource: 0, condition: 1, "typing-error": 2 };

const isFurther = ({ because }: MissedStatement, than: MissedStatement | undefined): boolean =>
  than === undefined || REACHED[because] > REACHED[than.because];

/** Says what the statement lacks that got furthest, or the first of them. */
function whyMissed(nearest: MissedStatement | undefined): string {
  if (nearest === undefined) return "";
  const { statement, because, path } = nearest;
  const why =
    because === "resource"
      ? "names the action, but not the resource"
      : because === "condition"
        ? `names both, but its condition at ${path} does not hold`
        : `allows nothing because of a typing error at ${path}`;
  return `: ${nameOf(statement)} ${why}`;
}

// A policy is evaluated many times, and never changes.
const COMPILED = new WeakMap<Policy, readonly CompiledStatement[]>();
/** Of sessions, in which IAM refuses more. */
const COMPILED_OF_SESSIONS = new WeakMap<Policy, readonly CompiledStatement[]>();

function compiled(policy: Policy, isOfSession: boolean): readonly CompiledStatement[] {
  const compiledPolicies = isOfSession ? COMPILED_OF_SESSIONS : COMPILED;
  const known = compiledPolicies.get(policy);
  if (known !== undefined) return known;
  const statements = policy.statements.map((statement) => compileStatement(statement, policy.version, isOfSession));
  compiledPolicies.set(policy, statements);
  return statements;
}
