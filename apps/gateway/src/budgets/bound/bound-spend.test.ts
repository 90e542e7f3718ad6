import { soakProperty } from "@claude-on-aws/fixtures";
import { anyText } from "@claude-on-aws/fixtures/any-text";
import { array, assert, boolean, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_USAGE } from "../../terms/usage.ts";
import { costOf } from "../cost/cost-of.ts";
import { boundSpend, FREE_BOUND } from "./bound-spend.ts";

const MODEL = "global.anthropic.claude-opus-5-5";
const CONTEXT = 1_000_000;
const utf8 = new TextEncoder();
const bytes = (body: unknown): Uint8Array => utf8.encode(typeof body === "string" ? body : JSON.stringify(body));
const bound = (body: unknown, model = MODEL, operation: "CreateMessage" | "Converse" = "CreateMessage") =>
  boundSpend({ operation, body: bytes(body), model });
const says = (content: unknown) => ({ max_tokens: 10, messages: [{ role: "user", content }] });
const image = (data: string) => ({ type: "image", source: { type: "base64", media_type: "image/png", data } });

describe("what can be told from a body", () => {
  test("is a token a byte, and the output that it asks for", () => {
    const body = says("Hello");
    const inputTokens = bytes(body).length;
    expect(bound(body)).toMatchObject({ inputTokens, outputTokens: 10, microUsd: inputTokens * 4 + 10 * 20 });
  });

  test("is never less than the bytes of its text, normalized or not, escaped or not", () => {
    const bounded = property(array(anyText(), { maxLength: 5 }), constantFrom("NFC", "NFKC", "NFD"), (texts, form) => {
      const body = says(texts.map((each) => ({ type: "text", text: each })));
      const escaped = JSON.stringify(body).replace(/[^ -~]/gu, (character) =>
        character.length === 1 ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : character,
      );
      const real = texts.reduce((sum, each) => sum + utf8.encode(each.normalize(form)).length, 0);
      if (form !== "NFD") expect(bound(body).inputTokens).toBeGreaterThanOrEqual(real);
      if (form !== "NFD") expect(bound(escaped).inputTokens).toBeGreaterThanOrEqual(real);
    });
    assert(bounded, soakProperty(100_000, 1_000));
  });

  test("is the model's context at most, and of an unknown model what its body says", () => {
    const long = says("x".repeat(1_500_000));
    expect(bound(long).inputTokens).toBe(CONTEXT);
    expect(bound(long, "claude-haiku-4-5-20251001").inputTokens).toBe(200_000);
    expect(bound(long, "my-deployment").inputTokens).toBe(bytes(long).length);
  });

  test("counts an image by its most, not by its bytes", () => {
    const small = bound(says([image("aaaa")]));
    expect(bound(says([image("a".repeat(900_000))])).inputTokens).toBe(small.inputTokens);
    expect(small.inputTokens).toBeGreaterThan(9_000);
    const inResult = says([{ type: "tool_result", tool_use_id: "x", content: [image("a".repeat(900_000))] }]);
    expect(bound(inResult).inputTokens).toBeLessThan(10_000);
    const inConverse = {
      messages: [{ content: [{ image: { format: "png", source: { bytes: "a".repeat(900_000) } } }] }],
    };
    expect(bound(inConverse, MODEL, "Converse").inputTokens).toBeLessThan(10_000);
  });

  test("adds what the service tells the model of its tools", () => {
    const tools = [
      { name: "a", input_schema: {} },
      { type: "bash_20250124", name: "bash" },
    ];
    const body = { ...says("x"), tools };
    expect(bound(body).inputTokens).toBe(bytes(body).length + 4_000 + 3_000);
    const references = [
      { type: "tool_reference", tool_name: "a" },
      { type: "tool_reference", tool_name: "a" },
    ];
    const referring = { ...says([{ type: "tool_result", content: references }]), tools: tools.slice(0, 1) };
    expect(bound(referring).inputTokens).toBe(bytes(referring).length + 4_000 + 2 * bytes(tools[0]).length);
  });
});

describe("what cannot be told from a body reserves the context, at the dearest price", () => {
  test.each<[string, object]>([
    ["a document", says([{ type: "document", source: { type: "base64", data: "a" } }])],
    ["a document in the result of a tool", says([{ type: "tool_result", content: [{ type: "document" }] }])],
    ["an image by its address", says([{ type: "image", source: { type: "url", url: "https://a" } }])],
    ["an image by its file", says([{ type: "image", source: { type: "file", file_id: "file_1" } }])],
    ["a type that nobody knows", says([{ type: "hologram" }])],
    ["the result of a search", says([{ type: "web_search_tool_result", content: [] }])],
    ["a tool that the service runs", { ...says("x"), tools: [{ type: "web_fetch_20250910", name: "web_fetch" }] }],
    ["a tool of a type that nobody knows", { ...says("x"), tools: [{ type: "hologram_20300101" }] }],
    ["a container", { ...says("x"), container: "container_1" }],
    ["an MCP server", { ...says("x"), mcp_servers: [{ url: "https://a" }] }],
    ["another model to fall back on", { ...says("x"), fallbacks: [{ model: "claude-fable-5" }] }],
    ["a compaction", { ...says("x"), context_management: { edits: [{ type: "compact_20260112" }] } }],
    ["a document of Converse", { messages: [{ content: [{ document: { source: { bytes: "a" } } }] }] }],
    ["an image in S3", { messages: [{ content: [{ image: { source: { s3Location: { uri: "s3://a" } } } }] }] }],
    ["an image in a guarded block", { messages: [{ content: [{ guardContent: { image: {} } }] }] }],
    ["the variables of a stored prompt", { promptVariables: { a: { text: "x" } } }],
  ])("%s", (_, body) => {
    const { inputTokens, microUsd, outputTokens } = bound(body);
    expect(inputTokens).toBe(CONTEXT);
    expect(microUsd).toBeGreaterThanOrEqual(CONTEXT * 8 + outputTokens * 20);
  });

  test.each([
    ["no JSON", '{"max_tokens":10,"messages":['],
    ["no UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
    ["content nested without end", `{"messages":${'{"content":['.repeat(10_000)}${"]}".repeat(10_000)}}`],
  ])("%s", (_, body) => {
    const raw = typeof body === "string" ? utf8.encode(body) : body;
    expect(boundSpend({ operation: "CreateMessage", body: raw, model: MODEL }).inputTokens).toBe(CONTEXT);
  });

  test("searches cost their own", () => {
    const search = (more: object) =>
      bound({ ...says("x"), tools: [{ type: "web_search_20250305", name: "web_search", ...more }] }).microUsd;
    expect(search({ max_uses: 3 })).toBe(CONTEXT * 8 + 10 * 20 + 3 * 10_000);
    expect(search({}) - search({ max_uses: 3 })).toBe(7 * 10_000);
  });

  test("but what says nothing is not taken for something", () => {
    const body = {
      ...says("x"),
      container: null,
      mcp_servers: [],
      context_management: { edits: [{ type: "clear_thinking_20251015" }] },
    };
    expect(bound(body).inputTokens).toBe(bytes(body).length);
    const lookalikes = {
      ...says([{ type: "tool_use", input: { type: "document", container: 1 } }]),
      metadata: { container: 1 },
    };
    expect(bound(lookalikes).inputTokens).toBe(bytes(lookalikes).length);
  });
});

describe("nobody gets a cheaper bound by the way in which a body is written", () => {
  const text = "x".repeat(50_000);

  test.each([
    ["text that is called an image in a tool's input", says([{ type: "tool_use", input: image(text) }])],
    [
      "an image that is a text as well",
      `{"messages":[{"content":[{"type":"image","type":"text","text":"a","source":{"type":"base64","data":"${text}"}}]}]}`,
    ],
    [
      "an image with two sources",
      `{"messages":[{"content":[{"type":"image","source":{"type":"base64","data":"${text}"},"source":{"type":"text","data":"a"}}]}]}`,
    ],
    [
      "an image with two data",
      `{"messages":[{"content":[{"type":"image","source":{"type":"base64","data":"${text}","data":"a"}}]}]}`,
    ],
    [
      "an image in the system prompt of a text",
      { ...says("x"), system: [{ type: "text", text: "a", extra: image(text) }] },
    ],
    ["messages twice", `{"messages":[{"content":"${text}"}],"messages":[]}`],
  ])("%s", (_, body) => {
    expect(bound(body).inputTokens).toBeGreaterThanOrEqual(text.length);
  });

  test("names and types may be escaped", () => {
    expect(bound('{"messages":[{"content":[{"t\\u0079pe":"docum\\u0065nt"}]}]}').inputTokens).toBe(CONTEXT);
    const plain = '{"max_tokens":1,"system":[{"type":"text","text":"a","XXX":{"type":"ephemeral","ttl":"1h"}}]}';
    const [marked, hidden] = ["cache_control", "cache\\u005fcontrol"].map((name) => bound(plain.replace("XXX", name)));
    expect(marked?.microUsd).toBe((plain.length + 10) * 8 + 20);
    expect(hidden?.microUsd).toBe((plain.length + 15) * 8 + 20);
  });

  test("the largest limit counts, wherever it stands", () => {
    expect(bound('{"max_tokens":5,"max_tokens":50}').outputTokens).toBe(50);
    expect(bound({ inferenceConfig: { maxTokens: 7 } }, MODEL, "Converse").outputTokens).toBe(7);
    const both = { inferenceConfig: { maxTokens: 7 }, additionalModelRequestFields: { max_tokens: 70 } };
    expect(bound(both, MODEL, "Converse").outputTokens).toBe(70);
    expect(bound({ messages: [] }).outputTokens).toBe(128_000);
    expect(bound({ max_tokens: "many" }).outputTokens).toBe(128_000);
    expect(bound(`{"max_tokens":1,"max_tokens":64000.${"0".repeat(600)}}`).outputTokens).toBe(128_000);
    expect(bound({ max_tokens: -5 }).outputTokens).toBe(0);
    expect(bound({ max_tokens: 1.5 }).outputTokens).toBe(2);
    expect(Number.isSafeInteger(bound('{"max_tokens":1e300}').microUsd)).toBe(true);
  });
});

describe("a name that is written again and again", () => {
  const NAMES: readonly (readonly [name: string, cheap: unknown, dear: unknown])[] = [
    ["max_tokens", 1, 64_000],
    ["max_tokens", 1, "64000"],
    ["speed", "standard", "fast"],
    ["container", null, "container_1"],
    ["mcp_servers", [], [{ url: "https://a" }]],
    ["fallbacks", [], [{ model: "claude-opus-4-1" }]],
    ["tools", [], [{ type: "web_search_20250305", name: "web_search", max_uses: 50 }]],
    ["context_management", null, { edits: [{ type: "compact_20260112" }] }],
  ];
  const least = (name: string, value: unknown): number =>
    bound(`{"messages":[],${name === "max_tokens" ? "" : '"max_tokens":1,'}"${name}":${JSON.stringify(value)}}`)
      .microUsd;

  test("never makes a bound smaller than what any one of them asks for", () => {
    const repeated = property(
      constantFrom(...NAMES),
      array(boolean(), { minLength: 1, maxLength: 6 }),
      ([name, cheap, dear], which) => {
        const members = which.map((isDear) => `"${name}":${JSON.stringify(isDear ? dear : cheap)}`);
        const limit = name === "max_tokens" ? "" : '"max_tokens":1,';
        const { microUsd } = bound(`{"messages":[],${limit}${members.join(",")}}`);
        for (const isDear of which) expect(microUsd).toBeGreaterThanOrEqual(least(name, isDear ? dear : cheap));
      },
    );
    assert(repeated, soakProperty(20_000, 1_000));
  });

  test("of a tool counts its most", () => {
    const searches = (uses: string): number =>
      bound(`{"max_tokens":1,"tools":[{"type":"web_search_20250305",${uses}}]}`).microUsd;
    expect(searches('"max_uses":1,"max_uses":500')).toBeGreaterThanOrEqual(searches('"max_uses":500'));
  });
});

test("Converse reads its own limit, and that of the Messages API only where it passes it on", () => {
  const messages = [{ content: [{ text: "x" }] }];
  const most = bound({ messages }, MODEL, "Converse").outputTokens;
  expect(most).toBe(128_000);
  expect(bound({ messages, max_tokens: 1 }, MODEL, "Converse").outputTokens).toBe(most);
  expect(bound({ messages, inferenceConfig: { maxTokens: 1 } }, MODEL).outputTokens).toBe(most);
  for (const more of [{ container: "c" }, { system: "y" }, { context_management: {} }]) {
    expect(bound({ messages, additionalModelRequestFields: more }, MODEL, "Converse").inputTokens).toBe(CONTEXT);
  }
  const fast = { messages, inferenceConfig: { maxTokens: 1 }, additionalModelRequestFields: { speed: "fast" } };
  const standard = { ...fast, additionalModelRequestFields: { speed: "standard" } };
  expect(bound(fast, MODEL, "Converse").microUsd).toBeGreaterThan(1.9 * bound(standard, MODEL, "Converse").microUsd);
});

describe("whoever else may answer", () => {
  const HAIKU = "global.anthropic.claude-haiku-5-5";

  test.each<[string, object, string]>([
    ["a model to fall back on", { fallbacks: [{ model: "claude-fable-5" }] }, "claude-fable-5"],
    ["models that the service chooses", { fallbacks: "default" }, "nobody-knows"],
    ["models that are named in another way", { fallbacks: ["claude-fable-5"] }, "nobody-knows"],
    ["a model that is no text", { fallbacks: [{ model: 5 }] }, "nobody-knows"],
    [
      "an advisor",
      { tools: [{ type: "advisor_20260301", name: "advisor", model: "claude-opus-4-1" }] },
      "claude-opus-4-1",
    ],
  ])("%s costs what it costs", (_, more, other) => {
    const ask = bound({ ...says("x"), ...more }, HAIKU);
    const container = bound({ ...says("x"), container: "c" }, other);
    expect(ask.microUsd).toBeGreaterThanOrEqual(container.microUsd);
    const usage = { ...NO_USAGE, outputTokens: 1_000 };
    expect(costOf(usage, HAIKU, ask.conditions)).toBe(costOf(usage, other));
  });

  test("asks for as much as it says of itself, at its speed", () => {
    const ask = (more: object) => bound({ ...says("x"), fallbacks: [{ model: "claude-opus-5-5", ...more }] });
    expect(ask({ max_tokens: 5_000 }).outputTokens).toBe(5_000);
    expect(ask({ max_tokens: "many" }).outputTokens).toBe(128_000);
    expect(ask({ speed: "fast" }).microUsd).toBe(2 * ask({}).microUsd);
  });

  test("and whichever upstream is asked", () => {
    const request = { operation: "CreateMessage", body: bytes(says("x")), model: HAIKU } as const;
    const dear = "eu.anthropic.claude-opus-4-5";
    const most = boundSpend({ ...request, model: dear });
    // The one that is asked for may think unasked.
    expect(most.unseen).toBe("nothing");
    expect(boundSpend({ ...request, otherModels: [dear, HAIKU] })).toMatchObject({ ...most, unseen: "output" });
  });
});

test("a cache, fast mode and one geography cost more", () => {
  const cost = (more: object, model?: string): number => {
    const body = { ...says("x"), ...more };
    return bound(body, model).microUsd / (bytes(body).length * 4 + 10 * 20);
  };
  expect(cost({ speed: "fast" })).toBe(2);
  expect(cost({ speed: "standard" })).toBe(1);
  expect(cost({}, "us.anthropic.claude-opus-5-5")).toBeCloseTo(1.1, 2);
  expect(cost({ inference_geo: "global" }, "claude-opus-5-5")).toBe(1);
  expect(cost({ inference_geo: "us" }, "claude-opus-5-5")).toBeCloseTo(1.1, 2);
  const cached = { ...says("x"), cache_control: { type: "ephemeral" } };
  expect(bound(cached).microUsd).toBe(bytes(cached).length * 5 + 10 * 20);
});

test("what does not make a model write is free", () => {
  const body = bytes(says("x"));
  for (const operation of ["CountTokens", "BedrockCountTokens", "ListModels", "Files"] as const) {
    expect(boundSpend({ operation, body, model: MODEL })).toEqual(FREE_BOUND);
  }
  expect(boundSpend({ operation: "CreateMessage", body: null, model: MODEL })).toEqual(FREE_BOUND);
});

test("a batch costs what its requests cost, each by its model", () => {
  const requests = [
    { custom_id: "a", params: { model: "claude-haiku-4-5", ...says("x") } },
    { custom_id: "b", params: { model: "claude-opus-4-1", ...says("x") } },
  ];
  const [haiku, opus] = requests.map(({ params }) => bound(params, params.model));
  const batch = boundSpend({ operation: "Batches", body: bytes({ requests }), model: "unknown" });
  expect(batch.microUsd).toBe((haiku?.microUsd ?? 0) + (opus?.microUsd ?? 0));
  expect(batch.outputTokens).toBe(20);
  expect(boundSpend({ operation: "Batches", body: bytes({}), model: MODEL })).toEqual(FREE_BOUND);
});
