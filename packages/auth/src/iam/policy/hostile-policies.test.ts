import { describe, expect, test } from "vitest";
import { AuthError } from "../../errors.ts";
import { evaluatePolicy } from "./evaluate-policy.ts";
import { lintPolicy } from "./lint-policy.ts";
import { parsePattern } from "./parse-pattern.ts";
import { parsePolicy } from "./parse-policy.ts";
import { matchPattern } from "./wildcard.ts";

const codeOf = (read: () => unknown): string | undefined => {
  try {
    read();
  } catch (error) {
    if (error instanceof AuthError) return error.code;
    throw error;
  }
  return undefined;
};

describe("parsePolicy() and evaluatePolicy() on hostile input", () => {
  test.each([
    ["lists in lists", `{"Statement":${"[".repeat(9_000)}${"]".repeat(9_000)}}`],
    ["objects in objects", `{"Statement":${'{"Condition":'.repeat(1_400)}1${"}".repeat(1_400)}}`],
    ["lists that never end", "[".repeat(20_000)],
  ])("refuses %s", (_, text) => {
    expect(codeOf(() => parsePolicy(text))).toBe("POLICY_MALFORMED");
  });

  test("refuses an object that holds itself, and one of a million texts", () => {
    const circular: Record<string, unknown> = { Effect: "Allow", Action: "*", Resource: "*" };
    circular["Condition"] = { StringEquals: circular };
    const huge = { Statement: { Effect: "Allow", Action: Array<string>(1_000_000).fill(""), Resource: "*" } };

    expect(codeOf(() => parsePolicy({ Statement: circular }))).toBe("POLICY_MALFORMED");
    expect(codeOf(() => parsePolicy(huge))).toBe("POLICY_TOO_LARGE");
  });

  test("treats the names of Object.prototype as unknown", () => {
    const statement = (condition: string): string =>
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":${condition}}}`;
    for (const condition of [
      '{"__proto__":{"aws:RequestedRegion":"x"}}',
      '{"constructor":{"aws:RequestedRegion":"x"}}',
      '{"StringNotEquals":{"__proto__":"x"}}',
      '{"StringNotEquals":{"aws:__proto__":"x"}}',
      '{"StringEquals":{"aws:RequestedRegion":"${__proto__}"}}',
      '{"Null":{"toString":"true"}}',
    ]) {
      const policy = parsePolicy(statement(condition));
      const { decision } = evaluatePolicy([policy], { action: "bedrock:InvokeModel", resource: "*" });

      expect([condition, decision]).toEqual([condition, "implicit-deny"]);
      expect(lintPolicy(policy).map(({ severity }) => severity)).toContain("error");
    }
    expect(codeOf(() => parsePolicy('{"__proto__":{"Version":"2012-10-17"},"Statement":[]}'))).toBe("POLICY_MALFORMED");
  });

  test("reads a context whose keys are those of Object.prototype", () => {
    const policy = parsePolicy({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalTag/__proto__": "x" } },
      },
    });
    const context = JSON.parse('{"__proto__":"x","aws:PrincipalTag/__proto__":"x"}') as Record<string, string>;

    expect(evaluatePolicy([policy], { action: "s3:GetObject", context }).decision).toBe("allowed");
    expect(evaluatePolicy([policy], { action: "s3:GetObject" }).decision).toBe("implicit-deny");
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test("accepts a key in any case, with the values of all spellings", () => {
    const spellings = Array.from({ length: 32_768 }, (_, bits) =>
      Array.from({ length: 15 }, (_letter, at) => ((bits >> at) & 1 ? "A" : "a")).join(""),
    );
    const policy = parsePolicy({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { "ForAnyValue:StringEquals": { [`aws:RequestTag/${"a".repeat(15)}`]: "32767" } },
      },
    });
    const context = Object.fromEntries(spellings.map((key, index) => [`aws:RequestTag/${key}`, String(index)]));

    expect(evaluatePolicy([policy], { action: "bedrock:TagResource", context }).decision).toBe("allowed");
  });

  test("matches many wildcards without backtracking", () => {
    const text = "a".repeat(2_048);
    for (const pattern of [
      `${"*a".repeat(1_000)}*b`,
      `${"a*".repeat(1_000)}b`,
      `${"*?".repeat(1_000)}b`,
      "*".repeat(6_000) + "b",
    ]) {
      expect(matchPattern(parsePattern(pattern, { wildcards: true, variables: false }), text)).toBe(false);
      expect(matchPattern(parsePattern(pattern, { wildcards: true, variables: false }), `${text}b`)).toBe(true);
    }
  });

  test("decides over a policy full of them", () => {
    const resources = Array.from({ length: 9 }, () => `arn:aws:bedrock:*:*:${"*a".repeat(1_000)}*b`);
    const policy = parsePolicy({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: `bedrock:${"*e".repeat(900)}`, Resource: resources },
    });
    const resource = `arn:aws:bedrock:us-east-1:123456789012:${"a".repeat(2_000)}`;

    expect(evaluatePolicy([policy], { action: `bedrock:${"e".repeat(1_000)}`, resource }).decision).toBe(
      "implicit-deny",
    );
  });

  test("holds no more of a wrong text than a message needs", () => {
    const long = "x".repeat(20_000);

    expect(() => parsePolicy(JSON.stringify({ [long]: 1 }), { maxCharacters: 100_000 })).toThrow(
      expect.objectContaining({ code: "POLICY_MALFORMED", message: expect.stringMatching(/^.{0,300}$/) }),
    );
    const policy = parsePolicy({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: `aws-external-anthropic:${"x".repeat(18_000)}`, Resource: "*" },
    });
    expect(lintPolicy(policy)[0]?.code).toBe("ACTION_UNKNOWN");
  });

  test("takes a principal and a context of any form", () => {
    const policy = parsePolicy({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
    for (const principal of ["", ":", "arn", "arn:::::", "x".repeat(10_000), ":".repeat(10_000)]) {
      expect(evaluatePolicy([policy], { action: ":", resource: "", principal, context: { "": [] } }).decision).toBe(
        "allowed",
      );
    }
  });
});
