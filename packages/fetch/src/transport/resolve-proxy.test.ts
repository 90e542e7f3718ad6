import { describe, expect, test } from "vitest";
import { resolveProxy } from "./resolve-proxy.ts";

const HOST = "aws-external-anthropic.us-east-1.api.aws";
const proxyOf = (env: Record<string, string>, url = `https://${HOST}/v1/messages`): string | undefined =>
  resolveProxy(env, new URL(url))?.href;

describe("resolveProxy()", () => {
  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTPS_PROXY: "http://proxy:3128" }, "http://proxy:3128/"],
    [{ HTTPS_PROXY: "proxy:3128" }, "http://proxy:3128/"],
    [{ HTTPS_PROXY: "http://a:1", https_proxy: "http://b:2" }, "http://b:2/"],
    [{ HTTP_PROXY: "http://proxy:3128" }, undefined],
  ])("finds in %j %s", (env, expected) => {
    expect(proxyOf(env)).toBe(expected);
  });

  test.each(["*", HOST, "api.aws", ".api.aws", "*.api.aws", `${HOST}:443`, "localhost, API.AWS", "a b api.aws"])(
    "goes directly where NO_PROXY is %s",
    (exceptions) => {
      expect(proxyOf({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: exceptions })).toBeUndefined();
    },
  );

  test.each(["", "ws", "xapi.aws", `${HOST}:8443`, "us-east-1", ","])(
    "goes through it where NO_PROXY is %s",
    (exceptions) => {
      expect(proxyOf({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: exceptions })).toBe("http://proxy:3128/");
    },
  );

  test("goes directly over plain HTTP, and says of what is no URL that it is none", () => {
    expect(proxyOf({ HTTPS_PROXY: "http://proxy:3128" }, "http://127.0.0.1:4242/")).toBeUndefined();
    expect(() => proxyOf({ HTTPS_PROXY: "http://" })).toThrow("HTTPS_PROXY");
  });
});
