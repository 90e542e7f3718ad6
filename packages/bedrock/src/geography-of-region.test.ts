import { describe, expect, test } from "vitest";
import { GEOGRAPHIES, geographyOfRegion, needsInferenceProfile, parseInferenceProfileId } from "./index.ts";

describe("geographyOfRegion()", () => {
  test.each([
    ["us-east-1", "us"],
    ["us-gov-east-1", "us-gov"],
    ["eu-central-2", "eu"],
    ["ap-northeast-1", "apac"],
    ["ca-central-1", "global"],
    ["sa-east-1", "global"],
    ["US-EAST-1", "global"],
  ])("puts %s into %s", (region, geography) => {
    expect(geographyOfRegion(region)).toBe(geography);
  });
});

describe("parseInferenceProfileId()", () => {
  test.each(GEOGRAPHIES)("splits a profile of %s", (geography) => {
    expect(parseInferenceProfileId(`${geography}.anthropic.claude-opus-5`)).toEqual({
      geography,
      modelId: "anthropic.claude-opus-5",
    });
  });

  test.each(["anthropic.claude-opus-5", "us.", "us", "", "ca.anthropic.claude-opus-5"])("refuses %j", (text) => {
    expect(() => parseInferenceProfileId(text)).toThrow(expect.objectContaining({ code: "PROFILE_ID" }));
  });
});

describe("needsInferenceProfile()", () => {
  test.each([
    ["anthropic.claude-opus-5", true],
    ["anthropic.claude-sonnet-4-5-20250929-v1:0", true],
    ["anthropic.claude-3-haiku-20240307-v1:0", false],
    ["us.anthropic.claude-opus-5", false],
    ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5", false],
    ["meta.llama3-70b-instruct-v1:0", false],
  ])("answers %s with %s", (modelId, answer) => {
    expect(needsInferenceProfile(modelId)).toBe(answer);
  });
});
