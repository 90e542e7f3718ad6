import { seededRandom, wholeBelow } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import type { BodyCircumstances } from "../exchange/operation.ts";
import { resolveFacts } from "../terms/uncertain-facts.ts";
import { findConverseBodyProblem } from "./find-converse-body-problem.ts";
import { findCountTokensProblem } from "./find-count-tokens-problem.ts";
import { findCreateMessageProblem } from "./find-create-message-problem.ts";
import { findInvokeModelProblem } from "./find-invoke-model-problem.ts";

/** Bodies of each operation, as the types of the official SDKs have them. */
const BODIES = 2500;

type Json = Record<string, unknown>;
type Draw = () => unknown;

const random = seededRandom(2026);
const chance = (share: number): boolean => random() < share;
const pick = (...items: readonly unknown[]): unknown => items[wholeBelow(random, items.length)];
const some = (most: number, draw: (index: number) => unknown): unknown[] =>
  Array.from({ length: 1 + wholeBelow(random, most) }, (_, index) => draw(index));

/** Fields, each of which may be left out. */
const maybe = (fields: Readonly<Record<string, Draw>>): Json =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, draw]) => (chance(0.4) ? [[name, draw()]] : [])));

let markersLeft = 0;
const cache = (): unknown => {
  if (markersLeft === 0 || chance(0.5)) return null;
  markersLeft--;
  return { type: "ephemeral", ...maybe({ ttl: () => "5m" }) };
};

/* MessageCreateParams of @anthropic-ai/sdk 1.14.0. */

const CITATION = { type: "char_location", cited_text: "x", document_index: 0, document_title: null };
const text = (): Json => ({
  type: "text",
  text: "x",
  ...maybe({ cache_control: cache, citations: () => pick(null, [], [CITATION]) }),
});
const FILE_SOURCES = [
  { type: "url", url: "https://example.com/a" },
  { type: "file", file_id: "file_1" },
] as const;
const image = (): Json => ({
  type: "image",
  source: pick({ type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" }, ...FILE_SOURCES),
  ...maybe({ cache_control: cache, transformations: () => null }),
});
const file = (): Json => ({
  type: "document",
  source: pick(
    { type: "base64", media_type: "application/pdf", data: "JVBERi0xLjQK" },
    { type: "text", media_type: "text/plain", data: "x" },
    { type: "content", content: "x" },
    { type: "content", content: [{ type: "text", text: "x" }] },
    ...FILE_SOURCES,
  ),
  ...maybe({
    cache_control: cache,
    citations: () => pick(null, { enabled: true }),
    context: () => pick(null, "x"),
    title: () => pick(null, "report.pdf"),
  }),
});
const searchResult = (): Json => ({
  type: "search_result",
  content: [{ type: "text", text: "x" }],
  source: "s",
  title: "t",
  ...maybe({ citations: () => ({ enabled: false }) }),
});
const toolReference = (): Json => ({ type: "tool_reference", tool_name: "tool_0" });
const userBlock = (): unknown => (pick(text, image, file, searchResult) as Draw)();
const resultBlock = (): unknown => (pick(text, image, file, searchResult, toolReference) as Draw)();

const toolUse = (id: string): Json => ({
  type: "tool_use",
  id,
  name: "tool_0",
  input: {},
  ...maybe({ cache_control: cache, caller: () => ({ type: "direct" }), toolset_name: () => null }),
});
const toolResult = (id: string): Json => ({
  type: "tool_result",
  tool_use_id: id,
  ...maybe({
    cache_control: cache,
    content: () => pick("x", some(3, resultBlock)),
    is_error: () => true,
    toolset_name: () => null,
  }),
});

const INPUT_SCHEMA = (): Json => ({
  type: "object",
  ...maybe({
    properties: () => pick(null, {}, { a: { type: "string", enum: ["x"] }, b: { anyOf: [{ type: "null" }, true] } }),
    required: () => pick(null, [], ["a"]),
    additionalProperties: () => false,
    $schema: () => "https://json-schema.org/draft/2020-12/schema",
  }),
});

const tool = (index: number): Json => ({
  name: `tool_${index}`,
  input_schema: INPUT_SCHEMA(),
  ...maybe({ type: () => pick("custom", null), description: () => "x", cache_control: cache, strict: () => false }),
});

/** What the Messages API takes of a tool, and Amazon Bedrock with a beta alone, or not at all. */
const more = (of: Json): Json => ({
  ...of,
  ...maybe({
    allowed_callers: () => ["direct"],
    defer_loading: () => true,
    eager_input_streaming: () => pick(true, null),
    input_examples: () => [{ a: "x" }],
  }),
});

const TOOL_CHOICES = [
  { type: "auto" },
  { type: "auto", disable_parallel_tool_use: true },
  { type: "any", disable_parallel_tool_use: false },
  { type: "tool", name: "tool_0", disable_parallel_tool_use: true },
  { type: "none" },
] as const;

function messages(): unknown[] {
  const turn = (id: string): unknown[] => [
    { role: "assistant", content: [text(), toolUse(id)] },
    { role: "user", content: [toolResult(id), ...some(2, userBlock)] },
  ];
  return [
    { role: "user", content: pick("x", some(3, userBlock)) },
    ...some(3, (index) => turn(`toolu_${index}`)).flat(),
    ...(chance(0.3) ? [{ role: "system", content: [{ type: "text", text: "x" }] }] : []),
  ];
}

const read = (make: (of: Json) => Json): Json => {
  markersLeft = 4;
  return {
    tools: some(3, (index) => make(tool(index))),
    messages: messages(),
    ...maybe({
      system: () => pick("x", some(2, text)),
      tool_choice: () => pick(...TOOL_CHOICES),
      cache_control: () => null,
      output_config: () => ({ ...maybe({ effort: () => null, format: () => null }) }),
    }),
  };
};

const answer = (): Json => ({
  max_tokens: 64,
  ...maybe({
    metadata: () => ({ ...maybe({ user_id: () => pick("u", null) }) }),
    stop_sequences: () => ["x"],
    service_tier: () => "auto",
    container: () => null,
    inference_geo: () => null,
  }),
});

const asIs = (of: Json): Json => of;

/* ConverseCommandInput of @aws-sdk/client-bedrock-runtime 3.1164.0. */

const point = (): Json => ({ cachePoint: { type: "default", ...maybe({ ttl: () => "5m" }) } });
const converseDocument = (): Json => ({
  document: {
    name: pick("report", "a_b", "Q3 (final) [2]", "r\u00e9sum\u00e9 1", "\u5831\u544a"),
    source: pick({ bytes: "JVBERi0xLjQK" }, { text: "x" }, { content: [{ text: "x" }] }),
    ...maybe({ format: () => "pdf", context: () => "x", citations: () => ({ enabled: true }) }),
  },
});
const converseImage = (): Json => ({ image: { format: "png", source: { bytes: "iVBORw0KGgo=" } } });
const converseResult = (): unknown =>
  (
    pick(
      () => ({ text: "x" }),
      () => ({ json: { a: [1] } }),
      converseImage,
      converseDocument,
    ) as Draw
  )();

function converse(): Json {
  const turn = (toolUseId: string): unknown[] => [
    { role: "assistant", content: [{ text: "x" }, { toolUse: { toolUseId, name: "tool_0", input: {} } }] },
    {
      role: "user",
      content: [
        { toolResult: { toolUseId, content: some(2, converseResult), ...maybe({ status: () => "error" }) } },
        { text: "x" },
        ...some(2, () => (pick(converseImage, converseDocument) as Draw)()),
      ],
    },
  ];
  const toolSpec = (index: number): Json => ({
    toolSpec: {
      name: `tool_${index}`,
      inputSchema: { json: { type: "object", ...maybe({ properties: () => ({}), required: () => [] }) } },
      ...maybe({ description: () => "x", strict: () => false }),
    },
  });
  return {
    messages: [{ role: "user", content: [{ text: "x" }, ...(chance(0.5) ? [point()] : [])] }, ...turn("t1")],
    toolConfig: {
      tools: [...some(3, toolSpec), ...(chance(0.5) ? [point()] : [])],
      ...maybe({ toolChoice: () => pick({ auto: {} }, { any: {} }, { tool: { name: "tool_0" } }) }),
    },
    ...maybe({
      system: () => [{ text: "x" }, point()],
      inferenceConfig: () => ({ maxTokens: 64 }),
      additionalModelRequestFields: () =>
        pick(
          { top_k: 5 },
          { thinking: { type: "enabled", budget_tokens: 1024 } },
          {},
          {
            anthropic_beta: ["computer-use-2025-01-24"],
            tools: [{ type: "bash_20250124", name: "bash" }],
          },
        ),
      additionalModelResponseFieldPaths: () => ["/stop_sequence"],
    }),
  };
}

const circumstances = (provider: BodyCircumstances["provider"]): BodyCircumstances => ({
  form: { systemRole: true, betaFields: false },
  takesUnknown: false,
  betas: [],
  model: undefined,
  facts: resolveFacts(),
  provider,
});

const OPERATIONS = [
  {
    name: "CreateMessage",
    make: () => ({ model: "m", ...read(more), ...answer() }),
    find: (body: Json) => findCreateMessageProblem(body, circumstances("anthropic-aws")),
  },
  {
    name: "CountTokens",
    make: () => ({ model: "m", ...read(more) }),
    find: (body: Json) => findCountTokensProblem(body, circumstances("mantle")),
  },
  {
    name: "InvokeModel",
    make: () => ({ anthropic_version: "bedrock-2023-05-31", ...read(asIs), ...answer() }),
    find: (body: Json) => findInvokeModelProblem(body, circumstances("bedrock")),
  },
  { name: "Converse", make: converse, find: (body: Json) => findConverseBodyProblem(body, circumstances("bedrock")) },
];

describe("bodies as the types of the official SDKs have them", () => {
  test.each(OPERATIONS)(`are taken ${BODIES} times by $name`, ({ make, find }) => {
    const refused: unknown[] = [];
    for (let index = 0; index < BODIES; index++) {
      const body = make();
      const words = find(body);
      if (words !== undefined) refused.push({ words, body });
    }

    expect(refused.slice(0, 3)).toEqual([]);
  });
});
