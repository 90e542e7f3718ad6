import { createClientEnvironment } from "@claude-on-aws/fake/server";
import { describe, expect, test } from "vitest";
import { environmentLines } from "./environment.ts";

const address = {
  url: "http://127.0.0.1:4242",
  region: "us-east-1",
  workspaceId: "wrkspc_1",
  credentials: { accessKeyId: "AKID", secretAccessKey: "it's $ecret", sessionToken: "token==" },
};
const environments = [createClientEnvironment(address), createClientEnvironment(address, "bedrock")];

describe("environmentLines()", () => {
  test("quotes what a shell would read", () => {
    const lines = environmentLines(environments, true);

    expect(lines).toContain("export ANTHROPIC_AWS_BASE_URL=http://127.0.0.1:4242");
    expect(lines).toContain(`export AWS_SECRET_ACCESS_KEY='it'\\''s $ecret'`);
    expect(lines).toContain("export AWS_SESSION_TOKEN=token==");
  });

  test("names the switch of each provider", () => {
    expect(environmentLines(environments, true)).toEqual(
      expect.arrayContaining(["export CLAUDE_CODE_USE_ANTHROPIC_AWS=1", "export CLAUDE_CODE_USE_BEDROCK=1"]),
    );
  });

  test("takes other credentials away, and no variable that it sets", () => {
    const unset = environmentLines(environments, true).find((line) => line.startsWith("unset "));

    expect(unset).toContain(" AWS_PROFILE ");
    expect(unset).not.toContain("AWS_SESSION_TOKEN");
  });

  test("does not print a secret that it was given", () => {
    const text = environmentLines(environments, false).join("\n");

    expect(text).toContain("export AWS_ACCESS_KEY_ID=AKID");
    expect(text).not.toContain("ecret'");
    expect(text).not.toContain("token==");
  });
});
