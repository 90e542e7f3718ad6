import { describe, expect, test } from "vitest";
import { halfSipHash } from "./half-sip-hash.ts";
import { HIDDEN, hide } from "./hide.ts";
import { redactBody } from "./redact-body.ts";
import { redactField } from "./redact-field.ts";
import { redactHeader } from "./redact-header.ts";
import { redactHost } from "./redact-host.ts";
import { redactText } from "./redact-text.ts";
import { redactQuery, redactTarget, redactUrl } from "./redact-url.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/** With every hidden value as `‹›`. */
const short = (text: string): string => text.replace(new RegExp(HIDDEN, "g"), "‹›");

describe("halfSipHash()", () => {
  test.each([
    [0, 0x5b9f35a9],
    [1, 0xb85a4727],
    [2, 0x03a662fa],
    [3, 0x04e7fe8a],
    [4, 0x89466e2a],
  ])("has the value of the authors for %i bytes", (length, expected) => {
    const key = new Uint32Array(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]).buffer);

    expect(
      halfSipHash(
        key,
        Uint8Array.from({ length }, (_, index) => index),
      ),
    ).toBe(expected);
  });
});

describe("hide()", () => {
  test("says how long a value is, and the same of the same value", () => {
    expect(hide(SECRET)).toMatch(/^‹40 characters #[0-9a-f]{4}›$/);
    expect(hide(SECRET)).toBe(hide(SECRET));
    const tags = new Set(Array.from({ length: 100 }, (_, index) => hide(`value number ${100 + index}`)));
    expect(tags.size).toBeGreaterThan(95);
  });
});

describe("redactHeader()", () => {
  test.each([
    "x-api-key",
    "Api-Key",
    "x_api_key",
    "Ocp-Apim-Subscription-Key",
    "X-Functions-Key",
    "Helicone-Auth",
    "x-goog-api-key",
    "x-auth-token",
    "x-amz-security-token",
    "x-amz-sso_bearer_token",
    "x-aws-ec2-metadata-token",
    "x-aws-secret-access-key",
    "x-forwarded-authorization",
    "anthropic-api-key",
    "cookie",
    "set-cookie",
    "x-team",
    "constructor",
    "__proto__",
  ])("hides the value of %s, whatever it is", (name) => {
    for (const value of [SECRET, "blue", "1"]) expect(redactHeader(name, value)).toBe(hide(value));
  });

  test.each([
    ["anthropic-version", "2023-06-01"],
    ["anthropic-beta", "context-1m-2025-08-07,interleaved-thinking-2025-05-14,claude-code-20250219"],
    ["anthropic-workspace-id", "wrkspc_01AbCdEf23GhIj"],
    ["anthropic-organization-id", "00000000-0000-4000-8000-000000000000"],
    ["anthropic-ratelimit-input-tokens-remaining", "3999"],
    ["request-id", "req_011CSHoEeqs5C35K2UUqR7Fy"],
    ["x-amzn-RequestId", "6506f0be-b2d2-4172-926b-8dd59e7426d4"],
    ["x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678"],
    ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
    ["idempotency-key", "stainless-node-retry-6506f0be-b2d2-4172-926b-8dd59e7426d4"],
    ["x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["x-amz-date", "20261121T012135Z"],
    ["x-stainless-retry-count", "2"],
    ["x-stainless-token-count", "2"],
    ["content-type", "multipart/form-data; boundary=----formdata-undici-023414177702"],
    ["user-agent", "claude-cli/2.1.329 (external, sdk-cli) AnthropicAws/JS 1.11.0"],
    ["host", "vpce-0a1b2c3d4e5f67890-abcd1234.bedrock-runtime.us-east-1.vpce.amazonaws.com:443"],
    ["host", "[2001:db8::1f00]:8443"],
    ["x-forwarded-for", "203.0.113.7, 2001:db8::1"],
    [
      "authorization",
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0a".repeat(32)}`,
    ],
  ])("shows %s: %s", (name, value) => {
    expect(redactHeader(name, value)).toBe(value);
  });

  test.each([
    ["authorization", `Bearer ${SECRET}`, "Bearer ‹›"],
    ["authorization", SECRET, "‹›"],
    ["Authorization", `Token token=${SECRET}`, "Token ‹›"],
    [
      "authorization",
      `AWS4-HMAC-SHA256 Credential=${SECRET}/20261121/us-east-1`,
      "AWS4-HMAC-SHA256 Credential=‹›/20261121/us-east-1",
    ],
    ["authorization", `AWS4-HMAC-SHA256 Signature=${SECRET}`, "AWS4-HMAC-SHA256 Signature=‹›"],
    ["anthropic-workspace-id", `sk-ant-${"api03"}-${"a1".repeat(20)}`, "‹›"],
    ["anthropic-beta", `b1,${SECRET}`, "b1,‹›"],
    ["user-agent", `curl/8 ${SECRET} x`, "curl/8 ‹› x"],
    ["referer", `https://me:${SECRET}@a.example/v1?api_key=b#${SECRET}`, "https://‹›@a.example/v1?api_key=‹›#‹›"],
    ["host", `me:${SECRET}@a.example`, "‹›@a.example"],
    ["x-request-id", SECRET, "‹›"],
  ])("hides in %s: %s what is none of it", (name, value, expected) => {
    expect(short(redactHeader(name, value))).toBe(expected);
  });
});

describe("redactTarget() and redactQuery()", () => {
  test.each([
    "/v1/messages?beta=true",
    "/v1/messages/batches/msgbatch_01AbCdEf23GhIj/results",
    "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke-with-response-stream",
    "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fa1b2c3d4e5f6/converse",
    "/model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6/converse",
    "/inference-profiles?nextToken=5&maxResults=1&typeEquals=SYSTEM_DEFINED",
    "/?Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fdeploy&DurationSeconds=900",
    "/?X-Amz-Credential=AKIDEXAMPLE%2F20261121%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-SignedHeaders=host%3Bx-amz-date",
    "/",
    "",
    "//a//b/../",
    "*",
  ])("shows %s", (target) => {
    expect(redactTarget(target)).toBe(target);
  });

  test.each([
    [`/v1/messages/${encodeURIComponent(SECRET)}/x`, "/v1/messages/‹›/x"],
    [`/v1/${encodeURIComponent(encodeURIComponent(SECRET))}`, "/v1/‹›"],
    [`/v1?team=blue&limit=${SECRET}`, "/v1?team=‹›&limit=‹›"],
    ["/v1?constructor=1&monkey=2&limit=5", "/v1?constructor=‹›&monkey=‹›&limit=5"],
    [`/v1?${SECRET}`, "/v1?‹›"],
    [`/v1?${encodeURIComponent(SECRET)}=1`, "/v1?‹›=‹›"],
    [`https://me:pass@a.example/v1?x=1`, "https://‹›@a.example/v1?x=‹›"],
    ["/v1?sig=%zz&X-Amz-Signature=0a", "/v1?sig=‹›&X-Amz-Signature=‹›"],
  ])("hides in %s", (target, expected) => {
    expect(short(redactTarget(target))).toBe(expected);
  });

  test("names the same value alike however it is written", () => {
    expect(redactQuery(`a=${encodeURIComponent(SECRET)}`)).toBe(`a=${hide(SECRET)}`);
    expect(redactTarget(`/${encodeURIComponent(SECRET)}`)).toBe(`/${hide(SECRET)}`);
  });

  test("hides labels of a host", () => {
    expect(short(redactHost("a1b2c3d4e5f6g7h8.example:443"))).toBe("‹›.example:443");
    expect(redactUrl("http://127.0.0.1:4242/v1/messages")).toBe("http://127.0.0.1:4242/v1/messages");
  });
});

describe("redactText()", () => {
  test.each([
    "The model us.anthropic.claude-sonnet-4-5-20250929-v1:0 is not served in eu-central-1.",
    "Send anthropic-version: 2023-06-01, then retry after 2026-11-21T12:00:00.000Z.",
    'messages.0.content.1.tool_result: unexpected `tool_use_id` found: "toolu_01AbCdEf23GhIj".',
    "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: bedrock:InvokeModel",
    "ANTHROPIC_AWS_WORKSPACE_ID, maxJournalBodyBytes, Uint8Array, packages/endpoints/src/redact/hide.ts",
    "Der Schlüssel ist unterzeichnet. 署名が正しくありません。",
    "sha256, 16KiB, 20150830T123600Z, 123456789012, HTTP/1.1, us-east-1, x86_64, Boto3/1.43.11",
    "https://platform.claude.com/docs/en/api/errors",
    "‹32 characters #a1b2›",
    "",
  ])("shows %j", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test.each([
    [`a ${SECRET}.`, "a ‹›."],
    [`{"a":"${SECRET}"}`, '{"a":"‹›"}'],
    [`export AWS_SECRET_ACCESS_KEY=${SECRET}`, "export AWS_SECRET_ACCESS_KEY=‹›"],
    ["run with PASSWORD=hunter2", "run with PASSWORD=‹›"],
    ["-H 'Authorization: Bearer hunter2hunter'", "-H 'Authorization: Bearer ‹›'"],
    [`key ABSK${"QmVkcm9ja0FQSUtleS1hYmNk"} here`, "key ‹› here"],
    [`see http://u:p@a.example/?token=x`, "see http://‹›@a.example/?token=‹›"],
    [btoa(SECRET), "‹›"],
    ["6506f0be-b2d2-4172-926b-8dd59e7426d4", "‹›"],
    ["0123456789012345678", "‹›"],
  ])("hides in %j", (text, expected) => {
    expect(short(redactText(text))).toBe(expected);
  });
});

describe("redactBody()", () => {
  test.each([
    '{"model":"claude-opus-5",\n "max_tokens": 16, "messages":[{"role":"user","content":"Say \\u0068ello"}]}',
    `{"content":[{"type":"thinking","thinking":"so","signature":"${btoa(SECRET)}"}]}`,
    '{"id":"msg_01AbCdEf23GhIj","usage":{"input_tokens":12},"stop_reason":null,"stream":true}',
    '{"id":"msg_bdrk_01AbCdEf23GhIjKlMnOpQrSt","content":[{"type":"tool_use","id":"toolu_bdrk_01AbCdEf23GhIjKlMnOpQrSt"}]}',
    '{"content":[{"toolUse":{"toolUseId":"tooluse_kZJMlvQmRJ6eAyJE5GIl7Q"}},{"toolUse":{"toolUseId":"tooluse_-ZJMlv_mRJ6eAyJE5GIl7Q"}}]}',
    "{",
    '{"max_tokens":1e999,',
    "[]",
    "plain words",
    'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    "\uFEFF{}",
    "Action=GetCallerIdentity&Version=2011-06-15",
  ])("shows %j", (body) => {
    expect(redactBody(body)).toBe(body);
  });

  test.each([
    [
      '{"clientSecret":"s","refreshToken": "r","a":{"b":["c",{"text":"d"}]}}',
      '{"clientSecret":"‹›","refreshToken": "‹›","a":{"b":["‹›",{"text":"d"}]}}',
    ],
    ['{"text":"so \\"wJalrXUtnFEMI\\/K7MDENG\\"","pin":12345678,"n":5}', '{"text":"so \\"‹›\\"","pin":"‹›","n":5}'],
    [`{"${SECRET}":1,"__proto__":"x","constructor":"y"}`, '{"‹›":1,"__proto__":"‹›","constructor":"‹›"}'],
    ['{"input":{"city":"Paris"},"name":"weather"}', '{"input":{"city":"‹›"},"name":"weather"}'],
    ['{"text":"a","b":"cut', '{"text":"a","b":"‹›"'],
    ['{"a":"\\u00', '{"a":"‹›"'],
    [`data: {"password":"x"}\ndata: ${SECRET}`, 'data: {"password":"‹›"}\ndata: ‹›'],
    ["client_secret=x&Version=1", "client_secret=‹›&Version=1"],
    [SECRET, "‹›"],
  ])("hides in %j", (body, expected) => {
    expect(short(redactBody(body))).toBe(expected);
  });

  test("shows and hides fields alike", () => {
    expect(redactField("model", "claude-opus-5")).toBe("claude-opus-5");
    expect(redactField("hasOwnProperty", "x")).toBe(hide("x"));
  });
});
