import { describe, expect, test } from "vitest";
import { clientName } from "./client-name.ts";

describe("clientName()", () => {
  test.each([
    ["claude-cli/2.1.329 (external, sdk-cli)", "claude-cli/2.1.329"],
    ["claude-code/2.1.329", "claude-code/2.1.329"],
    ["AnthropicAws/JS 1.11.0", "AnthropicAws/JS 1.11.0"],
    ["AnthropicBedrockMantle/JS 0.137.0", "AnthropicBedrockMantle/JS 0.137.0"],
    ["Anthropic/Python 0.84.0", "Anthropic/Python 0.84.0"],
    ["aws-sdk-js/3.1161.0 ua/2.1 os/linux#6.18 lang/js md/nodejs#20.20.2 m/N,E,g", "aws-sdk-js/3.1161.0"],
    ["Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux", "Boto3/1.43.11"],
    ["aws-cli/1.45.11 md/Botocore#1.43.11", "aws-cli/1.45.11"],
    ["curl/7.88.1", "curl/7.88.1"],
    [
      "ai/7.0.173 ai-sdk-provider-utils/5.0.51 node.js/24 ai-sdk-amazon-bedrock/5.0.101 node.js/24",
      "ai-sdk-amazon-bedrock/5.0.101",
    ],
    ["ai/7.0.173 ai-sdk-provider-utils/5.0.51 node.js/24", "ai/7.0.173"],
    ["my-agent/1", "my-agent/1"],
    ["node", "node"],
    ["  ", "(no user agent)"],
    [undefined, "(no user agent)"],
  ])("reads %j as %s", (userAgent, expected) => {
    expect(clientName(userAgent)).toBe(expected);
  });

  test("keeps a hundred characters at most", () => {
    expect(clientName("x".repeat(10_000))).toHaveLength(100);
  });
});
