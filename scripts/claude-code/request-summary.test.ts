import { beforeAll, describe, expect, test } from "vitest";
import type { JournalEntry } from "../../apps/fake/src/judge/journal-entry.ts";
import { requestMessages, summarizeRequest } from "./request-summary.ts";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import { speakTurn } from "./speak-turn.ts";
import { TURN_PROMPT } from "./turn-arguments.ts";

let first: JournalEntry;
let second: JournalEntry;

beforeAll(async () => {
  [first, second] = (await speakTurn()).journal.exchanges as [JournalEntry, JournalEntry];
});

const withRequest = (entry: JournalEntry, request: Partial<JournalEntry["request"]>): JournalEntry => ({
  ...entry,
  request: { ...entry.request, ...request },
});

describe("summarizeRequest()", () => {
  test("says what was sent by name and kind", () => {
    expect(summarizeRequest(second)).toEqual({
      operation: "CreateMessage",
      method: "POST",
      target: "/v1/messages?beta=true",
      httpVersion: "1.1",
      headerNames: [
        "Accept",
        "Content-Type",
        "User-Agent",
        "anthropic-beta",
        "anthropic-version",
        "anthropic-workspace-id",
        "x-api-key",
        "Host",
        "Content-Length",
      ],
      userAgent: `claude-cli/${CLAUDE_CODE_VERSION} (external, sdk-cli)`,
      anthropicVersion: "2023-06-01",
      anthropicBeta: ["claude-code-20250219", "effort-2025-11-24"],
      body: {
        keys: ["model", "messages", "tools", "max_tokens"],
        model: "claude-opus-5-5",
        messages: ["user: text", "assistant: tool_use", "user: tool_result"],
        tools: ["Bash"],
      },
      status: 200,
    });
  });

  test("holds neither keys nor texts", () => {
    const summary = JSON.stringify([first, second].map(summarizeRequest));
    expect(summary).not.toContain(TURN_PROMPT);
    expect(summary).not.toContain("aws-external-anthropic-api-key");
  });

  test("reads the signed headers, and what Bedrock has in its body", () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=A/B, SignedHeaders=host;x-amz-date, Signature=0";
    const body = {
      anthropic_version: "bedrock-2023-05-31",
      anthropic_beta: ["b"],
      messages: [{ role: "user", content: "." }],
    };
    const entry = withRequest(first, { headers: [["Authorization", authorization]], body: JSON.stringify(body) });
    expect(summarizeRequest(entry)).toMatchObject({
      signedHeaders: ["host", "x-amz-date"],
      anthropicBeta: [],
      body: { anthropicVersion: "bedrock-2023-05-31", anthropicBeta: ["b"], messages: ["user: (text)"], tools: [] },
    });
  });

  test.each(["", "[1]", "{cut"])("has no body for %j", (body) => {
    const entry = withRequest(first, { body });
    expect(summarizeRequest(entry)).not.toHaveProperty("body");
    expect(requestMessages(entry)).toEqual([]);
  });
});
