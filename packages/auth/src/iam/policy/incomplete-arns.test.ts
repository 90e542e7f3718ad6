import { describe, expect, test } from "vitest";
import { completeArn } from "./complete-arn.ts";
import { evaluatePolicy, type PolicyKind } from "./evaluate-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

const RESOURCE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/x";
const FIELDS = RESOURCE.split(":");
const action = "bedrock:InvokeModel";
const policy = (Effect: string, Resource: string, Condition?: object) =>
  parsePolicy({ Version: "2012-10-17", Statement: { Effect, Action: "*", Resource, ...(Condition && { Condition }) } });
const ALL = policy("Allow", "*");

function decide(kind: PolicyKind, effect: string, resource: string) {
  const own = [policy(effect, resource), ...(effect === "Deny" ? [ALL] : [])];
  const others = { identity: [ALL] };
  const set =
    kind === "identity"
      ? { identity: own }
      : kind === "session"
        ? { ...others, session: own }
        : { ...others, boundary: own[0] };
  return evaluatePolicy(set, { action, resource: RESOURCE }).decision;
}

describe("an ARN with fewer fields", () => {
  test.each([
    ["arn:aws:s3", "arn:aws:s3:*:*:*"],
    ["arn:aws:sqs:us-east-1", "arn:aws:sqs:us-east-1:*:*"],
    ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket"],
    ["arn:aws", "arn:aws"],
    ["arn:*", "arn:*"],
    ["arn:aws:bedrock:us-*", "arn:aws:bedrock:us-*"],
    ["*", "*"],
  ])("%s stands for %s", (short, full) => expect(completeArn(short)).toBe(full));

  test.each([3, 4, 5])("of %i fields allows and denies as the full one does, but for a session", (count) => {
    const short = FIELDS.slice(0, count).join(":");
    const other = short.replace("bedrock", "s3");

    expect([decide("identity", "Allow", short), decide("identity", "Allow", other)]).toEqual([
      "allowed",
      "implicit-deny",
    ]);
    expect([decide("identity", "Deny", short), decide("identity", "Deny", other)]).toEqual([
      "explicit-deny",
      "allowed",
    ]);
    expect(decide("boundary", "Allow", short)).toBe("allowed");
    expect([decide("session", "Allow", short), decide("session", "Deny", other)]).toEqual([
      "implicit-deny",
      "explicit-deny",
    ]);
  });
});

describe("a condition", () => {
  test("of Bool takes variables", () => {
    const matching = policy("Allow", "*", { Bool: { "aws:SecureTransport": "${aws:ViaAWSService}" } });
    const decided = (secure: boolean, via: boolean) =>
      evaluatePolicy([matching], { action, context: { "aws:SecureTransport": secure, "aws:ViaAWSService": via } })
        .decision;

    expect([decided(true, true), decided(false, false)]).toEqual(["allowed", "allowed"]);
    expect([decided(true, false), decided(false, true)]).toEqual(["implicit-deny", "implicit-deny"]);
  });

  test("that denies is named with what the request carried, but for what a client writes freely", () => {
    const denied = (Condition: object, context: Record<string, string>) =>
      evaluatePolicy([policy("Deny", "*", Condition), ALL], { action, context }).reason;

    expect(
      denied({ StringNotEquals: { "aws:RequestedRegion": "us-east-1" } }, { "aws:RequestedRegion": "unspecified" }),
    ).toMatch(/StringNotEquals\["aws:RequestedRegion"\] \(aws:RequestedRegion is "unspecified"\)$/);
    const free = denied({ StringLike: { "aws:UserAgent": "*" } }, { "aws:UserAgent": "secret" });
    expect(free).toContain("aws:UserAgent is given");
    expect(free).not.toContain("secret");
    expect(denied({ StringNotEquals: { "aws:SourceIp": "x" } }, {})).toContain("aws:SourceIp is absent");
  });
});
