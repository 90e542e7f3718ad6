import type { Fault } from "../../terms/faults.ts";
import type { ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRoleAccess, checkRoleArn } from "./check-role.ts";
import { checkWebIdentity } from "./check-web-identity.ts";
import { WEB_IDENTITY_CONSTRAINTS } from "./constraints.ts";
import { issueSession } from "./issue-session.ts";
import { parseWebIdentityToken } from "./parse-web-identity-token.ts";
import { respondXml } from "./respond-xml.ts";
import { SESSION_POLICIES_CHECK } from "./session-policies.ts";
import { sessionElements } from "./session-elements.ts";
import { stsFault } from "./sts-refusals.ts";

/** Whether the token can be read and has not ended. */
function checkToken({ parameters, receivedAt }: ServiceExchange): Fault | undefined {
  const token = parseWebIdentityToken(parameters.get("WebIdentityToken") ?? "");
  if (typeof token === "string") return stsFault("web-identity-invalid", token);
  if (token.expiration > receivedAt) return undefined;
  const [now, end] = [receivedAt, token.expiration].map((date) => Math.floor(date.getTime() / 1000));
  const message = `Token expired: current date/time ${now} must be before the expiration date/time ${end}`;
  return stsFault("web-identity-expired", message);
}

/**
 * A session of a role, for whoever holds the token of an identity provider. The
 * request is not signed.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html | AssumeRoleWithWebIdentity}
 */
export const ASSUME_ROLE_WITH_WEB_IDENTITY: ServiceOperation = {
  name: "AssumeRoleWithWebIdentity",
  checks: [
    checkParameters(WEB_IDENTITY_CONSTRAINTS),
    SESSION_POLICIES_CHECK,
    { name: "role", decisive: true, check: checkRoleArn },
    { name: "authentication", check: checkToken },
    { name: "access", check: checkRoleAccess },
    { name: "permission", check: checkWebIdentity },
  ],
  answer: (exchange, settings, state) => {
    const token = parseWebIdentityToken(exchange.parameters.get("WebIdentityToken") ?? "");
    const { subject, issuer, audience } = typeof token === "string" ? {} : token;
    const result = {
      SubjectFromWebIdentityToken: subject,
      Audience: audience,
      ...sessionElements(issueSession(exchange, settings, state)),
      Provider: issuer,
    };
    return respondXml("AssumeRoleWithWebIdentity", result, exchange.id);
  },
};
