import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck, ServiceExchange } from "../service-exchange.ts";
import { ssoFault } from "./sso-refusals.ts";

/** The header that carries the token of a user's session. */
const SSO_TOKEN_HEADER = "x-amz-sso_bearer_token";

/** One sentence for a token that is unknown, and for one that has ended. */
const UNAUTHORIZED = "Session token not found or invalid";

/**
 * Reads the token that a request carries.
 *
 * @returns Empty where there is none.
 */
export const ssoTokenOf = ({ request }: ServiceExchange): string =>
  headerValue(request.headers, SSO_TOKEN_HEADER)?.trim() ?? "";

/** Whether the token is one that was issued or is known otherwise, and has not ended. */
function checkToken(exchange: ServiceExchange, { ssoTokens }: FakeSettings, { signIns }: FakeState): Fault | undefined {
  const token = ssoTokenOf(exchange);
  if (!/^[\x21-\x7e]{1,8192}$/.test(token)) {
    return ssoFault("authentication-missing", "UnauthorizedException", UNAUTHORIZED);
  }
  const issued = signIns.accessTokenState(token, exchange.receivedAt);
  if (issued === "valid") return undefined;
  if (issued === "ended") return ssoFault("credentials-expired", "UnauthorizedException", UNAUTHORIZED);
  if (ssoTokens === undefined) return undefined;
  const expiration = ssoTokens.get(token);
  if (expiration === undefined) return ssoFault("api-key-unknown", "UnauthorizedException", UNAUTHORIZED);
  if (expiration === "never" || expiration > exchange.receivedAt) return undefined;
  return ssoFault("credentials-expired", "UnauthorizedException", UNAUTHORIZED);
}

/** Whether somebody signed in. */
export const SSO_TOKEN_CHECK: ServiceCheck = { name: "authentication", check: checkToken };
