import { describe, expect, test } from "vitest";
import { EXAMPLE_CREDENTIALS } from "../settings/example-credentials.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import { configuredSecrets, findSecret, redactCutText, redactSecrets, secretsOf } from "./secrets.ts";

const { secretAccessKey } = EXAMPLE_CREDENTIALS;
const SESSION_TOKEN = "FwoGZXIvYXdzEXAMPLE==";
const SECRETS = configuredSecrets(
  resolveOptions({
    credentials: [{ ...EXAMPLE_CREDENTIALS, sessionToken: SESSION_TOKEN }],
    apiKeys: ["my-own-key-1", "short"],
  }),
);

const request = (headers: readonly (readonly [string, string])[]) => ({
  request: { method: "GET", target: "/", headers, httpVersion: "1.1", wire: "received" as const },
});

describe("findSecret()", () => {
  test.each([
    ["as it was issued", secretAccessKey, "secret access key"],
    ["percent-encoded", encodeURIComponent(secretAccessKey), "secret access key"],
    ["percent-encoded in lower case", SESSION_TOKEN.replaceAll("=", "%3d"), "session token"],
    ["in a path", SESSION_TOKEN.replaceAll("=", "%3D"), "session token"],
    ["in a canonical path", encodeURIComponent(secretAccessKey).replaceAll("%", "%25"), "secret access key"],
    ["in JSON with escaped slashes", secretAccessKey.replaceAll("/", String.raw`\/`), "secret access key"],
    ["an API key", "my-own-key-1", "API key"],
    ["a key of the Claude Console", `sk-ant-${"api03"}-${"a".repeat(30)}`, "API key"],
    ["an OAuth token", `sk-ant-${"oat01"}-${"a".repeat(30)}`, "API key"],
    ["a long-term key of Bedrock", `ABSK${"Q".repeat(40)}=`, "API key"],
    ["a short-term key of Claude Platform on AWS", `aws-external-anthropic-api-key-${"Q".repeat(40)}`, "API key"],
  ])("finds one %s", (_, value, kind) => {
    expect(findSecret(`before ${value} after`, SECRETS)?.kind).toBe(kind);
    expect(redactSecrets(`before ${value} after`, SECRETS)).toMatch(/^before ‹\d+ characters #\w{4}› after$/);
  });

  test.each(["sk-ant-xxxxx", "ABSK", "AKIDEXAMPLE", "short", "", secretAccessKey.slice(1)])(
    "takes %j for none",
    (text) => {
      expect(findSecret(text, SECRETS)).toBeUndefined();
      expect(redactSecrets(text, SECRETS)).toBe(text);
    },
  );
});

describe("secretsOf()", () => {
  test.each([
    ["x-api-key", "presented-key", "API key"],
    ["Authorization", "Bearer presented-key", "API key"],
    ["X-Amz-Security-Token", "presented-key", "session token"],
  ])("takes in what %s presents", (name, value, kind) => {
    const found = secretsOf(request([[name, value]]), SECRETS);

    expect(findSecret("a presented-key", found)?.kind).toBe(kind);
    expect(findSecret("a presented-key", SECRETS)).toBeUndefined();
  });

  test("copies nothing where nothing is presented", () => {
    expect(secretsOf(request([["host", "a"]]), SECRETS)).toBe(SECRETS);
  });
});

describe("redactCutText()", () => {
  test.each([
    [`x ${secretAccessKey.slice(0, 10)}`, "x ‹›"],
    [`x ${secretAccessKey}`, "x ‹›"],
    ["x sk-ant-api03-abc", "x ‹›"],
    ["x ABSKabc", "x ‹›"],
    ["x ABSKabc and more", "x ABSKabc and more"],
    ["x", "x"],
    ["", ""],
  ])("makes of %j %j", (text, expected) => {
    expect(redactCutText(text, SECRETS).replace(/‹\d+ characters #\w{4}›/, "‹›")).toBe(expected);
  });
});
