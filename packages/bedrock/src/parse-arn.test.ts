import { anyText } from "@claude-on-aws/fixtures/any-text";
import fc from "fast-check";
import { readJson, soakProperty } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { BedrockError, formatArn, parseArn, parseBedrockResource, type Arn, type BedrockResource } from "./index.ts";

type Case = { readonly name: string; readonly arn: string } & (
  | { readonly expect: Arn; readonly resource?: BedrockResource }
  | { readonly throws: string }
);
const CASES = readJson<Case[]>("arn/bedrock.json");
const PARSED = CASES.filter((row) => "expect" in row);

// Text that gets past the first checks more often than chance would let it.
const almostArn = fc
  .array(
    fc.constantFrom("arn", ":", "/", "aws", "bedrock", "123456789012", "us-east-1", "inference-profile", "x", ""),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(""));

describe("parseArn()", () => {
  test.each(PARSED)("reads $name", ({ arn, expect: fields }) => {
    expect(parseArn(arn)).toEqual(fields);
  });

  test.each(CASES.filter((row) => "throws" in row))("refuses $name", ({ arn, throws: code }) => {
    expect(() => parseArn(arn)).toThrow(expect.objectContaining({ name: "BedrockError", code, input: arn }));
  });

  test("throws nothing but its own error on random strings, and is the inverse of formatArn()", () => {
    const check = (text: string): void => {
      try {
        expect(formatArn(parseArn(text))).toBe(text);
      } catch (error) {
        if (!(error instanceof BedrockError)) throw error;
      }
    };
    fc.assert(fc.property(anyText({ maxLength: 40 }), check), soakProperty(50_000, 3_000));
    fc.assert(fc.property(almostArn, check), soakProperty(50_000, 3_000));
  });

  test.each(["x", "arn:", ":", "arn:aws:bedrock:"])("shows at most the beginning of a megabyte of %s", (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    try {
      expect(formatArn(parseArn(text))).toBe(text);
    } catch (error) {
      expect(error).toBeInstanceOf(BedrockError);
      expect((error as BedrockError).message.length).toBeLessThan(400);
    }
  });
});

describe("formatArn()", () => {
  test.each(PARSED)("writes $name", ({ arn, expect: fields }) => {
    expect(formatArn(fields)).toBe(arn);
  });
});

describe("parseBedrockResource()", () => {
  test.each(PARSED.filter((row) => row.resource !== undefined))("classifies $name", ({ arn, resource }) => {
    expect(parseBedrockResource(parseArn(arn))).toEqual(resource);
  });

  test.each([
    "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_01",
    "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/x",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile",
    "arn:aws:constructor:us-east-1:123456789012:name/x",
    "arn:aws:bedrock:us-east-1:123456789012:toString/x",
  ])("refuses %s", (arn) => {
    expect(() => parseBedrockResource(parseArn(arn))).toThrow(expect.objectContaining({ code: "ARN_RESOURCE_KIND" }));
  });
});
