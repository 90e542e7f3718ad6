import { headerValue } from "@claude-on-aws/auth/sigv4";
import { isAccountId } from "@claude-on-aws/endpoints";
import type { WireReply } from "../../terms/wire.ts";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";
import { IAM_NAME } from "../../terms/iam-name.ts";
import type { SsoException } from "../../terms/fault-details.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { queryParameters } from "../query-parameters.ts";
import { respondJson } from "../respond-json.ts";
import type { CredentialService, ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { uniqueId } from "../../principals/session-principal.ts";
import { resolveSessionSeconds } from "../resolve-session-seconds.ts";

/** The header that carries the token of a user's session. */
const SSO_TOKEN_HEADER = "x-amz-sso_bearer_token";

const refuse = (name: FaultName, status: number, exception: SsoException, message: string): Fault =>
  fault(name, message, { status, errorType: exception, details: { code: exception } });

/** One sentence for a token that is unknown, and for one that has ended. */
const UNAUTHORIZED = "Session token not found or invalid";

/** Whether the token is one that is known and has not ended. */
function checkToken({ request, receivedAt }: ServiceExchange, { ssoTokens }: FakeSettings): Fault | undefined {
  const token = headerValue(request.headers, SSO_TOKEN_HEADER)?.trim() ?? "";
  if (!/^[\x21-\x7e]{1,8192}$/.test(token)) {
    return refuse("authentication-missing", 401, "UnauthorizedException", UNAUTHORIZED);
  }
  if (ssoTokens === undefined) return undefined;
  const expiration = ssoTokens.get(token);
  if (expiration === undefined) return refuse("api-key-unknown", 401, "UnauthorizedException", UNAUTHORIZED);
  if (expiration === "never" || expiration > receivedAt) return undefined;
  return refuse("credentials-expired", 401, "UnauthorizedException", UNAUTHORIZED);
}

/** Whether the request names a role and an account. */
function checkParameters({ parameters }: ServiceExchange): Fault | undefined {
  const isRole = IAM_NAME.test(parameters.get("role_name") ?? "");
  const isAccount = isAccountId(parameters.get("account_id") ?? "");
  if (isRole && isAccount) return undefined;
  const message = `Invalid ${isRole ? "account_id" : "role_name"}`;
  return refuse("body-invalid", 400, "InvalidRequestException", message);
}

/** Whether the user was given the role: any role of the fake's account. */
function checkAccess({ parameters }: ServiceExchange, { accountId }: FakeSettings): Fault | undefined {
  if (parameters.get("account_id") === accountId) return undefined;
  return refuse("access-denied", 403, "ForbiddenException", "No access");
}

/** Whose sessions Identity Center hands out. */
const USER_NAME = "administrator";

/** The role that Identity Center makes of a permission set in an account: the one that was configured, or one of our own. */
function reservedRoleName(permissionSet: string, { principals }: FakeSettings): string {
  const prefix = `AWSReservedSSO_${permissionSet.slice(0, 32)}_`;
  const configured = principals?.findRoleName(
    (name) => name.startsWith(prefix) && /^[0-9a-z]{16}$/.test(name.slice(prefix.length)),
  );
  return configured ?? `${prefix}${uniqueId("AROA", permissionSet).slice(4, 20).toLowerCase()}`;
}

function answer({ id, parameters, receivedAt }: ServiceExchange, settings: FakeSettings, state: FakeState): WireReply {
  const [role = "", accountId = ""] = ["role_name", "account_id"].map((name) => parameters.get(name));
  const roleName = reservedRoleName(role, settings);
  const issued = state.credentials.issue(
    { accountId, roleName, sessionName: USER_NAME },
    resolveSessionSeconds(settings.sessionSeconds),
    receivedAt,
  );
  const roleCredentials = {
    accessKeyId: issued.accessKeyId,
    secretAccessKey: issued.secretAccessKey,
    sessionToken: issued.sessionToken,
    expiration: issued.expiration.getTime(),
  };
  return respondJson(200, { roleCredentials }, [["x-amzn-requestid", id]]);
}

/** @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html | GetRoleCredentials} */
const GET_ROLE_CREDENTIALS: ServiceOperation = {
  name: "GetRoleCredentials",
  checks: [
    { name: "authentication", check: checkToken },
    { name: "parameters", decisive: true, check: checkParameters },
    { name: "access", check: checkAccess },
  ],
  answer,
};

/** The access portal of IAM Identity Center: credentials of a role, for whoever signed in. */
export const SSO: CredentialService = {
  read: ({ method, target }, path) => ({
    operation: method === "GET" && path === "/federation/credentials" ? GET_ROLE_CREDENTIALS : undefined,
    parameters: queryParameters(target),
  }),
  respondFault: ({ status = 400, errorType = "InvalidRequestException", message }, requestId) =>
    respondJson(status, { message, __type: `com.amazonaws.switchboard.portal#${errorType}` }, [
      ["x-amzn-requestid", requestId],
      ["x-amzn-errortype", errorType],
    ]),
};
