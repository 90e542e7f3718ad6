import { describe, expect, test } from "vitest";
import { parseRoleArn } from "./parse-role-arn.ts";

describe("parseRoleArn()", () => {
  test.each([
    ["arn:aws:iam::123456789012:role/reader", { partition: "aws", accountId: "123456789012", roleName: "reader" }],
    ["arn:aws-cn:iam::123456789012:role/a/b/c", { partition: "aws-cn", accountId: "123456789012", roleName: "c" }],
    [
      "arn:aws-us-gov:iam::123456789012:role/r+=,.@-",
      { partition: "aws-us-gov", accountId: "123456789012", roleName: "r+=,.@-" },
    ],
  ])("reads %s", (arn, role) => {
    expect(parseRoleArn(arn)).toEqual(role);
  });

  test.each([
    "",
    "arn:aws:iam::123456789012:user/reader",
    "arn:aws:iam::12345678901:role/reader",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:iam::123456789012:role/a/",
    "arn:aws:iam::123456789012:role/a b",
    "arn:aws:iam::123456789012:role/a\n",
    `arn:aws:iam::123456789012:role/${"x".repeat(65)}`,
    `arn:aws:iam::123456789012:role/${"/".repeat(100_000)}`,
    "arn:aws:sts::123456789012:assumed-role/reader/session",
  ])("finds none in %.60j", (arn) => {
    expect(parseRoleArn(arn)).toBeUndefined();
  });
});
