import type { KeyVerification } from "@claude-on-aws/auth";
import type { RefusalCode } from "@claude-on-aws/auth/sigv4";

/** Why a short-term API key was refused. */
export type KeyRefusalCode = Extract<KeyVerification, { readonly ok: false }>["code"];

/** How policies denied a request: by a statement, or because none allows it. */
type DenialCode = "EXPLICIT_DENY" | "IMPLICIT_DENY";

/** The codes of the errors of AWS STS. */
export type StsErrorCode =
  | "AccessDenied"
  | "ExpiredToken"
  | "ExpiredTokenException"
  | "IncompleteSignature"
  | "InvalidAction"
  | "InvalidClientTokenId"
  | "InvalidIdentityToken"
  | "InvalidParameterValue"
  | "MalformedInput"
  | "MalformedPolicyDocument"
  | "MissingAction"
  | "MissingAuthenticationToken"
  | "RequestEntityTooLarge"
  | "SignatureDoesNotMatch"
  | "ValidationError";

/** The exceptions of the access portal of IAM Identity Center. */
export type SsoException = "ForbiddenException" | "InvalidRequestException" | "UnauthorizedException";

/** The exceptions of the OIDC service of IAM Identity Center. */
export type SsoOidcException =
  | "AccessDeniedException"
  | "AuthorizationPendingException"
  | "ExpiredTokenException"
  | "InvalidClientException"
  | "InvalidClientMetadataException"
  | "InvalidGrantException"
  | "InvalidRedirectUriException"
  | "InvalidRequestException"
  | "InvalidScopeException"
  | "SlowDownException"
  | "UnauthorizedClientException"
  | "UnsupportedGrantTypeException";

/** What a fault says more precisely than its name does. */
export type DetailCode =
  | RefusalCode
  | KeyRefusalCode
  | DenialCode
  | StsErrorCode
  | SsoException
  | SsoOidcException
  | "WORKSPACE_OF_OTHER_REGION";

/** What the journal keeps of a fault besides its words. An alias, since an interface could not be walked as a record. */
export type FaultDetails = {
  readonly code?: DetailCode;
  /** With a wrong signature: what should have been signed. */
  readonly canonicalRequest?: string;
  /** With a wrong signature: what should have been signed in the end. */
  readonly stringToSign?: string;
  /** With a wrong signature: what was signed instead, where it was found. */
  readonly signedCanonicalRequest?: string;
  /** With a wrong signature whose cause was not found: what is not the cause. */
  readonly ruledOut?: string;
  /** With a denial: the ARN of who asked. */
  readonly principal?: string;
  /** With a denial: the action that is not allowed. */
  readonly action?: string;
  /** With a denial: what the action would have been on. */
  readonly resource?: string;
  /** With a denial: the kind of the policies that decided. */
  readonly decidedBy?: string;
  /** With a denial by a statement: the policy that it stands in. */
  readonly policy?: string;
  /** With a denial by a statement: its ID, or its place. */
  readonly statement?: string;
  /** With a denial: one sentence for people. */
  readonly reason?: string;
  /** With a route of another host: the operation that it is there. */
  readonly operation?: string;
  /** With a route of another host: that host. */
  readonly servedBy?: string;
  /** With a workspace of another region: where it is. */
  readonly workspaceRegion?: string;
  /** With a workspace of another region: where the request is. */
  readonly region?: string;
  /** With a session policy: where in its document the mistake is. */
  readonly path?: string;
  /** With a mistake of our own: where it was made. */
  readonly stack?: string;
};
