/** An action that has no route, or about which there is more to know than its route. */
export interface SpecialAction {
  /** The action with its service prefix. */
  readonly action: string;
  /** Whether a route of the API needs it. */
  readonly hasRoute: boolean;
  /** What it permits. */
  readonly purpose: string;
}

/**
 * Actions that only `"Resource": "*"` allows: a statement that names a
 * resource silently leaves them out.
 *
 * @example Usage
 * ```ts
 * import { ACCOUNT_ACTIONS } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const special = ACCOUNT_ACTIONS.find(({ action }) => action === "aws-external-anthropic:ListWorkspaces");
 * equal(special?.purpose, "list the workspaces");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 */
export const ACCOUNT_ACTIONS: readonly SpecialAction[] = [
  { action: "aws-external-anthropic:CallWithBearerToken", hasRoute: false, purpose: "send an API key of either term" },
  { action: "aws-external-anthropic:AssumeConsole", hasRoute: false, purpose: "open the Claude Console" },
  { action: "aws-external-anthropic:GetAccountStatus", hasRoute: false, purpose: "read the state of the subscription" },
  { action: "aws-external-anthropic:CreateWorkspace", hasRoute: true, purpose: "make a workspace" },
  { action: "aws-external-anthropic:ListWorkspaces", hasRoute: true, purpose: "list the workspaces" },
  { action: "aws-external-anthropic:ListComplianceActivities", hasRoute: true, purpose: "read the audit log" },
  { action: "bedrock:CallWithBearerToken", hasRoute: false, purpose: "send a Bedrock API key" },
  {
    action: "bedrock-mantle:CallWithBearerToken",
    hasRoute: false,
    purpose: "send a Bedrock API key to the Messages endpoint",
  },
];

/** Keys that conditions can test, and the actions that carry them. */
export const CONDITION_KEYS: Readonly<Record<string, string>> = {
  "aws-external-anthropic:BearerTokenType": "aws-external-anthropic:CallWithBearerToken",
  "aws-external-anthropic:Capability": "aws-external-anthropic:AssumeConsole",
  "bedrock:BearerTokenType": "bedrock:CallWithBearerToken",
  "bedrock-mantle:Model": "bedrock-mantle:CreateInference",
};
