import type { ServiceOperation } from "../service-exchange.ts";
import { askedSession } from "./asked-session.ts";
import { checkAssumeRole } from "./check-assume-role.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRoleAccess, checkRoleArn, checkRoleChaining } from "./check-role.ts";
import { ASSUME_ROLE_CONSTRAINTS } from "./constraints.ts";
import { issueSession } from "./issue-session.ts";
import { respondXml } from "./respond-xml.ts";
import { SESSION_POLICIES_CHECK } from "./session-policies.ts";
import { sessionElements } from "./session-elements.ts";
import { SESSION_TAGS_CHECK } from "./session-tags.ts";
import { verifyCaller } from "./verify-caller.ts";

/**
 * A session of a role, for whoever signed the request.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html | AssumeRole}
 */
export const ASSUME_ROLE: ServiceOperation = {
  name: "AssumeRole",
  checks: [
    { name: "authentication", check: verifyCaller },
    checkParameters(ASSUME_ROLE_CONSTRAINTS),
    SESSION_POLICIES_CHECK,
    SESSION_TAGS_CHECK,
    { name: "role", decisive: true, check: checkRoleArn },
    { name: "access", check: checkRoleAccess },
    { name: "permission", check: checkAssumeRole },
    { name: "role-chaining", check: checkRoleChaining },
  ],
  answer: (exchange, settings, state) => {
    const asked = askedSession(exchange, state);
    const result = {
      ...sessionElements(issueSession(exchange, settings, state, asked)),
      ...(asked.sourceIdentity === undefined ? {} : { SourceIdentity: asked.sourceIdentity }),
    };
    return respondXml("AssumeRole", result, exchange.id);
  },
};
