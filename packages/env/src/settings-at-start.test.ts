import { describe, expect, test } from "vitest";
import { settingsAtStart } from "./settings-at-start.ts";
import type { SettingsFile } from "./settings.ts";

const later = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", ANTHROPIC_BEDROCK_BASE_URL: "http://fake.test" };
const early = { AWS_REGION: "eu-west-1", AWS_PROFILE: "p", CLAUDE_CODE_USE_BEDROCK: "1" };

describe("settingsAtStart()", () => {
  test.each(["project", "project-local"] as const)("leaves out what %s settings are not followed in yet", (source) => {
    const files: readonly SettingsFile[] = [{ source, value: { model: "opus", env: { ...later, ...early } } }];
    expect(settingsAtStart(files)).toEqual([{ source, value: { model: "opus", env: early } }]);
  });

  test.each<readonly [title: string, file: SettingsFile]>([
    ["the user's own settings", { source: "user", value: { env: later } }],
    ["managed settings", { source: "managed", value: { env: later } }],
    ["variables that are taken at once", { source: "project", value: { env: early } }],
    ["settings without variables", { source: "project", value: { model: "opus" } }],
    ["what are no settings", { source: "project-local", value: [1] }],
  ])("finds nothing that comes later in %s", (_, file) => {
    expect(settingsAtStart([file])).toBeNull();
  });
});
