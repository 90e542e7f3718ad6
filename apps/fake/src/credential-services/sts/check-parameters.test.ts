import { describe, expect, test } from "vitest";
import { findParameterFault } from "./check-parameters.ts";
import { ASSUME_ROLE_CONSTRAINTS, WEB_IDENTITY_CONSTRAINTS } from "./constraints.ts";

const GOOD = { RoleArn: "arn:aws:iam::123456789012:role/r", RoleSessionName: "session" };

const faultOf = (changed: Readonly<Record<string, string | undefined>>, constraints = ASSUME_ROLE_CONSTRAINTS) => {
  const entries = Object.entries({ ...GOOD, ...changed });
  const parameters = new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  return findParameterFault(parameters, constraints);
};

describe("findParameterFault()", () => {
  test.each([
    [{}],
    [{ DurationSeconds: "900" }],
    [{ DurationSeconds: "43200" }],
    [{ RoleSessionName: "ab" }],
    [{ RoleSessionName: "x".repeat(64) }],
    [{ ExternalId: "a:b/c", SerialNumber: "arn:aws:iam::123456789012:mfa/me", TokenCode: "123456" }],
  ])("takes %j", (changed) => {
    expect(faultOf(changed)).toBeUndefined();
  });

  test.each([
    [
      { DurationSeconds: "899" },
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      { DurationSeconds: "43201" },
      "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
    ],
    [
      { RoleSessionName: "a:b" },
      String.raw`1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*`,
    ],
    [
      { RoleSessionName: "x".repeat(65) },
      `1 validation error detected: Value '${"x".repeat(65)}' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      { RoleSessionName: undefined },
      "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    ],
    [
      { RoleArn: "" },
      String.raw`2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+; Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20`,
    ],
  ])("refuses %.60j in the words of STS", (changed, message) => {
    expect(faultOf(changed)).toMatchObject({ message, status: 400, errorType: "ValidationError" });
  });

  test.each(["abc", "", "1e3", "0x384", "900.5", "99999999999", "-"])("takes %j for no number", (DurationSeconds) => {
    expect(faultOf({ DurationSeconds })).toMatchObject({ status: 400, errorType: "MalformedInput" });
  });

  test("repeats no secret, and no long text", () => {
    const secret = "s".repeat(20_001);

    expect(faultOf({ WebIdentityToken: secret }, WEB_IDENTITY_CONSTRAINTS)?.message).toBe(
      "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length less than or equal to 20000",
    );
    expect(faultOf({ TokenCode: "12345x" })?.message).not.toContain("12345x");
    expect(faultOf({ RoleArn: "x".repeat(100_000) })?.message.length).toBeLessThan(500);
  });
});
