import { describe, expect, test } from "vitest";
import { type AuthenticationSources, resolveSdkAuthentication } from "./resolve-sdk-authentication.ts";

const ROWS: readonly (readonly [string, AuthenticationSources, string, Readonly<Record<string, string>>])[] = [
  ["nothing", { provider: "anthropic-aws" }, "sigv4", {}],
  ["a key", { provider: "anthropic-aws", apiKey: "k\n" }, "api-key", { "x-api-key": "k" }],
  ["an empty key", { provider: "anthropic-aws", apiKey: "" }, "sigv4", {}],
  [
    "a key and a gateway's token",
    { provider: "anthropic-aws", apiKey: "k", authToken: "t" },
    "api-key",
    { "x-api-key": "k" },
  ],
  ["a gateway's token where signing is on", { provider: "anthropic-aws", authToken: "t" }, "sigv4", {}],
  [
    "a profile in code and a key in the environment",
    { provider: "anthropic-aws", apiKey: "k", explicitCredentials: true },
    "sigv4",
    {},
  ],
  [
    "a profile and a key in code",
    { provider: "anthropic-aws", apiKey: "k", explicitApiKey: true, explicitCredentials: true },
    "api-key",
    { "x-api-key": "k" },
  ],
  ["no signing, with a key", { provider: "anthropic-aws", apiKey: "k", skipAuth: true }, "none", {}],
  [
    "no signing, with a gateway's token",
    { provider: "anthropic-aws", authToken: "t", skipAuth: true },
    "both",
    { authorization: "Bearer t", "x-api-key": "t" },
  ],
  ["nothing", { provider: "bedrock" }, "sigv4", {}],
  [
    "a key and an access key in code",
    { provider: "bedrock", apiKey: "k", explicitCredentials: true },
    "bearer",
    { authorization: "Bearer k" },
  ],
  [
    "no signing, with a key",
    { provider: "bedrock", apiKey: "k", skipAuth: true },
    "bearer",
    { authorization: "Bearer k" },
  ],
  [
    "no signing, with a gateway's token",
    { provider: "mantle", authToken: "t", skipAuth: true },
    "bearer",
    { authorization: "Bearer t" },
  ],
  ["no signing, with nothing", { provider: "mantle", skipAuth: true }, "none", {}],
];

describe("resolveSdkAuthentication()", () => {
  test.each(ROWS)("decides for %s", (_, sources, method, headers) => {
    expect(resolveSdkAuthentication(sources)).toEqual({ method, headers });
  });

  test("refuses a key that no header can carry, without printing it", () => {
    const resolve = () => resolveSdkAuthentication({ provider: "bedrock", apiKey: "sec\nret" });

    expect(resolve).toThrow(expect.objectContaining({ code: "KEY_MALFORMED" }));
    expect(resolve).not.toThrow("sec\nret");
  });
});
