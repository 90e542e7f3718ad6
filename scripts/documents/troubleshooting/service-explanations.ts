import { OIDC_REFUSALS } from "../../../apps/fake/src/credential-services/sso-oidc/oidc-refusals.ts";
import { SSO_REFUSALS } from "../../../apps/fake/src/credential-services/sso/sso-refusals.ts";
import { STS_REFUSALS } from "../../../apps/fake/src/credential-services/sts/sts-refusals.ts";
import type { SsoException, SsoOidcException, StsErrorCode } from "../../../apps/fake/src/terms/fault-details.ts";
import type { CauseAndFix } from "./explanation.ts";

/** A service that gives credentials, and why it refuses. */
export interface CredentialService {
  readonly title: string;
  readonly source: string;
  readonly errors: readonly (CauseAndFix & { readonly code: string; readonly statuses: readonly number[] })[];
}

const SIGN_AGAIN = "Check the credentials with which the role is asked for, and the clock.";

const STS: Readonly<Record<StsErrorCode, CauseAndFix>> = {
  AccessDenied: {
    cause: "The caller may not assume the role: its policies or the trust policy of the role do not allow it.",
    fix: "Allow `sts:AssumeRole` for the caller, and name the caller (or its identity provider) in the trust policy.",
  },
  ExpiredToken: {
    cause: "The session with which STS is asked has ended.",
    fix: "Sign in again, or renew that session.",
  },
  ExpiredTokenException: {
    cause: "The web identity token has ended.",
    fix: "Read the token's file anew at each attempt; whoever writes it has to renew it.",
  },
  IncompleteSignature: {
    cause: "The `Authorization` header of the request to STS is not a whole signature.",
    fix: SIGN_AGAIN,
  },
  InvalidAction: {
    cause: "There is no such action or version.",
    fix: "Ask for `Version=2011-06-15` and an action that exists.",
  },
  InvalidClientTokenId: {
    cause: "The access key ID does not exist, or its session token is not the right one.",
    fix: "Take access key, secret and token from the same place.",
  },
  InvalidIdentityToken: {
    cause: "The web identity token cannot be read, or its provider is not one of the account.",
    fix: "See that the file holds a JSON Web Token of the provider that the trust policy names.",
  },
  InvalidParameterValue: {
    cause: "A session tag is not allowed as it is.",
    fix: "Correct the tag that the words name.",
  },
  MalformedInput: { cause: "The body is not a form.", fix: "Send `application/x-www-form-urlencoded`." },
  MalformedPolicyDocument: {
    cause: "The session policy is not valid.",
    fix: "Correct the place that the words name; `lintPolicy` of `@claude-on-aws/auth/iam` finds it beforehand.",
  },
  MissingAction: { cause: "The request names no action.", fix: "Send `Action` in the body or the query." },
  MissingAuthenticationToken: {
    cause: "The request to STS is not signed.",
    fix: "Give the client credentials to ask with.",
  },
  RequestEntityTooLarge: { cause: "The body is too large.", fix: "Send a smaller session policy, or fewer tags." },
  SignatureDoesNotMatch: {
    cause: "The secret is not the one of the access key, the request changed on its way, or the clock is wrong.",
    fix: SIGN_AGAIN,
  },
  ValidationError: {
    cause: "A parameter is missing, or breaks its constraint.",
    fix: "Correct the one that the words name: often the role's ARN, the session's name, or the duration.",
  },
};

const SSO: Readonly<Record<SsoException, CauseAndFix>> = {
  ForbiddenException: {
    cause: "Whoever is signed in has no such permission set in this account.",
    fix: "Correct `sso_account_id` and `sso_role_name` in the profile, or have the permission set assigned.",
  },
  InvalidRequestException: {
    cause: "A parameter is missing or has the wrong form.",
    fix: "Correct `sso_account_id` and `sso_role_name` in the profile.",
  },
  UnauthorizedException: {
    cause: "The access token of the sign-in has ended, or was revoked.",
    fix: "Run `aws sso login` for the profile.",
  },
};

const SIGN_IN_AGAIN = "Run `aws sso login` for the profile again.";

const OIDC: Readonly<Record<SsoOidcException, CauseAndFix>> = {
  AccessDeniedException: { cause: "The sign-in was denied in the browser.", fix: "Sign in again, and allow it." },
  AuthorizationPendingException: {
    cause: "Nobody has answered in the browser yet.",
    fix: "Nothing is wrong: ask again after the interval.",
  },
  ExpiredTokenException: { cause: "The code of the sign-in has ended.", fix: SIGN_IN_AGAIN },
  InvalidClientException: {
    cause: "The registration of the client has ended, or its secret is wrong.",
    fix: "Remove the cached registration in `~/.aws/sso/cache`, and sign in again.",
  },
  InvalidClientMetadataException: {
    cause: "The client registers with fields that the service does not take.",
    fix: "Correct the field that the words name.",
  },
  InvalidGrantException: { cause: "The code or refresh token is not valid, or was used already.", fix: SIGN_IN_AGAIN },
  InvalidRedirectUriException: {
    cause: "The client registers an address to return to that is not taken.",
    fix: "Register one on a loopback address, as `http://127.0.0.1/…`.",
  },
  InvalidRequestException: {
    cause: "A parameter is missing or has the wrong form.",
    fix: "Correct the one that the words name.",
  },
  InvalidScopeException: {
    cause: "The scope is not known.",
    fix: "Write `sso_registration_scopes = sso:account:access` into the session of the configuration.",
  },
  SlowDownException: {
    cause: "The client asks more often than it was told to.",
    fix: "Wait five seconds longer between two questions.",
  },
  UnauthorizedClientException: {
    cause: "The client did not register for what it asks.",
    fix: "Register it for the grant and the scope that it uses.",
  },
  UnsupportedGrantTypeException: { cause: "There is no such kind of grant.", fix: "Update the client." },
};

const explain = <Code extends string>(
  explanations: Readonly<Record<Code, CauseAndFix>>,
  statusesOf: (code: Code) => readonly number[],
): CredentialService["errors"] =>
  (Object.entries(explanations) as [Code, CauseAndFix][]).map(([code, explanation]) => ({
    code,
    statuses: [...new Set(statusesOf(code))],
    ...explanation,
  }));

/** The services that give credentials, with everything for which they refuse. */
export const CREDENTIAL_SERVICES: readonly CredentialService[] = [
  {
    title: "AWS STS",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html",
    errors: explain(STS, (code) =>
      Object.values(STS_REFUSALS).flatMap(([, status, each]) => (each === code ? [status] : [])),
    ),
  },
  {
    title: "IAM Identity Center, access portal",
    source: "https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html",
    errors: explain(SSO, (code) => [SSO_REFUSALS[code]]),
  },
  {
    title: "IAM Identity Center, sign-in (OIDC)",
    source: "https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html",
    errors: explain(OIDC, (code) => [OIDC_REFUSALS[code][1]]),
  },
];
