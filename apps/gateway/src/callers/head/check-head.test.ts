import { soakProperty } from "@claude-on-aws/fixtures";
import type { RequestHead } from "@claude-on-aws/listen";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkHead, createHeadRules } from "./check-head.ts";
import { findPathProblem } from "./find-path-problem.ts";

type Headers = RequestHead["headers"];

const RULES = createHeadRules(
  { host: "10.0.0.5", allowedHosts: ["Gateway.Example", "other.example:8443", "[fd00::5]"] },
  { frontEnd: { header: "X-Client-Name", addresses: ["10.0.0.9"] } },
);

const head = (headers: Headers, changed: Partial<RequestHead> = {}): RequestHead => ({
  method: "POST",
  target: "/v1/messages?beta=true",
  headers,
  httpVersion: "1.1",
  ...changed,
});
const codeOf = (asked: RequestHead, rules = RULES): string | undefined => checkHead(asked, rules)?.code;

const HOST = ["host", "127.0.0.1:4343"] as const;
const HTTP2 = [
  [":method", "POST"],
  [":scheme", "http"],
  [":authority", "127.0.0.1:4343"],
  [":path", "/v1/messages"],
] as const;

describe("checkHead()", () => {
  test("takes what a client of today sends", () => {
    const headers: Headers = [
      ["Accept", "application/json"],
      ["Authorization", "Bearer x"],
      ["Content-Type", "application/json"],
      ["User-Agent", "claude-cli/2.1.332 (external, cli)"],
      ["X-Stainless-Arch", "arm64"],
      ["anthropic-beta", "one,two"],
      ["anthropic-beta", "three"],
      ["x-my_own", "custom"],
      ["Connection", "keep-alive"],
      ["Host", "127.0.0.1:4343"],
      ["sec-fetch-mode", "cors"],
      ["Content-Length", "10"],
    ];

    expect(codeOf(head(headers))).toBeUndefined();
    expect(
      codeOf(head([...HTTP2, ["te", "trailers"], ["content-length", "3"]], { httpVersion: "2.0" })),
    ).toBeUndefined();
  });

  test.each([
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost:4343",
    "LOCALHOST",
    "[::1]:4343",
    "10.0.0.5:4343",
    "gateway.example",
    "gateway.EXAMPLE:99",
    "other.example:8443",
    "[fd00::5]",
    "[fd00::5]:4343",
    "[FD00:0:0::5]",
    "[::ffff:10.0.0.5]:4343",
  ])("takes the host %s", (host) => {
    expect(codeOf(head([["host", host]]))).toBeUndefined();
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "gateway.example.evil.example",
    "other.example",
    "other.example:1",
    "10.0.0.6",
    "localhost@evil.example",
    "127.0.0.1:80:80",
    "127.0.0.1, evil.example",
    "2130706433",
    "127.1",
    "localhost:",
    "localhost.",
    "",
    "[fd00::6]",
    "::1",
  ])("refuses the host %j", (host) => {
    expect(codeOf(head([["host", host]]))).toBe("HOST_FOREIGN");
  });

  test.each(["https://gateway.example", "a b", "", "fd00::5", "gateway.example:"])(
    "does not start with %j allowed",
    (name) => {
      expect(() => createHeadRules({ allowedHosts: [name] })).toThrow(
        expect.objectContaining({ code: "SETTINGS_INVALID" }),
      );
    },
  );

  test.each(["0.0.0.0", "::", "0:0::0"])("where it listens on %s, takes any address, and no name", (host) => {
    const rules = createHeadRules({ host });

    expect(codeOf(head([["host", "192.0.2.7:4343"]]), rules)).toBeUndefined();
    expect(codeOf(head([["host", "rebound.example"]]), rules)).toBe("HOST_FOREIGN");
  });

  test("where it listens on every address, takes any address, and no name", () => {
    const rules = createHeadRules({ host: "0.0.0.0" });

    expect(codeOf(head([["host", "192.0.2.7:4343"]]), rules)).toBeUndefined();
    expect(codeOf(head([["host", "[fd00::1]:4343"]]), rules)).toBeUndefined();
    expect(codeOf(head([["host", "rebound.example"]]), rules)).toBe("HOST_FOREIGN");
  });

  test.each<[string, string, Headers]>([
    ["another origin", "ORIGIN_FOREIGN", [HOST, ["Origin", "https://evil.example"]]],
    ["an opaque origin", "ORIGIN_FOREIGN", [HOST, ["origin", "null"]]],
    ["another port as origin", "ORIGIN_FOREIGN", [HOST, ["origin", "http://127.0.0.1:1"]]],
    ["a request across sites", "ORIGIN_FOREIGN", [HOST, ["Sec-Fetch-Site", "cross-site"]]],
    ["a request within a site", "ORIGIN_FOREIGN", [HOST, ["sec-fetch-site", "same-site"]]],
    ["no host", "REQUEST_AMBIGUOUS", [["accept", "*/*"]]],
    ["two hosts", "REQUEST_AMBIGUOUS", [HOST, HOST]],
    ["two authorizations", "REQUEST_AMBIGUOUS", [HOST, ["authorization", "Bearer a"], ["Authorization", "Bearer a"]]],
    ["two keys", "REQUEST_AMBIGUOUS", [HOST, ["x-api-key", "a"], ["X-Api-Key", "b"]]],
    ["two lengths", "REQUEST_AMBIGUOUS", [HOST, ["content-length", "1"], ["content-length", "1"]]],
    ["a length and chunks", "REQUEST_AMBIGUOUS", [HOST, ["content-length", "1"], ["transfer-encoding", "chunked"]]],
    ["two types", "REQUEST_AMBIGUOUS", [HOST, ["content-type", "a/b"], ["content-type", "a/c"]]],
    ["another method", "REQUEST_AMBIGUOUS", [HOST, ["X-HTTP-Method-Override", "DELETE"]]],
    ["another path", "REQUEST_AMBIGUOUS", [HOST, ["x-original-url", "/metrics"]]],
    ["a key that is to be taken out", "REQUEST_AMBIGUOUS", [HOST, ["connection", "close, Authorization"]]],
    ["another header to be taken out", "REQUEST_AMBIGUOUS", [HOST, ["connection", "x-client-name"]]],
    ["a key with another sign", "REQUEST_AMBIGUOUS", [HOST, ["x_api_key", "a"]]],
    ["a length with another sign", "REQUEST_AMBIGUOUS", [HOST, ["Content_Length", "1"]]],
    ["the front end's header with another sign", "REQUEST_AMBIGUOUS", [HOST, ["x-client_name", "root"]]],
  ])("refuses %s: %s", (_, code, headers) => {
    expect(codeOf(head(headers))).toBe(code);
  });

  test.each<[string, Headers]>([
    ["connection", [["connection", "close"]]],
    ["transfer-encoding", [["transfer-encoding", "chunked"]]],
    ["keep-alive", [["keep-alive", "1"]]],
    ["proxy-connection", [["proxy-connection", "close"]]],
    ["upgrade", [["upgrade", "h2c"]]],
    ["another te", [["te", "gzip"]]],
    ["a protocol", [[":protocol", "websocket"]]],
    ["a second path", [[":path", "/"]]],
    ["another host", [["host", "localhost"]]],
    ["a line break in a value", [["x-a", "1\r\nx-api-key: 2"]]],
    ["a zero in a value", [["x-a", "1\u00002"]]],
    ["a name in capitals", [["X-A", "1"]]],
    ["a name with a space", [["x a", "1"]]],
    ["a name with a line break", [["x-a\r\nx-b", "1"]]],
  ])("refuses, in HTTP/2, %s", (_, headers) => {
    expect(codeOf(head([...HTTP2, ...headers], { httpVersion: "2.0" }))).toBe("REQUEST_AMBIGUOUS");
  });

  test("takes, in HTTP/2, a host that says the same", () => {
    expect(codeOf(head([...HTTP2, ["host", "127.0.0.1:4343"]], { httpVersion: "2.0" }))).toBeUndefined();
  });

  test("takes an origin of its own", () => {
    expect(
      codeOf(head([HOST, ["origin", "http://127.0.0.1:4343"], ["sec-fetch-site", "same-origin"]])),
    ).toBeUndefined();
  });

  test.each(["get", "GE T", "", "G".repeat(33)])("refuses the method %j", (method) => {
    expect(codeOf(head([HOST], { method }))).toBe("REQUEST_AMBIGUOUS");
  });

  test("says nothing of what a header holds", () => {
    const secret = "hunter2hunter2";
    const bad: Headers[] = [
      [HOST, ["authorization", secret], ["authorization", secret]],
      [HOST, ["x-http-method-override", secret]],
      [HOST, ["connection", secret]],
      [["host", secret]],
      [HOST, ["origin", secret]],
    ];
    for (const headers of bad) expect(JSON.stringify(checkHead(head(headers), RULES))).not.toContain(secret);
  });

  test("never takes a host that names another one, whatever stands around it", () => {
    const part = fc.constantFrom(
      "localhost",
      "127.0.0.1",
      "[::1]",
      ".",
      ":",
      "@",
      ",",
      " ",
      "\t",
      "/",
      "\\",
      "%",
      "evil.example",
      "80",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const host = parts.join("");
        const isTaken = codeOf(head([["host", host]]), createHeadRules()) === undefined;
        expect(
          isTaken && !/^(?:localhost|127\.0\.0\.1|\[::1\])(?::80{1,4})?(?:80)*$/.test(host) && host.includes("evil"),
        ).toBe(false);
      }),
      soakProperty(100_000, 2_000),
    );
  });
});

const ARN = "arn%3Aaws%3Abedrock%3Aus-west-2%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-opus-5";

describe("findPathProblem()", () => {
  test.each([
    "/v1/messages",
    "/v1/messages?beta=true&x=%2e%2e%2f",
    "/model/us.anthropic.claude-opus-4-8-v1%3A0/invoke",
    "/model/us.anthropic.claude-opus-4-8-v1:0/invoke",
    `/model/${ARN}/invoke`,
    "/model/arn:aws:bedrock:us-west-2:123456789012:inference-profile%2Fus.x/invoke",
    "/v1/files/file_01.txt",
    "/v1/...",
    "/.well-known/x",
    "/",
  ])("takes %s", (target) => {
    expect(findPathProblem(target)).toBeUndefined();
  });

  test.each([
    "http://evil.example/v1/messages",
    "https://127.0.0.1:4343/v1/messages",
    "*",
    "",
    "v1/messages",
    "evil.example:443",
    "//evil.example/v1/messages",
    "/v1/../metrics",
    "/v1/..",
    "/./v1/messages",
    "/v1/%2e%2e/metrics",
    "/v1/%2E./metrics",
    "/v1/.%2e",
    "/v1%2fmessages",
    "/v1/messages%2F..",
    "/model/x%2Fy/invoke",
    `/model/${ARN}%2F../invoke`,
    `/model/${ARN}%2F/invoke`,
    `/model/${ARN}%2F%2e%2e/invoke`,
    "/v1/%252e%252e/x",
    "/v1/messages%00",
    "/v1/messages%0d%0ahost:x",
    "/v1/messages%7f",
    "/v1/messages%5c..",
    "/v1\\messages",
    "/v1/messages#x",
    "/v1/messages%zz",
    "/v1/messages%",
    "/v1/mess ages",
    "/v1/mess\u0000ages",
    "/v1/messages\u00e9",
  ])("finds what is wrong with %j", (target) => {
    expect(findPathProblem(target)).toBeTypeOf("string");
  });

  test("never takes a path that another reader of URLs reads as another one", () => {
    const part = fc.constantFrom(
      "/",
      ".",
      "..",
      "%2e",
      "%2F",
      "%5c",
      "\\",
      "v1",
      "messages",
      "?",
      "#",
      "%",
      "%25",
      ";",
      ":",
      "@",
      "arn:",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const target = `/${parts.join("")}`;
        const url = URL.parse(target, "http://127.0.0.1:4343");
        const isSame = url?.host === "127.0.0.1:4343" && url.pathname === target.split("?")[0];
        expect(findPathProblem(target) === undefined && !isSame).toBe(false);
      }),
      soakProperty(100_000, 3_000),
    );
  });
});
