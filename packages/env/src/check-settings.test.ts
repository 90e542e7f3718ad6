import { describe, expect, test } from "vitest";
import { findSettingsFault } from "./check-settings.ts";
import { resolveConfig } from "./resolve-config.ts";

const env = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample", AWS_REGION: "us-east-1" };
const SOURCES = ["managed", "project-local", "project", "user"] as const;

describe("findSettingsFault()", () => {
  test.each([
    [[1], "it is no object of JSON"],
    [{ model: 7 }, '"model" is not a text'],
    [{ model: null }, '"model" is not a text'],
    [{ apiKeyHelper: 7 }, '"apiKeyHelper" is not a text'],
    [{ awsAuthRefresh: [] }, '"awsAuthRefresh" is not a text'],
    [{ env: [1] }, '"env" is not an object'],
    [{ modelOverrides: { "claude-opus-5": 3 } }, '"modelOverrides" is not an object of texts'],
    [{ permissions: 3 }, '"permissions" is not an object'],
  ])("finds fault with %j", (value, fault) => {
    expect(findSettingsFault(value)).toBe(fault);
  });

  test.each([{}, { env: { AWS_REGION: ["x"], NUMBER: 5 } }, { promptCacheTtl: 5 }, { other: 3 }])(
    "follows %j",
    (value) => {
      expect(findSettingsFault(value)).toBeNull();
    },
  );
});

test.each(SOURCES)("of %s settings with a fault nothing is followed, and that is said", (source) => {
  const value = { model: 7, env: { AWS_REGION: "eu-west-1" } };
  const config = resolveConfig({ env, settings: [{ source, value }] });
  expect(config.region).toEqual({ value: "us-east-1", source: "AWS_REGION" });
  expect(config.problems).toEqual([
    expect.objectContaining({
      code: "SETTINGS_UNREADABLE",
      message: `Cannot read the ${source} settings, which the client leaves out as a whole: "model" is not a text.`,
    }),
  ]);
});
