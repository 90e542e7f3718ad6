import type { SsoOidcException } from "../../terms/fault-details.ts";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";

/** How the service writes a refusal: its status, and the code of OAuth 2.0 in `error`. */
type Row = readonly [name: FaultName, status: number, error: string];

/**
 * The refusals of IAM Identity Center's OIDC.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html#API_CreateToken_Errors | Errors of CreateToken}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.5 | RFC 8628, device access token response}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 | RFC 7591, client registration error response}
 */
export const OIDC_REFUSALS: Readonly<Record<SsoOidcException, Row>> = {
  InvalidRequestException: ["body-invalid", 400, "invalid_request"],
  InvalidClientException: ["api-key-unknown", 401, "invalid_client"],
  InvalidClientMetadataException: ["body-invalid", 400, "invalid_client_metadata"],
  InvalidRedirectUriException: ["body-invalid", 400, "invalid_redirect_uri"],
  InvalidGrantException: ["body-invalid", 400, "invalid_grant"],
  InvalidScopeException: ["body-invalid", 400, "invalid_scope"],
  UnauthorizedClientException: ["access-denied", 400, "unauthorized_client"],
  UnsupportedGrantTypeException: ["body-invalid", 400, "unsupported_grant_type"],
  AuthorizationPendingException: ["conflict", 400, "authorization_pending"],
  SlowDownException: ["throttled", 400, "slow_down"],
  AccessDeniedException: ["access-denied", 400, "access_denied"],
  ExpiredTokenException: ["credentials-expired", 400, "expired_token"],
};

/**
 * Refuses in the words of IAM Identity Center's OIDC.
 *
 * @returns The fault, with the status that the service has for it.
 */
export function oidcFault(exception: SsoOidcException, description: string): Fault {
  const [name, status] = OIDC_REFUSALS[exception];
  return fault(name, description, { status, errorType: exception, details: { code: exception } });
}

/** The code of OAuth 2.0 of an exception; that of a mistake of the service for every other. */
export const oauthError = (exception: string): string =>
  Object.hasOwn(OIDC_REFUSALS, exception) ? OIDC_REFUSALS[exception as SsoOidcException][2] : "server_error";
