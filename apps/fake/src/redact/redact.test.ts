import { hide } from "@claude-on-aws/endpoints";
import type { Mistake } from "@claude-on-aws/auth/diagnose";
import { describe, expect, test } from "vitest";
import { redactMistake } from "./redact-mistake.ts";
import { configuredSecrets } from "./secrets.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import {
  hideBody,
  redactCanonicalRequest,
  redactCutBody,
  redactHeaders,
  redactStringToSign,
  redactTarget,
} from "./redact.ts";

/** A secret that looks like two words, and is known. */
const KNOWN = "open sesame";
const SECRETS = configuredSecrets(
  resolveOptions({ credentials: [{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: KNOWN }] }),
);
const HASH = "0a".repeat(32);

describe("redactHeaders()", () => {
  test.each([
    "x-api-key",
    "Api-Key",
    "x-goog-api-key",
    "ocp-apim-subscription-key",
    "x-functions-key",
    "x-auth-token",
    "x-amz-security-token",
    "x-amz-sso_bearer_token",
    "x-aws-ec2-metadata-token",
    "x-aws-secret-access-key",
    "x-forwarded-authorization",
    "helicone-auth",
    "x_api_key",
    "cookie",
    "x-anything",
  ])("takes out the value of %s", (name) => {
    expect(redactHeaders([[name, "hidden"]], [])).toEqual([[name, hide("hidden")]]);
  });

  test.each([
    ["idempotency-key", "stainless-node-retry-6506f0be-b2d2-4172-926b-8dd59e7426d4"],
    ["x-amz-content-sha256", HASH],
    ["anthropic-workspace-id", "wrkspc_01AbCdEf23GhIj"],
    ["x-stainless-token-count", "1"],
  ])("leaves that of %s", (name, value) => {
    expect(redactHeaders([[name, value]], [])).toEqual([[name, value]]);
  });

  test("takes what is known out of the others, and names that look like a key", () => {
    expect(redactHeaders([["user-agent", `a ${KNOWN} b`]], SECRETS)).toEqual([["user-agent", `a ${hide(KNOWN)} b`]]);
    expect(redactHeaders([["wJalrXUtnFEMI-K7MDENG", ""]], [])).toEqual([[hide("wJalrXUtnFEMI-K7MDENG"), ""]]);
  });

  test("keeps the scheme of authorization, and a signature", () => {
    expect(redactHeaders([["Authorization", "Bearer hidden"]], [])).toEqual([
      ["Authorization", `Bearer ${hide("hidden")}`],
    ]);
    const signature = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/…, Signature=${HASH}`;
    expect(redactHeaders([["authorization", signature]], [])).toEqual([["authorization", signature]]);
  });
});

describe("redactTarget()", () => {
  test.each([
    "key",
    "Token",
    "client_secret",
    "password",
    "X-Amz-Signature",
    "aws_secret_access_key",
    "authorization",
    "a",
  ])("takes out the value of the parameter %s", (name) => {
    expect(redactTarget(`/v1/models?limit=1&${name}=hidden&page=2`, [])).toBe(
      `/v1/models?limit=1&${name}=${hide("hidden")}&page=2`,
    );
  });

  test("leaves those that are known to be harmless", () => {
    expect(redactTarget("/inference-profiles?nextToken=5&maxResults=1", [])).toBe(
      "/inference-profiles?nextToken=5&maxResults=1",
    );
  });
});

describe("redactCanonicalRequest() and redactStringToSign()", () => {
  test("take out the same values as of the request itself", () => {
    const text = `GET\n/v1/models\nlimit=1&secret=hidden\nhost:a\nx-auth-token:hidden\n\nhost;x-auth-token\n${HASH}`;
    expect(redactCanonicalRequest(text, [])).toBe(text.replaceAll("hidden", hide("hidden")));
  });

  test("leave what a diagnosis shows", () => {
    const text = `AWS4-HMAC-SHA256\n20261121T120000Z\n20261121/us-east-1/bedrock/aws4_request\n${HASH}`;
    expect(redactStringToSign(text, [])).toBe(text);
  });
});

describe("redactMistake()", () => {
  const mistake = (more: Partial<Mistake>): Mistake => ({ code: "HEADER_REWRITTEN", message: "m", fix: "f", ...more });

  test.each<Partial<Mistake>>([
    { code: "HEADER_REWRITTEN", header: "content-type", signed: "application/json", received: "text/plain" },
    { code: "PATH_RECODED", signed: "/model/a%253A0/invoke", received: "/model/a%3A0/invoke" },
    { code: "BODY_CHANGED", signed: HASH, received: HASH },
    {
      code: "HOST_REWRITTEN",
      header: "host",
      signed: "localhost:4242",
      received: "bedrock-runtime.us-east-1.amazonaws.com",
    },
    { code: "WRONG_REGION", signed: "us-east-1", received: "eu-west-1" },
  ])("shows $code", ({ signed, received, ...rest }) => {
    const more = { ...rest, signed, received, message: `m (signed "${signed}", received "${received}")` } as Mistake;
    expect(redactMistake(mistake(more), SECRETS)).toEqual(mistake(more));
  });

  test.each<Partial<Mistake>>([
    { code: "HEADER_REWRITTEN", header: "x-team-key", signed: "a-secret", received: "b-secret" },
    { code: "QUERY_NOT_SORTED", signed: "a=a-secret", received: "a=b-secret" },
  ])("hides the values of $code where they may be secret", ({ signed, received, ...rest }) => {
    const more = { ...rest, signed, received, message: `m (signed "${signed}", received "${received}")` } as Mistake;
    expect(JSON.stringify(redactMistake(mistake(more), SECRETS))).not.toMatch(/-secret/);
  });
});

test.each([
  ["the key is bDltNHJrN3", "the key is ‹›"],
  ['{"system":"the key is bDlt', '{"system":"the key is ‹›'],
  ['{"anthropic_version":"bedrock-20', '{"anthropic_version":"bedrock-20'],
  ["the key is bDl", "the key is bDl"],
  [`the line is ${"x".repeat(20)}`, `the line is ${"x".repeat(20)}`],
  ["the key is ‹9 characters #a1b2›", "the key is ‹›"],
])("redactCutBody() makes of %j %j", (text, expected) => {
  expect(redactCutBody(text).replace(/‹\d+ characters #\w{4}›/, "‹›")).toBe(expected);
});

test("hideBody() says how long the beginning of a body is", () => {
  expect(hideBody(new TextEncoder().encode("x".repeat(100_000)))).toMatch(/^‹65536 characters #\w{4}›$/);
});
