import { describe, expect, test } from "vitest";
import { denialMessage } from "./denial-message.ts";
import { evaluatePolicy, type PolicySet } from "./evaluate-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

const RESOURCE = "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_1";
const PRINCIPAL = "arn:aws:sts::123456789012:assumed-role/ClaudeUser/session-1";
const ACTION = "aws-external-anthropic:CreateInference";
const statement = (Effect: string): object => ({ Effect, Action: "*", Resource: "*" });
const allow = parsePolicy({ Version: "2012-10-17", Statement: statement("Allow") });
const deny = parsePolicy({ Version: "2012-10-17", Statement: statement("Deny") });
const BEGINNING = `User: ${PRINCIPAL} is not authorized to perform: ${ACTION} on resource: ${RESOURCE}`;

describe("denialMessage()", () => {
  test.each<[policies: PolicySet, ending: string]>([
    [{ identity: [] }, `because no identity-based policy allows the ${ACTION} action`],
    [{ identity: [allow, deny] }, "with an explicit deny in an identity-based policy"],
    [{ identity: [allow], session: [] }, `because no session policy allows the ${ACTION} action`],
    [{ identity: [allow], session: [deny] }, "with an explicit deny in a session policy"],
    [
      { identity: [allow], boundary: parsePolicy({ Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } }) },
      `because no permissions boundary allows the ${ACTION} action`,
    ],
    [{ identity: [allow], boundary: deny }, "with an explicit deny in a permissions boundary"],
  ])("says %# as AWS does", (policies, ending) => {
    const request = { action: ACTION, resource: RESOURCE, principal: PRINCIPAL };

    expect(denialMessage(request, evaluatePolicy(policies, request))).toBe(`${BEGINNING} ${ending}`);
  });

  test.each<[policies: PolicySet, ending: string]>([
    [{ identity: [allow], trust: [] }, "because no role trust policy allows the sts:AssumeRole action"],
    [{ identity: [allow], trust: [allow, deny] }, "with an explicit deny in the role trust policy"],
  ])("names no resource where a trust policy decided: %#", (policies, ending) => {
    const request = {
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::123456789012:role/reader",
      principal: PRINCIPAL,
    };

    expect(denialMessage(request, evaluatePolicy(policies, request))).toBe(
      `User: ${PRINCIPAL} is not authorized to perform: sts:AssumeRole ${ending}`,
    );
  });

  test("names the resource that is denied, and * for an action of the account", () => {
    const account = { action: "aws-external-anthropic:CallWithBearerToken", resource: RESOURCE, principal: PRINCIPAL };
    const several = {
      action: "bedrock:InvokeModel",
      resources: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
      principal: PRINCIPAL,
    };
    const first = parsePolicy({ Statement: { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::a" } });

    expect(denialMessage(account, evaluatePolicy([], account))).toContain(" on resource: * because ");
    expect(denialMessage(several, evaluatePolicy([first], several))).toContain(" on resource: arn:aws:s3:::b because ");
  });

  test("is empty where the request is allowed", () => {
    expect(
      denialMessage(
        { action: ACTION, resource: RESOURCE },
        evaluatePolicy([allow], { action: ACTION, resource: RESOURCE }),
      ),
    ).toBe("");
  });
});
