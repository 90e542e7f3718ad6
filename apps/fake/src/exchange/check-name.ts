/** Names of the checks of a request for Claude, in the order in which they are asked. */
export const CHECK_NAMES = [
  "body-size",
  "authentication",
  "route",
  "workspace",
  "permission",
  "built",
  "api-version",
  "content-type",
  "invocation-headers",
  "json",
  "model",
  "model-access",
  "betas",
  "body",
  "capabilities",
] as const;

/** Name of a check of a request for Claude. */
export type CheckName = (typeof CHECK_NAMES)[number];

/** Name of a check of a request for credentials. */
export type CredentialCheckName =
  | "route"
  | "authentication"
  | "not-forwarded"
  | "metadata"
  | "parameters"
  | "path"
  | "permission"
  | "access"
  | "role"
  | "role-chaining"
  | "session-policies"
  | "session-tags";

/** What found a fault: a check, or what noted a mistake of the fake's own or of an override. */
export type FaultFinder = CheckName | CredentialCheckName | "internal" | "override";
