import { describe, expect, test } from "vitest";
import { resolveOptions } from "../configure/resolve-options.ts";
import { resolveBedrockModel } from "./resolve-bedrock-model.ts";

const SETTINGS = resolveOptions();
const resolve = (id: string, region: string | undefined, hostRegion = region): string | undefined =>
  resolveBedrockModel(encodeURIComponent(id), SETTINGS, { region, hostRegion })?.model.id;

describe("resolveBedrockModel()", () => {
  // What Claude Code 2.1.329 sends by itself, with and without a list of profiles, as far as it exists; and more.
  test.each([
    ["us-east-1", "us.anthropic.claude-opus-5-5"],
    ["us-west-2", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["us-east-1", "us.anthropic.claude-fable-5-2"],
    ["eu-west-1", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["eu-central-1", "eu.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["ap-southeast-2", "au.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["ca-central-1", "global.anthropic.claude-opus-5-5"],
    ["sa-east-1", "global.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["me-south-1", "global.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["mx-central-1", "global.anthropic.claude-opus-5-5"],
    ["us-gov-east-1", "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["us-east-1", "us.anthropic.claude-opus-4-20250514-v1:0"],
    ["us-east-1", "us.anthropic.claude-3-5-sonnet-20241022-v2:0"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-6-v1"],
    ["us-east-1", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"],
    [
      "us-gov-west-1",
      "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.anthropic.claude-opus-5-5",
    ],
    ["ap-northeast-1", "jp.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["ap-south-1", "in.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["ap-southeast-6", "au.anthropic.claude-sonnet-4-6"],
    ["ap-east-2", "global.anthropic.claude-opus-5-5"],
    ["ap-northeast-1", "apac.anthropic.claude-sonnet-4-20250514-v1:0"],
    ["ap-future-1", "global.anthropic.claude-opus-5-5"],
    [undefined, "jp.anthropic.claude-opus-5-5"],
  ])("in %s finds %s", (region, id) => {
    expect(resolve(id, region)).toMatch(/^claude-/);
  });

  test.each([
    ["us-east-1", "eu.anthropic.claude-opus-5-5"],
    ["us-east-1", "apac.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["eu-central-1", "us.anthropic.claude-opus-5-5"],
    ["ap-northeast-1", "au.anthropic.claude-opus-5-5"],
    ["ap-northeast-1", "apac.anthropic.claude-sonnet-4-6"],
    ["eu-west-1", "eu.anthropic.claude-fable-5-2"],
    ["ap-northeast-1", "apac.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["ap-southeast-2", "apac.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["ap-southeast-5", "apac.anthropic.claude-opus-5-5"],
    ["us-gov-west-1", "us-gov.anthropic.claude-sonnet-4-6"],
    ["ap-southeast-6", "au.anthropic.claude-opus-5-5"],
    ["ca-west-1", "us.anthropic.claude-haiku-4-5-20251001-v1:0"],
    [undefined, "apac.anthropic.claude-opus-5-5"],
    ["sa-east-1", "us.anthropic.claude-opus-5-5"],
    ["us-gov-west-1", "global.anthropic.claude-opus-5-5"],
    ["us-east-1", "us-gov.anthropic.claude-opus-5-5"],
    ["us-east-1", "global.anthropic.claude-opus-4-1-20250805-v1:0"],
    ["us-east-1", "us.meta.llama3-3-70b-instruct-v1:0"],
    ["us-east-1", "US.ANTHROPIC.CLAUDE-OPUS-4-7"],
    ["us-east-1", "us.anthropic.claude-opus-4-6"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/anthropic.claude-opus-4-6-v1"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghijkl"],
    [
      "us-east-1",
      "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.anthropic.claude-opus-5-5",
    ],
    ["us-east-1", "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:999999999999:application-inference-profile/abc"],
    ["us-east-1", "arn:aws-cn:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"],
    ["us-east-1", "arn:aws-x:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:123456789012:foundation-model/anthropic.claude-3-haiku-20240307-v1:0"],
    ["us-east-1", "arn:aws-us-gov:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-6-v1"],
    ["us-east-1", "arn:aws:bedrock:us-east-1:999999999999:inference-profile/us.anthropic.claude-opus-4-6-v1"],
    ["us-east-1", "arn:aws:bedrock:us-east-1::inference-profile/us.anthropic.claude-opus-4-6-v1"],
    ["us-east-1", "arn:aws-cn:bedrock:us-east-1:123456789012:application-inference-profile/abc"],
    ["us-east-1", "constructor"],
  ])("in %s does not find %s", (region, id) => {
    expect(resolve(id, region)).toBeUndefined();
  });

  test("lets the ARN of an application inference profile name its region where only the signature names one", () => {
    const id = "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc";

    expect(
      resolveBedrockModel(encodeURIComponent(id), SETTINGS, { region: "us-east-1", hostRegion: undefined }),
    ).toMatchObject({
      requested: id,
      throughProfile: true,
    });
  });
});
