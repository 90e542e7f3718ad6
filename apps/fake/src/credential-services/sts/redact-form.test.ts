import { describe, expect, test } from "vitest";
import { redactForm } from "./redact-form.ts";

describe("redactForm()", () => {
  test.each([
    [
      { Action: "AssumeRole", RoleArn: "arn:aws:iam::1:role/r" },
      "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr",
    ],
    [{ WebIdentityToken: "eyJ.secret.x" }, "WebIdentityToken=[redacted]"],
    [{ TokenCode: "123456", ExternalId: "shared" }, "TokenCode=[redacted]&ExternalId=[redacted]"],
    [{ "PolicyArns.member.1.arn": "x" }, "PolicyArns.member.1.arn=[redacted]"],
    [{ "eyJhbGciOiJIUzI1NiJ9 a token as a name": "" }, "[redacted]=[redacted]"],
    [{ RoleArn: "x".repeat(2049) }, "RoleArn=[redacted]"],
    [{ RoleSessionName: "\uD800" }, "RoleSessionName=%EF%BF%BD"],
  ])("writes %j as %j", (form, written) => {
    expect(redactForm(new Map(Object.entries(form)))).toBe(written);
  });
});
