import type Anthropic from "@anthropic-ai/sdk";
import type { ContentBlock, ConverseCommandInput, Message, ToolChoice } from "@aws-sdk/client-bedrock-runtime";
import { isObject } from "@claude-on-aws/endpoints";
import { pick, seededRandom, soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../src/server.ts";
import { SERVED_MODELS, type ServedModel } from "../src/models/served-models.ts";
import { keyedRequest } from "./support/keyed-request.ts";

/** What older releases of the SDK have, and the newest leaves out. */
interface Sampling {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
}

type Params = Anthropic.MessageCreateParamsNonStreaming & Sampling;
type Part = Partial<Params>;

/** What may stand in a body, for the models that take it; written down apart from the table that the fake reads. */
interface Taken {
  readonly models: RegExp;
  readonly parts: readonly Part[];
}

const FROM_4_6 = /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[678]|sonnet-4-6)/;
const UP_TO_4_6 = /^claude-(?:(?:opus|sonnet|haiku)-4(?:-[1-6])?|3-7-sonnet)$/;
const TOOL: Anthropic.Tool = { name: "look_up", input_schema: { type: "object", properties: {} } };
const IMAGE: Anthropic.ImageBlockParam = {
  type: "image",
  source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" },
};
const DOCUMENT: Anthropic.DocumentBlockParam = {
  type: "document",
  source: { type: "text", media_type: "text/plain", data: "All of it." },
};
const user = (...content: Anthropic.ContentBlockParam[]): Anthropic.MessageParam => ({ role: "user", content });
const TEXT: Anthropic.TextBlockParam = { type: "text", text: "Hello." };

/** Of each row one part at most stands in a body. */
const TAKEN: readonly (readonly Taken[])[] = [
  [
    {
      models: FROM_4_6,
      parts: [{ thinking: { type: "adaptive" } }, { thinking: { type: "adaptive", display: "omitted" } }],
    },
    { models: UP_TO_4_6, parts: [{ thinking: { type: "enabled", budget_tokens: 1024 } }] },
    { models: /^(?!claude-(?:fable|opus-5-5|sonnet-5-5))/, parts: [{ thinking: { type: "disabled" } }] },
    { models: /^claude-sonnet-5-5$/, parts: [{ thinking: { type: "between_tools" } }] },
  ],
  [
    {
      models: /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[5-8]|sonnet-4-6)/,
      parts: (["low", "medium", "high"] as const).map((effort) => ({ output_config: { effort } })),
    },
    // Without thinking not every model takes it: the draw leaves it out there.
    { models: FROM_4_6, parts: [{ output_config: { effort: "max" } }] },
  ],
  [
    { models: /./, parts: [{ temperature: 1 }] },
    // Beside thinking other temperatures are refused: the draw leaves them out there.
    {
      models: /^claude-(?:(?:opus|sonnet|haiku)-4(?:-[1-6])?$|3-)/,
      parts: [{ temperature: 0.3 }, { top_p: 0.99 }, { top_k: 20 }],
    },
  ],
  [
    {
      models: /./,
      parts: [
        { tools: [TOOL] },
        { tools: [TOOL], tool_choice: { type: "auto", disable_parallel_tool_use: true } },
        { tools: [{ ...TOOL, cache_control: { type: "ephemeral" } }], tool_choice: { type: "none" } },
      ],
    },
    {
      models: /^claude-(?:(?:fable|opus|sonnet)-5|opus-4-[78]|sonnet-4-6)/,
      parts: [{ tools: [{ ...TOOL, eager_input_streaming: true }] }],
    },
  ],
  [
    {
      models: /./,
      parts: [
        { system: "Be brief." },
        { system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral", ttl: "5m" } }] },
        { stop_sequences: ["END"] },
        { metadata: { user_id: "u" } },
      ],
    },
  ],
  [
    {
      models: /./,
      parts: [
        { messages: [user(TEXT, IMAGE)] },
        { messages: [user(TEXT, DOCUMENT)] },
        { messages: [user(TEXT, { ...DOCUMENT, title: "report", citations: { enabled: true } })] },
        { messages: [user({ ...TEXT, cache_control: { type: "ephemeral" } })] },
        { messages: [user(TEXT), { role: "assistant", content: "Yes." }, user(TEXT)] },
        {
          messages: [
            user(TEXT),
            { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "look_up", input: {} }] },
            user({ type: "tool_result", tool_use_id: "toolu_1", content: "x" }),
          ],
          tools: [TOOL],
        },
      ],
    },
    {
      models: /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-8)/,
      parts: [{ messages: [user(TEXT), { role: "system", content: "Be brief." }] }],
    },
    {
      models: /^claude-(?:(?:opus|sonnet|haiku)-4-5|opus-4(?:-1)?|sonnet-4|3-.*)$/,
      parts: [{ messages: [user(TEXT), { role: "assistant", content: "{" }] }],
    },
  ],
];

function drawBody({ id }: ServedModel, random: () => number): Params {
  let body: Params = { model: id, max_tokens: 2000, messages: [user(TEXT)] };
  for (const row of TAKEN) {
    const fitting = row.filter(({ models }) => models.test(id)).flatMap(({ parts }) => parts);
    const part = random() < 0.6 ? pick(random, fitting) : undefined;
    const samples = part?.top_p ?? part?.top_k ?? (part?.temperature === 1 ? undefined : part?.temperature);
    const isLoose = part?.output_config?.effort === "max" && body.thinking?.type !== "adaptive";
    if (part === undefined || isLoose || (samples !== undefined && body.thinking !== undefined)) continue;
    seen.add(part);
    body = { ...body, ...part };
  }
  return body;
}

/** Parts that were in a body. */
const seen = new Set<Part>();

const CACHE_POINT = { cachePoint: { type: "default" } } as const;

function converseBlock(block: Anthropic.ContentBlockParam): ContentBlock[] {
  const point = "cache_control" in block && isObject(block.cache_control) ? [CACHE_POINT] : [];
  switch (block.type) {
    case "text":
      return [{ text: block.text }, ...point];
    case "image":
      return [{ image: { format: "png", source: { bytes: new Uint8Array([0x89]) } } }];
    case "document": {
      const { citations } = block;
      const asked = citations?.enabled === true ? { citations: { enabled: true } } : {};
      return [{ document: { name: block.title ?? "All", source: { text: "All of it." }, ...asked } }];
    }
    case "tool_use":
      return [{ toolUse: { toolUseId: block.id, name: block.name, input: {} } }];
    case "tool_result":
      return [{ toolResult: { toolUseId: block.tool_use_id, content: [{ text: "x" }] } }];
    default:
      throw new Error(`Cannot write a block of type ${block.type} for Converse`);
  }
}

function converseMessage({ role, content }: Anthropic.MessageParam): Message {
  const blocks: readonly Anthropic.ContentBlockParam[] =
    typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  return { role, content: blocks.flatMap(converseBlock) };
}

const CHOICES: Readonly<Record<string, ToolChoice>> = { auto: { auto: {} }, any: { any: {} } };

/** The same for Converse; what it has no field for goes to the model as it is, or is left out. */
function converseBody(body: Params): Omit<ConverseCommandInput, "modelId"> {
  const {
    messages,
    system,
    tools = [],
    tool_choice: choice,
    max_tokens: maxTokens,
    stop_sequences: stopSequences,
  } = body;
  const { temperature, top_p: topP, top_k, thinking, output_config } = body;
  const custom = tools.filter((tool): tool is Anthropic.Tool => "input_schema" in tool);
  const specs = custom.map(({ name, input_schema }) => ({
    toolSpec: { name, inputSchema: { json: input_schema as never } },
  }));
  const toolChoice = CHOICES[choice?.type ?? ""];
  const texts =
    typeof system === "string" ? [{ text: system }] : system?.flatMap(({ text }) => [{ text }, CACHE_POINT]);
  return JSON.parse(
    JSON.stringify(
      {
        messages: messages.map(converseMessage),
        system: texts,
        inferenceConfig: { maxTokens, stopSequences, temperature, topP },
        toolConfig: specs.length === 0 ? undefined : { tools: specs, toolChoice },
        additionalModelRequestFields: { top_k, thinking, output_config },
      },
      (_, value: unknown) => (value instanceof Uint8Array ? "iVBORw0KGgo=" : value),
    ),
  ) as Omit<ConverseCommandInput, "modelId">;
}

const fake = createFakeCore({ maxJournalExchanges: 0 });

const TARGETS: readonly ((model: ServedModel, body: Params) => readonly [target: string, body: object] | undefined)[] =
  [
    ({ onMessagesApi }, body) => (onMessagesApi ? ["/v1/messages", body] : undefined),
    ({ onMessagesApi, id }, body) =>
      onMessagesApi ? ["/anthropic/v1/messages", { ...body, model: `anthropic.${id}` }] : undefined,
    (model, { model: _model, ...body }) => [
      `/model/${bedrockIdOf(model)}/invoke`,
      { anthropic_version: "bedrock-2023-05-31", ...body },
    ],
    (model, body) => [`/model/${bedrockIdOf(model)}/converse`, converseBody(body)],
  ];

const bedrockIdOf = ({ bedrockId, onDemand }: ServedModel): string => (onDemand ? bedrockId : `us.${bedrockId}`);

const COUNT = soakLength(10_000, 2_500);

describe("a body of the official SDK's types, for a model that takes it", () => {
  test(`is answered, ${COUNT} of ${COUNT}`, async () => {
    const random = seededRandom(20_261_129);
    const refused: unknown[] = [];
    const reached = new Set<string>();
    let sent = 0;
    while (sent < COUNT) {
      const model = pick(random, SERVED_MODELS);
      const to = pick(random, TARGETS);
      const made = to(model, drawBody(model, random));
      if (made === undefined) continue;
      sent++;
      reached.add(`${model.id} ${TARGETS.findIndex((target) => target === to)}`);
      const [target, body] = made;
      const reply = await fake.handle(keyedRequest(target, body));
      if (reply.status !== 200 && refused.length < 5) {
        refused.push([target, body, new TextDecoder().decode(reply.body as Uint8Array)]);
      }
    }

    expect(refused).toEqual([]);
    // Every part, and every model on every service that has it.
    expect(seen.size).toBe(TAKEN.flat().flatMap(({ parts }) => parts).length);
    expect(reached.size).toBe(
      SERVED_MODELS.length * 2 + SERVED_MODELS.filter(({ onMessagesApi }) => onMessagesApi).length * 2,
    );
  });
});
