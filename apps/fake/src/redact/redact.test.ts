import { describe, expect, test } from "vitest";
import { redactCanonicalRequest, redactHeaders, redactTarget } from "./redact.ts";

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
    "proxy-authorization",
    "cookie",
  ])("takes out the value of %s", (name) => {
    expect(redactHeaders([[name, "hidden"]], [])).toEqual([[name, "[redacted]"]]);
  });

  test.each(["idempotency-key", "x-amz-content-sha256", "anthropic-workspace-id", "x-stainless-token-count", "keys"])(
    "leaves that of %s",
    (name) => {
      expect(redactHeaders([[name, "shown"]], [])).toEqual([[name, "shown"]]);
    },
  );

  test("keeps the scheme of authorization, and a signature", () => {
    expect(redactHeaders([["Authorization", "Bearer hidden"]], [])).toEqual([["Authorization", "Bearer [redacted]"]]);
    const signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/…, Signature=00";
    expect(redactHeaders([["authorization", signature]], [])).toEqual([["authorization", signature]]);
  });
});

describe("redactTarget()", () => {
  test.each(["key", "Token", "client_secret", "password", "X-Amz-Signature", "aws_secret_access_key", "authorization"])(
    "takes out the value of the parameter %s",
    (name) => {
      expect(redactTarget(`/v1/models?a=1&${name}=hidden&b=2`, [])).toBe(`/v1/models?a=1&${name}=[redacted]&b=2`);
    },
  );

  test("leaves other parameters", () => {
    expect(redactTarget("/inference-profiles?nextToken=5&limit=1&monkey=2", [])).toBe(
      "/inference-profiles?nextToken=5&limit=1&monkey=2",
    );
  });
});

describe("redactCanonicalRequest()", () => {
  test("takes out the same values as of the request itself", () => {
    const text = "GET\n/v1/models\na=1&secret=hidden\nhost:a\nx-auth-token:hidden\n\nhost;x-auth-token\n0";
    expect(redactCanonicalRequest(text, [])).toBe(
      "GET\n/v1/models\na=1&secret=[redacted]\nhost:a\nx-auth-token:[redacted]\n\nhost;x-auth-token\n0",
    );
  });
});
