import { describe, expect, test } from "vitest";
import { parseCredentialOutput } from "./index.ts";

const flat = { AccessKeyId: "AKIDEXAMPLE", SecretAccessKey: "secret", SessionToken: "token" };
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

describe("parseCredentialOutput()", () => {
  test.each([
    ["the answer of STS", { Credentials: { ...flat, Expiration: "2099-01-01T00:00:00Z" } }],
    ["the flat form", { Version: 1, ...flat }],
  ])("reads %s", (_name, value) => {
    expect(parseCredentialOutput(JSON.stringify(value))).toEqual(credentials);
  });

  test.each([
    "",
    "not JSON",
    "null",
    "[]",
    "1",
    "{}",
    '{"AccessKeyId":"a"}',
    '{"AccessKeyId":"a","SecretAccessKey":""}',
  ])("finds none in %j", (text) => {
    expect(parseCredentialOutput(text)).toBeUndefined();
  });
});
