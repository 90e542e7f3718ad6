import { BEDROCK_ROUTES, CLAUDE_PLATFORM_ROUTES, MANTLE_ROUTES, RESOURCE_ARNS } from "@claude-on-aws/endpoints";
import { readJson } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { ACCOUNT_ACTIONS, CONDITION_KEYS } from "../actions.ts";
import { POLICY_FEATURES, policyFor } from "../policy-for.ts";
import { checkResource } from "./check-names.ts";
import { lintPolicy } from "./lint-policy.ts";
import { MANAGED_POLICIES } from "./managed-policies.ts";
import { parsePolicy } from "./parse-policy.ts";
import { findConditionKey, POLICY_CONDITION_KEYS } from "./policy-condition-keys.ts";
import { SERVICE_NAMES } from "./service-names.ts";

const DOCUMENTS = readJson<Record<string, object>>("policies/policies.json");

const lint = (statement: object): readonly (readonly [code: string, path: string, nearest?: string])[] =>
  lintPolicy(
    parsePolicy({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*", ...statement } }),
  ).map(({ code, path, nearest }) => (nearest === undefined ? [code, path] : [code, path, nearest]));

describe("lintPolicy()", () => {
  test.each(Object.entries(MANAGED_POLICIES))("finds nothing in %s", (_, { document }) => {
    expect(lintPolicy(parsePolicy(document))).toEqual([]);
  });

  test.each(["anthropic-aws", "bedrock", "mantle"] as const)(
    "finds nothing in what policyFor() writes for %s",
    (provider) => {
      for (const known of [true, false]) {
        const policy = policyFor({
          provider,
          region: known ? "us-west-2" : null,
          accountId: known ? "123456789012" : null,
          workspaceId: known ? (provider === "mantle" ? "default" : "wrkspc_01AbCdEf23GhIj") : null,
          models: known && provider === "bedrock" ? ["us.anthropic.claude-sonnet-4-5-20250929-v1:0"] : [],
          authentication: "key",
          features: POLICY_FEATURES,
        });

        expect(lintPolicy(parsePolicy(policy))).toEqual([]);
      }
    },
  );

  test.each([
    ["aws-external-anthropic:CreateInferense", "ACTION_UNKNOWN", "aws-external-anthropic:CreateInference"],
    ["bedrock:InvokeModelWithResponsStream", "ACTION_UNKNOWN", "bedrock:InvokeModelWithResponseStream"],
    ["bedrock:Invokes*", "ACTION_UNKNOWN", undefined],
    ["bedrock-mantle:CreateInferences", "ACTION_UNKNOWN", "bedrock-mantle:CreateInference"],
    ["aws-external-antropic:CreateInference", "SERVICE_UNKNOWN", "aws-external-anthropic:CreateInference"],
    ["anthropic:GetFile", "SERVICE_UNKNOWN", "aws-external-anthropic:GetFile"],
    ["bedrock-runtime:InvokeModel", "SERVICE_UNKNOWN", "bedrock:InvokeModel"],
    ["sagemaker:InvokeModel", "SERVICE_UNKNOWN", "bedrock:InvokeModel"],
    ["bedrok:*", "SERVICE_UNKNOWN", "bedrock:*"],
    ["CreateInference", "ACTION_WITHOUT_SERVICE", "aws-external-anthropic:CreateInference"],
    ["GetObject", "ACTION_WITHOUT_SERVICE", undefined],
    ["bed*:InvokeModel", "SERVICE_WILDCARD", undefined],
  ])("finds the action %s: %s", (action, code, nearest) => {
    const path = "$.Statement.Action";

    expect(lint({ Action: action })).toEqual([nearest === undefined ? [code, path] : [code, path, nearest]]);
  });

  test("says what IAM refuses: in the policy of a session, an ARN with fewer fields too", () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.a";
    const refusedIn = (Resource: string, kind?: "identity" | "boundary" | "session"): string[] =>
      lintPolicy(parsePolicy({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource } }), {
        kind,
      })
        .filter(({ refused }) => refused === true)
        .map(({ code, path }) => `${code} ${path}`);

    for (let fields = 3; fields <= 6; fields++) {
      const text = arn.split(":").slice(0, fields).join(":");
      for (const kind of [undefined, "identity", "boundary"] as const) expect(refusedIn(text, kind)).toEqual([]);
      expect(refusedIn(text, "session")).toEqual(fields === 6 ? [] : ["RESOURCE_MALFORMED $.Statement.Resource"]);
      // One whose field ends in a wildcard has all that it needs.
      expect(refusedIn(`${text}*`, "session").filter(() => fields > 3)).toEqual([]);
    }
    expect(refusedIn("arn:aws:*:*:*:*")).toEqual(["SERVICE_WILDCARD $.Statement.Resource"]);
    expect(refusedIn("arn:aws:bedrok:*:*:*")).toEqual([]);
  });

  test.each(["*", "*:*", "s3:GetObject", "kms:TagResource", "bedrock-agentcore:InvokeAgentRuntime", "BEDROCK:invoke*"])(
    "takes the action %s",
    (action) => expect(lint({ Action: action })).toEqual([]),
  );

  const anthropic = "arn:aws:aws-external-anthropic:us-west-2:123456789012";
  test.each([
    ["wrkspc_1", "RESOURCE_MALFORMED"],
    ["arn:aws:bedrock:us-east-1:foundation-model/x", "RESOURCE_INCOMPLETE"],
    ["arn:aws:bedrock", "RESOURCE_INCOMPLETE"],
    ["arn:*:bedrock:*::foundation-model/*", "PARTITION_WILDCARD"],
    ["arn:aws:bedrock:*:*:*-profile/x", "RESOURCE_TYPE_WILDCARD"],
    ["arn:*", "RESOURCE_MALFORMED"],
    ["arn:aws:*:*:*:*", "SERVICE_WILDCARD"],
    ["arn:aws:bedrock*", "SERVICE_WILDCARD"],
    ["arn:aws:bedrok:*:*:*", "SERVICE_UNKNOWN"],
    ["arn:aws:Bedrock:*:*:*", "SERVICE_UNKNOWN"],
    ["arn:amazon:bedrock:*::foundation-model/*", "RESOURCE_UNKNOWN"],
    [`${anthropic}:workspaces/*`, "RESOURCE_UNKNOWN"],
    [`${anthropic}:wrkspc_1`, "RESOURCE_UNKNOWN"],
    [`${anthropic}:workspace/1`, "RESOURCE_UNKNOWN"],
    ["arn:aws:aws-external-anthropic:us-west-2::workspace/*", "RESOURCE_UNKNOWN"],
    ["arn:aws:aws-external-anthropic::123456789012:workspace/*", "RESOURCE_UNKNOWN"],
    ["arn:aws:bedrock:us-east-1:123456789012:foundation-model/x", "RESOURCE_UNKNOWN"],
    ["arn:aws:bedrock:us-east-1:1234:inference-profile/x", "RESOURCE_UNKNOWN"],
    ["arn:aws:bedrock-mantle:us-east-1:${aws:PrincipalAccount}:project/*", "VARIABLE_MISPLACED"],
    ["arn:aws:bedrock-mantle:us-east-1:123456789012:project/${aws:usernam}", "VARIABLE_UNKNOWN"],
  ])("finds the resource %s: %s", (resource, code) => {
    expect(lint({ Resource: resource }).map(([found, path]) => [found, path])).toEqual([
      [code, "$.Statement.Resource"],
    ]);
  });

  test("takes the form of every resource that is known, and of other services", () => {
    const filled = Object.values(RESOURCE_ARNS).map((arn) =>
      arn
        .replace("{partition}", "aws")
        .replace("{region}", "us-east-1")
        .replace("{accountId}", "123456789012")
        .replace("{workspaceId}", "wrkspc_1")
        .replace(/\{\w+\}/, "x"),
    );
    for (const resource of [
      ...filled,
      "*",
      "arn:aws:s3:::bucket/*",
      "arn:aws-cn:bedrock:*",
      `${anthropic}:workspace/wrkspc_0?*`,
    ]) {
      expect([resource, checkResource(resource, "2012-10-17")]).toEqual([resource, undefined]);
    }
  });

  test.each<[condition: object, code: string, nearest: string | undefined]>([
    [{ StringEqual: { "aws:RequestedRegion": "x" } }, "OPERATOR_UNKNOWN", "StringEquals"],
    [{ "ForAnyValue:StringLikes": { "aws:TagKeys": "x" } }, "OPERATOR_UNKNOWN", "ForAnyValue:StringLike"],
    [{ NullIfExists: { "aws:TagKeys": "true" } }, "OPERATOR_UNKNOWN", "Null"],
    [{ StringEquals: { "aws:RequestedRegoin": "x" } }, "KEY_UNKNOWN", "aws:RequestedRegion"],
    [{ StringEquals: { "bedrok:ServiceTier": "x" } }, "KEY_UNKNOWN", "bedrock:ServiceTier"],
    [{ StringEquals: { RequestedRegion: "x" } }, "KEY_UNKNOWN", "aws:RequestedRegion"],
    [{ NumericEquals: { "aws:MultiFactorAuthAge": "ten" } }, "VALUE_MALFORMED", undefined],
    [{ DateLessThan: { "aws:CurrentTime": "2026-02-30" } }, "VALUE_MALFORMED", undefined],
    [{ IpAddress: { "aws:SourceIp": "10.0.0.0/33" } }, "VALUE_MALFORMED", undefined],
    [{ ArnLike: { "aws:PrincipalArn": "role/x" } }, "VALUE_MALFORMED", undefined],
    [{ Null: { "aws:TagKeys": "yes" } }, "VALUE_MALFORMED", undefined],
    [{ BinaryEquals: { "aws:PrincipalTag/x": "?" } }, "VALUE_MALFORMED", undefined],
    [{ StringLike: { "aws:RequestedRegion": [] } }, "VALUE_MALFORMED", undefined],
    [{ StringLike: { "aws:RequestedRegion": "${aws:usernam}" } }, "VARIABLE_UNKNOWN", "aws:username"],
    [{ StringEquals: { "aws:RequestedRegion": "us-*" } }, "WILDCARD_LITERAL", undefined],
    [{ StringEquals: { "aws:TagKeys": "team" } }, "SET_OPERATOR_MISSING", undefined],
  ])("finds the condition %j: %s", (condition, code, nearest) => {
    expect(lint({ Condition: condition }).map(([found, , near]) => [found, near])).toEqual([[code, nearest]]);
  });

  test("finds actions of the account on an ARN, and what NotAction allows", () => {
    expect(
      lint({
        Action: ["aws-external-anthropic:CallWithBearerToken", "bedrock:InvokeModel"],
        Resource: `${anthropic}:workspace/*`,
      }),
    ).toEqual([["ACCOUNT_ACTION_RESTRICTED", "$.Statement.Action[0]"]]);
    expect(lint({ Action: undefined, NotAction: "iam:*" })).toEqual([["NOT_ACTION_ALLOWS", "$.Statement.NotAction"]]);
    expect(lint({ Action: undefined, NotAction: "iam:*", Effect: "Deny" })).toEqual([]);
  });

  test("finds a missing version, and variables that need it", () => {
    const policy = parsePolicy({
      Statement: {
        Effect: "Allow",
        Action: "bedrock-mantle:CreateInference",
        Resource: "arn:aws:bedrock-mantle:us-east-1:123456789012:project/${aws:username}",
      },
    });

    expect(lintPolicy(policy).map(({ code }) => code)).toEqual(["VERSION_MISSING", "VARIABLE_LITERAL"]);
  });

  test("finds an error in every policy of the table that has a typing error", () => {
    const wrong = Object.keys(DOCUMENTS).filter((name) => /typo|^bad-|^no-prefix|^wild-|^bare-|^empty-/.test(name));

    expect(wrong.length).toBeGreaterThan(20);
    for (const name of wrong) {
      const errors = lintPolicy(parsePolicy(DOCUMENTS[name] ?? {})).filter(({ severity }) => severity === "error");
      expect([name, errors.length]).toEqual([name, 1]);
      expect(errors[0]?.fix).toMatch(/\.$/);
    }
  });
});

describe("the tables of names", () => {
  test("hold every action of the routes, and each once", () => {
    const names = Object.entries(SERVICE_NAMES).flatMap(([service, { actions }]) =>
      actions.map((action) => `${service}:${action}`),
    );
    const used = [...CLAUDE_PLATFORM_ROUTES, ...BEDROCK_ROUTES, ...MANTLE_ROUTES, ...ACCOUNT_ACTIONS].map(
      ({ action }) => action,
    );

    expect(new Set(names).size).toBe(names.length);
    for (const action of used) expect(names).toContain(action);
    for (const { action } of ACCOUNT_ACTIONS) {
      const [service = "", name = ""] = action.split(":");
      expect(SERVICE_NAMES[service as keyof typeof SERVICE_NAMES].accountActions).toContain(name);
    }
  });

  test("hold every condition key that is documented for keys, whatever its case", () => {
    for (const key of Object.keys(CONDITION_KEYS)) expect(findConditionKey(key.toUpperCase())?.key).toBe(key);
    expect(findConditionKey("aws:ResourceTag/team")?.type).toBe("String");
    expect(findConditionKey("aws:ResourceTag/")).toBeDefined();
    expect(findConditionKey("aws:ResourceTag")).toBeUndefined();
    expect(new Set(POLICY_CONDITION_KEYS.map(({ key }) => key.toLowerCase())).size).toBe(POLICY_CONDITION_KEYS.length);
  });
});
