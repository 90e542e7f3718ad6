import { describe, expect, test } from "vitest";
import { redactForm } from "./redact-form.ts";

describe("redactForm()", () => {
  test.each([
    [
      { Action: "AssumeRole", RoleArn: "arn:aws:iam::1:role/r" },
      "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr",
    ],
    [{ WebIdentityToken: "eyJ.secret.x" }, "WebIdentityToken=‹›"],
    [{ TokenCode: "123456", ExternalId: "shared" }, "TokenCode=‹›&ExternalId=‹›"],
    [{ "PolicyArns.member.1.arn": "x" }, "PolicyArns.member.1.arn=‹›"],
    [{ "eyJhbGciOiJIUzI1NiJ9 a token as a name": "" }, "‹›="],
    [{ RoleSessionName: "\uD800" }, "RoleSessionName=%EF%BF%BD"],
  ])("writes %j as %j", (form, written) => {
    expect(redactForm(new Map(Object.entries(form))).replace(/‹\d+ characters #\w{4}›/g, "‹›")).toBe(written);
  });
});
