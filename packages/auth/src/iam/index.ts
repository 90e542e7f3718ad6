export { ACCOUNT_ACTIONS, CONDITION_KEYS, type SpecialAction } from "./actions.ts";
export {
  POLICY_FEATURES,
  policyFor,
  type PolicyDocument,
  type PolicyFeature,
  type PolicyQuestion,
  type PolicyStatement,
} from "./policy-for.ts";
export { findDuplicateKey } from "./policy/find-duplicate-key.ts";
export { parsePolicy, type ParsePolicyOptions } from "./policy/parse-policy.ts";
export type {
  Policy,
  Statement,
  StatementAction,
  StatementCondition,
  StatementResource,
  StatementValue,
} from "./policy/policy.ts";
export { lintPolicy, type PolicyProblem, type PolicyProblemCode } from "./policy/lint-policy.ts";
export type { NameFaultCode } from "./policy/check-names.ts";
export {
  evaluatePolicy,
  type MissedStatement,
  type PolicyDecision,
  type PolicyKind,
  type PolicyRequest,
  type PolicySet,
  type StatementReference,
} from "./policy/evaluate-policy.ts";
export type { Obstacle } from "./policy/compile-statement.ts";
export type { ContextValue } from "./policy/request-context.ts";
export { denialMessage } from "./policy/denial-message.ts";
export { MANAGED_POLICIES, type ManagedPolicy, type ManagedPolicyName } from "./policy/managed-policies.ts";
export {
  type ConditionKey,
  type ConditionKeyName,
  type ConditionKeyType,
  POLICY_CONDITION_KEYS,
} from "./policy/policy-condition-keys.ts";
export {
  CONDITION_OPERATORS,
  type ConditionOperator,
  type ConditionOperatorName,
} from "./policy/condition-operators.ts";
export { type ServiceNames, SERVICE_NAMES } from "./policy/service-names.ts";
export { AuthError, type AuthErrorCode } from "../errors.ts";
