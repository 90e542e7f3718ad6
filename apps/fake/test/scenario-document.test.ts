import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { checkScenario, createFakeCore, parseScenario } from "../src/server.ts";
import { askFor, readMessage } from "./support/message-forms.ts";

test("the scenario of docs/scenarios.md is well, and plays", async () => {
  const page = await readFile(new URL("../../../docs/scenarios.md", import.meta.url), "utf8");
  const json = /```json\n([^]*?)```/.exec(page)?.[1] ?? "";
  expect(checkScenario(json)).toEqual({ rows: 3, problems: [] });

  const fake = createFakeCore({ scenario: parseScenario(json) });
  expect((await askFor(fake, "converse", "Weather?")).status).toBe(429);
  const { content, usage } = await readMessage(await askFor(fake, "message-stream", "Weather?"), "message-stream");
  expect(content).toMatchObject([{ text: "I look." }, { type: "tool_use", name: "get_weather" }]);
  expect(usage).toMatchObject({ cache_read_input_tokens: 1200 });
});
