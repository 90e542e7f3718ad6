import { describe, expect, test } from "vitest";
import { CLAUDE_SERVICES } from "./claude-services.ts";

describe("what a front end drops", () => {
  test.each(["connection", "session_id", "_"])("is %s on the Messages endpoint of Amazon Bedrock alone", (name) => {
    const losing = Object.entries(CLAUDE_SERVICES).filter(([, { losesHeader }]) => losesHeader?.(name) === true);
    expect(losing.map(([provider]) => provider)).toEqual(["mantle"]);
  });

  test.each(["host", "session-id", "x-connection", "content-type", "x-amz-date"])("is not %s", (name) => {
    for (const { losesHeader } of Object.values(CLAUDE_SERVICES)) expect(losesHeader?.(name) ?? false).toBe(false);
  });
});
