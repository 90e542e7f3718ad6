/** An action that belongs to no route, or of which more is to be known than its route. */
export interface SpecialAction {
  /** Action with its service prefix. */
  readonly action: string;
  /** Whether a route of the API asks for it. */
  readonly hasRoute: boolean;
  /** What it is good for. */
  readonly purpose: string;
}

/**
 * Actions that only `"Resource": "*"` allows: a statement that names a
 * resource leaves them out without a word.
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 */
export const accountActions: readonly SpecialAction[] = [
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

/** Keys that conditions can test for, and the actions that carry them. */
export const conditionKeys: Readonly<Record<string, string>> = {
  "aws-external-anthropic:BearerTokenType": "aws-external-anthropic:CallWithBearerToken",
  "aws-external-anthropic:Capability": "aws-external-anthropic:AssumeConsole",
  "bedrock:BearerTokenType": "bedrock:CallWithBearerToken",
  "bedrock-mantle:Model": "bedrock-mantle:CreateInference",
};
