import { evaluatePolicy, type PolicyRequest } from "@claude-on-aws/auth/iam";
import { denialDetails } from "../../authorize/denial-details.ts";
import { commonContext } from "../../authorize/required-permissions.ts";
import type { Verdict } from "../../exchange/check.ts";
import { DEFAULT_REGION } from "../../exchange/region-of.ts";
import { ADMINISTRATOR } from "../../principals/principals.ts";
import { statementsFor } from "../../principals/trust-policy.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { parseRoleArn } from "./parse-role-arn.ts";
import { parseWebIdentityToken } from "./parse-web-identity-token.ts";
import { WEB_IDENTITY_DENIAL } from "./role-denial.ts";
import { stsFault } from "./sts-refusals.ts";

const ACTION = "sts:AssumeRoleWithWebIdentity";

/** Keys and ARNs name an issuer without its scheme. */
const SCHEME = /^https?:\/\//;

/**
 * Checks whether the trust policy of a role lets in whoever holds the token. Policies test its subject and its audience
 * under the name of its issuer, such as `token.actions.githubusercontent.com:sub`.
 *
 * @returns `access-denied` where it does not; `not-applicable` where the role has none, or the token cannot be read.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif | Keys of OIDC federation}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html | Identity providers of an account}
 */
export function checkWebIdentity(exchange: ServiceExchange, settings: FakeSettings): Verdict {
  const { parameters, request, region = settings.region ?? DEFAULT_REGION, receivedAt } = exchange;
  const resource = parameters.get("RoleArn") ?? "";
  const trust = settings.principals?.trustOf(resource);
  const role = parseRoleArn(resource);
  const token = parseWebIdentityToken(parameters.get("WebIdentityToken") ?? "");
  if (trust === undefined || role === undefined || typeof token === "string") return "not-applicable";
  const { subject, audience } = token;
  const issuer = token.issuer?.replace(SCHEME, "") ?? "";
  const provider = `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${issuer}`;
  const asked: PolicyRequest = {
    action: ACTION,
    resource,
    context: {
      ...commonContext({ headers: request.headers, receivedAt, region }, settings),
      "aws:FederatedProvider": provider,
      "sts:RoleSessionName": parameters.get("RoleSessionName") ?? "",
      ...(subject === undefined ? {} : { [`${issuer}:sub`]: subject }),
      ...(audience === undefined ? {} : { [`${issuer}:aud`]: audience }),
    },
  };
  // Nobody signed: only the role decides.
  const { policies } = statementsFor(trust, { providers: [provider, issuer] });
  const decision = evaluatePolicy({ identity: [ADMINISTRATOR], trust: policies }, asked);
  if (decision.decision === "allowed") return undefined;
  return stsFault("access-denied", WEB_IDENTITY_DENIAL, denialDetails(asked, decision));
}
