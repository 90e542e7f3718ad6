import { createFakeCore, type FakeCore } from "../../apps/fake/src/server.ts";
import type { TurnObservation } from "./judge-turn.ts";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import { parseStreamJson } from "./stream-json.ts";
import { TURN_PROMPT, TURN_TOOL, TURN_TOOL_OUTPUT } from "./turn-arguments.ts";
import { ACCEPTED_BY_FAKE, WORKSPACE_ID, WORKSPACE_KEY } from "./turn-cases.ts";
import { TURN_SCENARIO } from "./turn-scenario.ts";

interface Message {
  readonly content: readonly { readonly type: string; readonly id?: string; readonly text?: string }[];
}

/** What {@link speakTurn} may do otherwise than Claude Code. */
export interface SpeakTurnOptions {
  readonly apiKey?: string;
  readonly path?: string;
  /** What is sent back as the tool's output. */
  readonly toolOutput?: string;
}

/** Finishes a turn with a fake as Claude Code would, without Claude Code: what the tests judge. */
export async function speakTurn(options: SpeakTurnOptions = {}): Promise<TurnObservation> {
  const { toolOutput = TURN_TOOL_OUTPUT } = options;
  const fake = createFakeCore({ ...ACCEPTED_BY_FAKE, maxJournalBodyBytes: 1_048_576, scenario: TURN_SCENARIO });
  const prompt = { role: "user", content: [{ type: "text", text: TURN_PROMPT }] };
  const call = await post(fake, [prompt], options);
  const id = call.content.find(({ type }) => type === "tool_use")?.id ?? "none";
  const result = { tool_use_id: id, type: "tool_result", content: toolOutput, is_error: false };
  const answer = { role: "user", content: [result] };
  const end = await post(fake, [prompt, { role: "assistant", content: call.content }, answer], options);
  const text = end.content.map((block) => block.text ?? "").join("");
  const lines = [
    { type: "system", subtype: "init", claude_code_version: CLAUDE_CODE_VERSION, model: "claude-opus-5-5" },
    { type: "assistant", message: call },
    { type: "user", message: { ...answer, content: [{ ...result, content: TURN_TOOL_OUTPUT }] } },
    { type: "result", subtype: "success", is_error: false, result: text },
  ];
  return {
    exitStatus: 0,
    events: parseStreamJson(lines.map((line) => JSON.stringify(line)).join("\n")),
    journal: fake.journal.snapshot(),
    report: fake.report(),
    refused: [],
  };
}

async function post(fake: FakeCore, messages: readonly unknown[], options: SpeakTurnOptions): Promise<Message> {
  const { apiKey = WORKSPACE_KEY, path = "/v1/messages?beta=true" } = options;
  const tool = { name: TURN_TOOL.name, input_schema: { type: "object", properties: { command: { type: "string" } } } };
  const body = JSON.stringify({ model: "claude-opus-5-5", messages, tools: [tool], max_tokens: 1024 });
  const reply = await fake.handle({
    wire: "received",
    method: "POST",
    target: path,
    httpVersion: "1.1",
    headers: [
      ["Accept", "application/json"],
      ["Content-Type", "application/json"],
      ["User-Agent", `claude-cli/${CLAUDE_CODE_VERSION} (external, sdk-cli)`],
      ["anthropic-beta", "claude-code-20250219,effort-2025-11-24"],
      ["anthropic-version", "2023-06-01"],
      ["anthropic-workspace-id", WORKSPACE_ID],
      ["x-api-key", apiKey],
      ["Host", "127.0.0.1:4242"],
      ["Content-Length", String(new TextEncoder().encode(body).length)],
    ],
    body: new TextEncoder().encode(body),
  });
  const message = JSON.parse(new TextDecoder().decode(reply.body as Uint8Array)) as Partial<Message>;
  return { content: [], ...message };
}
