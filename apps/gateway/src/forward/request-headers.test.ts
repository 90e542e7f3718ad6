import { expect, test } from "vitest";
import { requestHeaders } from "./request-headers.ts";

const pass = (headers: [string, string][], withheld: string[] = []) =>
  requestHeaders({ method: "POST", target: "/", httpVersion: "1.1", headers }, new Set(withheld));

test("lets on what nobody knows, names in lower case", () => {
  expect(
    pass([
      ["Anthropic-Beta", "a"],
      ["anthropic-future", "1"],
      ["X-Claude-Code-Session-Id", "s"],
      ["x-amzn-bedrock-trace", "ENABLED"],
    ]),
  ).toEqual([
    ["anthropic-beta", "a"],
    ["anthropic-future", "1"],
    ["x-claude-code-session-id", "s"],
    ["x-amzn-bedrock-trace", "ENABLED"],
  ]);
});

test.each([
  "Authorization",
  "X-Api-Key",
  "Cookie",
  "Host",
  ":authority",
  "Content-Length",
  "Transfer-Encoding",
  "Proxy-Authorization",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "Forwarded",
  "X-Amz-Date",
  "X-Amz-Target",
  "X-Amz-Security-Token",
  "x-amz-content-sha256",
  "X-Claude-On-AWS-Upstream",
])("%s ends here", (name) => {
  expect(pass([[name, "v"]])).toEqual([]);
});

test("what the connection names ends here", () => {
  expect(
    pass([
      ["x-secret", "1"],
      ["connection", "keep-alive, X-Secret"],
      ["x-other", "2"],
    ]),
  ).toEqual([["x-other", "2"]]);
});

test("so does what the operator names", () => {
  expect(pass([["X-Client-Cert-Subject", "me"]], ["x-client-cert-subject"])).toEqual([]);
});
