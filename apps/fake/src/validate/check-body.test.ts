import { describe, expect, test } from "vitest";
import { keyedRequest } from "../../test/support/keyed-request.ts";
import { createFakeCore } from "../server.ts";

type Provider = "anthropic-aws" | "bedrock" | "mantle";

const PATHS: Readonly<Record<Provider, string>> = {
  "anthropic-aws": "/v1/messages",
  bedrock: "/model/us.anthropic.claude-opus-5-5/invoke",
  mantle: "/anthropic/v1/messages",
};

const GOOD: Readonly<Record<Provider, object>> = {
  "anthropic-aws": { model: "claude-opus-5-5" },
  bedrock: { anthropic_version: "bedrock-2023-05-31" },
  mantle: { model: "anthropic.claude-opus-5-5" },
};

const fake = createFakeCore();

/** What the fake finds wrong with a body, whichever model answers, with a beta where one is given. */
async function findFault(provider: Provider, body: object, headers: Readonly<Record<string, string>> = {}) {
  const { "anthropic-beta": beta } = headers;
  const inBody = provider === "bedrock" && beta !== undefined ? { anthropic_beta: [beta] } : {};
  const whole = { max_tokens: 16, messages: [{ role: "user", content: "x" }], ...GOOD[provider], ...inBody, ...body };
  await fake.handle(keyedRequest(PATHS[provider], whole, headers));
  return fake.journal
    .snapshot()
    .exchanges.at(-1)
    ?.checks.find(({ check, fault }) => fault && check !== "capabilities")?.fault?.message;
}

const USE = { type: "tool_use", id: "toolu_1", name: "f", input: {} };
const USE_2 = { ...USE, id: "toolu_2" };
const result = (id: string): object => ({ type: "tool_result", tool_use_id: id, content: "x" });
const TOOL = { name: "f", input_schema: { type: "object" } };
const CONTEXT_1M = { "anthropic-beta": "context-1m-2025-08-07" };

const ACCEPTED: readonly (readonly [name: string, body: object, headers?: Readonly<Record<string, string>>])[] = [
  [
    "a message of the system's among the others",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "system", content: [{ type: "text", text: "y" }] },
      ],
    },
  ],
  [
    "a marker of caching for an hour",
    { system: [{ type: "text", text: "x", cache_control: { type: "ephemeral", ttl: "1h" } }] },
  ],
  ["an unknown field with a beta", { brand_new: { a: 1 } }, CONTEXT_1M],
  [
    "an unknown kind of block with a beta",
    { messages: [{ role: "user", content: [{ type: "brand_new" }] }] },
    CONTEXT_1M,
  ],
  ["fields that are null", { cache_control: null, container: null, inference_geo: null, metadata: { user_id: null } }],
  ["adaptive thinking", { thinking: { type: "adaptive", display: "omitted" } }],
  [
    "a tool of Anthropic's",
    {
      tools: [
        { type: "web_search_20250305", name: "web_search" },
        { type: "mcp_toolset", mcp_server_name: "s" },
      ],
    },
  ],
  [
    "a tool without a type",
    {
      tools: [
        { name: "f", input_schema: { type: "object", properties: {} } },
        { type: null, name: "g", input_schema: { type: "object" } },
      ],
    },
  ],
  [
    "tools whose names differ in case, and two sets of tools without a name",
    {
      tools: [
        TOOL,
        { ...TOOL, name: "F" },
        { type: "mcp_toolset", mcp_server_name: "s" },
        { type: "mcp_toolset", mcp_server_name: "t" },
      ],
    },
  ],
  [
    "results in the order of their own",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE, USE_2] },
        { role: "user", content: [result("toolu_2"), result("toolu_1")] },
      ],
    },
  ],
  [
    "results in two messages, with one of the system's in between",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE, USE_2] },
        { role: "system", content: "s" },
        { role: "user", content: [result("toolu_1")] },
        { role: "user", content: [result("toolu_2")] },
      ],
    },
  ],
  [
    "tool uses in two messages in a row",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE] },
        { role: "assistant", content: [USE_2] },
        { role: "user", content: [result("toolu_1"), result("toolu_2")] },
      ],
    },
  ],
  [
    "an empty result",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1" }] },
      ],
    },
  ],
  [
    "a beginning of the answer",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: "The answer is" },
      ],
    },
  ],
  [
    "a last message of the assistant without content",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: "" },
      ],
    },
  ],
  [
    "four markers of caching",
    { system: Array.from({ length: 4 }, () => ({ type: "text", text: "x", cache_control: { type: "ephemeral" } })) },
  ],
  [
    "a budget above max_tokens with interleaved thinking",
    { max_tokens: 2000, thinking: { type: "enabled", budget_tokens: 4000 } },
    { "anthropic-beta": "interleaved-thinking-2025-05-14" },
  ],
  [
    "a temperature of 1 beside thinking",
    { max_tokens: 2000, temperature: 1, thinking: { type: "enabled", budget_tokens: 1024 } },
  ],
  ["the largest output", { max_tokens: 128_000 }],
  ["fields named like those of every object", JSON.parse('{"diagnostics":{"constructor":1,"__proto__":{}}}') as object],
];

const REFUSED: readonly (readonly [name: string, body: object, words: RegExp])[] = [
  [
    "a final answer that ends with space",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: "So " },
      ],
    },
    /trailing whitespace$/,
  ],
  [
    "a tool use that nobody answers",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE] },
      ],
    },
    /immediately after: toolu_1\./,
  ],
  [
    "a result of an earlier turn",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE] },
        { role: "user", content: [result("toolu_1")] },
        { role: "assistant", content: "y" },
        { role: "user", content: [result("toolu_1")] },
      ],
    },
    /^messages\.4\.content\.0: unexpected/,
  ],
  [
    "half of the results",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [USE, USE_2] },
        { role: "user", content: [result("toolu_2")] },
      ],
    },
    /immediately after: toolu_1\. /,
  ],
  [
    "an empty text of the system",
    { system: [{ type: "text", text: "" }] },
    /^system: text content blocks must be non-empty$/,
  ],
  ["a field named like one of every object", { constructor: 1 }, /constructor/],
  [
    "an unknown field beside the known ones of a block",
    { messages: [{ role: "user", content: [{ type: "text", text: "x", brand_new: 1 }] }] },
    /^messages\.0\.content\.0\.text\.brand_new: Extra inputs are not permitted$/,
  ],
  [
    "an unknown field of a block of the system's",
    { system: [{ type: "text", text: "x", id: "1" }] },
    /^system\.0\.id: Extra inputs are not permitted$/,
  ],
  ["two tools of one name", { tools: [TOOL, { ...TOOL, description: "x" }] }, /^tools: Tool names must be unique\.$/],
  [
    "a tool named like one of Anthropic's",
    {
      tools: [
        { type: "web_search_20250305", name: "web_search" },
        { ...TOOL, name: "web_search" },
      ],
    },
    /^tools: Tool names must be unique\.$/,
  ],
];

describe.each(Object.keys(PATHS) as Provider[])("checkBody() of %s", (provider) => {
  test.each(ACCEPTED.map(([name, body, headers = {}]) => [name, body, headers] as const))(
    "takes %s",
    async (_, body, headers) => {
      expect(await findFault(provider, body, headers)).toBeUndefined();
    },
  );

  test.each(REFUSED)("refuses %s", async (_, body, words) => {
    expect(await findFault(provider, body)).toMatch(words);
  });

  test("echoes no more than the beginning of what it refuses", async () => {
    const message = await findFault(provider, { messages: [{ role: "x".repeat(10_000), content: "x" }] });

    expect(message?.length).toBeLessThan(400);
  });
});

describe("checkBody()", () => {
  test.each([
    [
      "output_config of a message of the system's",
      "per-turn-control-2026-07-01",
      {
        messages: [
          { role: "user", content: "x" },
          { role: "system", content: [{ type: "text", text: "y" }], output_config: { effort: "medium" } },
        ],
      },
      "messages.1.output_config",
    ],
    [
      "the scope of a marker of caching",
      "prompt-caching-scope-2026-01-05",
      { system: [{ type: "text", text: "x", cache_control: { type: "ephemeral", scope: "global" } }] },
      "system.0.cache_control.ephemeral.scope",
    ],
  ])("takes %s beside its beta alone", async (_, beta, body, path) => {
    expect(await findFault("anthropic-aws", body, CONTEXT_1M)).toBe(`${path}: Extra inputs are not permitted`);
    expect(await findFault("anthropic-aws", body, { "anthropic-beta": beta })).toBeUndefined();
  });

  test("takes the fields of betas without a beta in the version 2026-10-21", async () => {
    const body = { context_management: { edits: [] } };

    expect(await findFault("anthropic-aws", body)).toBe("context_management: Extra inputs are not permitted");
    expect(await findFault("anthropic-aws", body, { "anthropic-version": "2026-10-21" })).toBeUndefined();
    expect(await findFault("bedrock", { anthropic_version: "2026-10-21" })).toBeUndefined();
  });

  test("lets a beta raise the largest output", async () => {
    const beta = { "anthropic-beta": "output-300k-2026-03-24" };

    expect(await findFault("anthropic-aws", { max_tokens: 300_000 })).toMatch(/^max_tokens: 300000 > 128000/);
    expect(await findFault("anthropic-aws", { max_tokens: 300_000 }, beta)).toBeUndefined();
  });
});
