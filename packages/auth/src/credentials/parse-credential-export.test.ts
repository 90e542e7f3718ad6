import { describe, expect, test } from "vitest";
import { parseCredentialExport } from "./parse-credential-export.ts";

const flat = { AccessKeyId: "ASIA", SecretAccessKey: "secret", SessionToken: "token" };
const read = { accessKeyId: "ASIA", secretAccessKey: "secret", sessionToken: "token" };

describe("parseCredentialExport()", () => {
  test.each([
    ["the flat form", { Version: 1, ...flat }, read],
    [
      "the form of STS",
      { Credentials: { ...flat, Expiration: "2026-11-21T12:00:00Z" } },
      { ...read, expiration: new Date("2026-11-21T12:00:00Z") },
    ],
  ])("reads %s", (_, value, expected) => {
    expect(parseCredentialExport(JSON.stringify(value))).toEqual(expected);
  });

  test.each([
    "",
    "secret",
    "[]",
    "null",
    JSON.stringify({ ...flat, SessionToken: undefined }),
    JSON.stringify({ ...flat, SessionToken: "" }),
    JSON.stringify({ ...flat, Expiration: "soon" }),
    JSON.stringify({ Credentials: {} }),
  ])("refuses %s, and repeats nothing of it", (text) => {
    expect(() => parseCredentialExport(text)).toThrow(expect.objectContaining({ code: "COMMAND_OUTPUT" }));
    expect(() => parseCredentialExport(text)).not.toThrow(/secret(?!AccessKey)/);
  });
});
