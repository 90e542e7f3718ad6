import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BedrockError, decodeModelPath, encodeModelPath } from "./index.ts";

const ARN = "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc123def456";

describe("encodeModelPath()", () => {
  test.each([
    ["anthropic.claude-3-haiku-20240307-v1:0", undefined, "anthropic.claude-3-haiku-20240307-v1%3A0"],
    ["anthropic.claude-3-haiku-20240307-v1:0", "raw", "anthropic.claude-3-haiku-20240307-v1:0"],
    [ARN, "encoded", ARN.replaceAll(":", "%3A").replace("/", "%2F")],
    [ARN, "raw", ARN.replace("/", "%2F")],
    // As Claude Code 2.1.329 wrote it.
    ["my model/(x)!*'$&+,;=:@~%é", "raw", "my%20model%2F(x)!*'$&+,;=:@~%25%C3%A9"],
    ["(x)!*'", "encoded", "%28x%29%21%2A%27"],
  ] as const)("writes %s with colon %s", (modelId, colon, segment) => {
    expect(encodeModelPath(modelId, { colon })).toBe(segment);
  });

  test("refuses half a surrogate pair", () => {
    expect(() => encodeModelPath("\uD800")).toThrow(expect.objectContaining({ code: "MODEL_PATH_ENCODING" }));
  });

  test.each(["raw", "encoded"] as const)("is undone by decodeModelPath() with colon %s", (colon) => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (modelId) => {
        const segment = encodeModelPath(modelId, { colon });
        expect(segment).not.toContain("/");
        expect(decodeModelPath(segment)).toBe(modelId);
      }),
    );
  });
});

describe("decodeModelPath()", () => {
  test.each(["%", "%4", "%zz", "%80", "%C3", "a%E2%82"])("refuses %s", (segment) => {
    expect(() => decodeModelPath(segment)).toThrow(expect.objectContaining({ code: "MODEL_PATH_ENCODING" }));
  });

  test("throws nothing but its own error", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[%0-9A-Fa-f:/.]{0,20}$/), (segment) => {
        try {
          decodeModelPath(segment);
        } catch (error) {
          expect(error).toBeInstanceOf(BedrockError);
        }
      }),
      soakProperty(5000, 1000),
    );
  });
});
