import { describe, expect, test } from "vitest";
import { createFake } from "../src/index.ts";

const TOOL = { name: "Glob", input_schema: { type: "object", properties: { pattern: { type: "string" } } } };
const HELLO = [{ role: "user", content: "hello" }];
const MODEL = "us.anthropic.claude-sonnet-4-6";
const RUNTIME = "https://bedrock-runtime.us-east-1.amazonaws.com";
const BEARER = { authorization: "Bearer bedrock-api-key-EXAMPLE" };
const MESSAGES = {
  "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
  "anthropic-version": "2023-06-01",
  "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj",
};

/** Asks each operation with a tool, so that an answer names its use. */
const ASKED = [
  {
    name: "CreateMessage",
    url: "https://aws-external-anthropic.us-east-1.api.aws/v1/messages",
    headers: MESSAGES,
    body: { model: "claude-sonnet-4-6", max_tokens: 64, messages: HELLO, tools: [TOOL] },
  },
  {
    name: "InvokeModel",
    url: `${RUNTIME}/model/${MODEL}/invoke`,
    headers: BEARER,
    body: { anthropic_version: "bedrock-2023-05-31", max_tokens: 64, messages: HELLO, tools: [TOOL] },
  },
  {
    name: "Converse",
    url: `${RUNTIME}/model/${MODEL}/converse`,
    headers: BEARER,
    body: {
      messages: [{ role: "user", content: [{ text: "hello" }] }],
      toolConfig: { tools: [{ toolSpec: { name: "Glob", inputSchema: { json: TOOL.input_schema } } }] },
    },
  },
];

describe("IDs that an answer gives", () => {
  test.each(ASKED)("of $name are shown where a client repeats them", async ({ url, headers, body }) => {
    const fake = createFake();
    const ask = (sent: object): Promise<Response> =>
      fake.fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(sent),
      });
    const answer = await (await ask(body)).text();
    const ids = [...answer.matchAll(/"(?:id|toolUseId)":"([^"]+)"/g)].map(([, id = ""]) => id);
    expect(ids.length).toBeGreaterThan(0);
    await ask({ ...body, messages: ids.map((id) => ({ role: "user", content: id })) });

    const shown = fake.journal.snapshot().exchanges.at(-1)?.request.body ?? "";
    for (const id of ids) expect(JSON.stringify(shown)).toContain(id);
  });
});
