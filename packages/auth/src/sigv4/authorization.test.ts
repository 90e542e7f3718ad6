import { describe, expect, test } from "vitest";
import { formatAuthorization, parseAuthorization } from "./authorization.ts";

const TEXT =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff";

describe("parseAuthorization()", () => {
  test("reads what formatAuthorization() writes", () => {
    const parts = parseAuthorization(TEXT);

    expect(parts).toEqual({
      accessKeyId: "AKIDEXAMPLE",
      scope: { date: "20261121", region: "us-east-1", service: "bedrock" },
      terminator: "aws4_request",
      signedHeaders: ["host", "x-amz-date"],
      signature: "00ff",
    });
    expect(formatAuthorization(parts)).toBe(TEXT);
  });

  test("reads commas without spaces, and any order", () => {
    const shuffled =
      "AWS4-HMAC-SHA256 Signature=00ff,SignedHeaders=host;x-amz-date,Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request";

    expect(parseAuthorization(shuffled)).toEqual(parseAuthorization(TEXT));
  });

  test.each([
    ["another scheme", "Bearer abc", ["Credential", "Signature", "SignedHeaders"]],
    ["another algorithm", TEXT.replace("SHA256", "SHA512"), ["Credential", "Signature", "SignedHeaders"]],
    ["no signature", TEXT.replace("Signature=00ff", ""), ["Signature"]],
    ["an empty credential", TEXT.replace(/Credential=[^,]+/, "Credential="), ["Credential"]],
  ])("refuses %s and says what is missing", (_, text, missing) => {
    expect(() => parseAuthorization(text)).toThrow(
      expect.objectContaining({ code: "AUTHORIZATION_MALFORMED", missing }),
    );
  });

  test("refuses a credential that is too short", () => {
    expect(() => parseAuthorization(TEXT.replace("/aws4_request", ""))).toThrow(
      expect.objectContaining({ code: "CREDENTIAL_MALFORMED" }),
    );
  });
});
