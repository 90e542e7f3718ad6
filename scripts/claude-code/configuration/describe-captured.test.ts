import { describe, expect, test } from "vitest";
import type { CapturedRequest } from "./capture-server.ts";
import { describeCaptured } from "./describe-captured.ts";

const CAPTURE_URL = "http://127.0.0.1:1234";
const post = (fields: Partial<CapturedRequest>): CapturedRequest => ({
  origin: CAPTURE_URL,
  method: "POST",
  target: "/v1/messages?beta=true",
  headers: {},
  body: '{"model":"claude-opus-5-5","max_tokens":64000}',
  ...fields,
});

describe("describeCaptured()", () => {
  test("leaves out probes and the token service, and keeps the calls before", () => {
    const described = describeCaptured(
      [
        post({ method: "GET", target: "/inference-profiles?type=SYSTEM_DEFINED", body: "" }),
        post({ origin: "https://sts.us-east-1.amazonaws.com", target: "/", body: "Action=GetCallerIdentity" }),
        post({ target: "/v1/messages", body: '{"model":"m","max_tokens":1,"messages":[]}' }),
        post({ target: "/p//v1/messages" }),
      ],
      CAPTURE_URL,
      "",
    );
    expect(described).toMatchObject({
      origin: "http://fake.test",
      target: "/p//v1/messages",
      bodyModel: "claude-opus-5-5",
      controlPlane: ["GET /inference-profiles?type=SYSTEM_DEFINED"],
    });
  });

  const signature = "AWS4-HMAC-SHA256 Credential=AKID/20261129/us-east-1/bedrock/aws4_request, SignedHeaders=host";
  const signed = { type: "sigv4", accessKeyId: "AKID", region: "us-east-1", service: "bedrock" };
  test.each<readonly [title: string, headers: Readonly<Record<string, string>>, auth: object]>([
    ["a signature", { authorization: signature }, { ...signed, sessionToken: null }],
    ["a session", { authorization: signature, "x-amz-security-token": "token" }, { ...signed, sessionToken: "token" }],
    ["a bearer token", { authorization: "Bearer token" }, { type: "headers", bearer: "token" }],
    ["a key", { "x-api-key": "key" }, { type: "headers", xApiKey: "key" }],
    ["nothing", {}, { type: "none" }],
  ])("reads %s", (_title, headers, auth) => {
    expect(describeCaptured([post({ headers })], CAPTURE_URL, "")).toMatchObject({ auth });
  });

  test("gives what was printed where nothing was sent", () => {
    expect(describeCaptured([], CAPTURE_URL, "no credentials")).toEqual({ error: "no credentials", controlPlane: [] });
  });
});
