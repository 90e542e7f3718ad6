import { pick, seededRandom, soakLength } from "@claude-on-aws/fixtures";
import { findCapabilities, MODEL_CAPABILITIES, type ModelService } from "@claude-on-aws/models";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../src/server.ts";
import { SERVED_MODELS, type ServedModel } from "../src/models/served-models.ts";
import { keyedRequest } from "./support/keyed-request.ts";

type Body = Readonly<Record<string, unknown>>;

/** What of a body a model may refuse, as the Messages API has it. */
interface Part {
  /** Fields of the body. */
  readonly fields?: Body;
  /** Messages after the first, which is the user's. */
  readonly messages?: readonly { readonly role: string; readonly text: string }[];
}

/** A kind of refusal: what is offending, what its twin has in its place, and what is said. */
interface Kind {
  readonly offending: (model: ServedModel, draw: Draw) => Part;
  /** In place of the offending part. */
  readonly twin?: (model: ServedModel, draw: Draw) => Part;
  /** For which models, and through which services; written down here a second time, apart from the table. */
  readonly models: RegExp;
  readonly services?: readonly ModelService[];
  readonly words: RegExp;
}

type Draw = <Value>(among: readonly Value[]) => Value;

const SERVICES: readonly ModelService[] = ["anthropic-aws", "invoke-model", "converse", "mantle"];
const RUNTIME: readonly ModelService[] = ["invoke-model", "converse"];

const FROM_4_7 = /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[78])/;
const FROM_4_6 = /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[678]|sonnet-4-6)/;
const ONE_OF_TWO = /^claude-(?:opus|sonnet|haiku)-4-[56]$/;
const TOOL = { name: "look_up", input_schema: { type: "object" } };
const WITHOUT_SYSTEM_ROLE = /^claude-(?:opus-4(?:-[1567])?|sonnet-4(?:-[56])?|haiku-4-5|3-.*)$/;

const KINDS: Readonly<Record<string, Kind>> = {
  "thinking enabled": {
    models: FROM_4_7,
    offending: (_, draw) => ({ fields: { thinking: { type: "enabled", budget_tokens: draw([1024, 2048, 4096]) } } }),
    twin: () => ({ fields: { thinking: { type: "adaptive" } } }),
    words: /"thinking\.type\.enabled" is not supported for this model\. Use "thinking\.type\.adaptive"/,
  },
  "thinking disabled": {
    models: /^claude-(?:fable|opus-5-5|sonnet-5-5)/,
    offending: () => ({ fields: { thinking: { type: "disabled" } } }),
    twin: () => ({ fields: { thinking: { type: "adaptive" } } }),
    words:
      /"thinking\.type\.disabled" is not supported for this model\. Use "thinking\.type\.(?:adaptive|between_tools)"/,
  },
  "thinking adaptive": {
    models: /^claude-(?:opus-4(?:-[15])?|sonnet-4(?:-5)?|haiku-4-5|3-7-sonnet)$/,
    offending: (_, draw) => ({ fields: { thinking: { type: "adaptive", ...draw([{}, { display: "omitted" }]) } } }),
    twin: () => ({ fields: { thinking: { type: "enabled", budget_tokens: 1024 } } }),
    words: /adaptive thinking is not supported on this model$/,
  },
  "thinking without any": {
    models: /^claude-3-5/,
    offending: (_, draw) => ({
      fields: { thinking: draw([{ type: "adaptive" }, { type: "enabled", budget_tokens: 1024 }]) },
    }),
    twin: () => ({ fields: { thinking: { type: "disabled" } } }),
    words: /'claude-3-5-\w+-\d{8}' does not support thinking\.$/,
  },
  "thinking between tools": {
    models: /^(?!claude-sonnet-5-5)/,
    offending: () => ({ fields: { thinking: { type: "between_tools" } } }),
    words: /"thinking\.type\.between_tools" is not supported for this model\./,
  },
  "thinking between tools of Sonnet 5.5": {
    models: /^claude-sonnet-5-5$/,
    offending: (_, draw) => ({
      fields: draw<Body>([
        { thinking: { type: "between_tools", display: "omitted" } },
        { thinking: { type: "between_tools", budget_tokens: 1024 } },
        { thinking: { type: "between_tools" }, output_config: { effort: draw(["xhigh", "max"]) } },
      ]),
    }),
    twin: (_, draw) => ({
      fields: { thinking: { type: "between_tools" }, output_config: { effort: draw(["low", "medium", "high"]) } },
    }),
    words:
      /thinking\.between_tools\.\w+: Extra inputs|effort '\w+' is not supported with thinking\.type 'between_tools'/,
  },
  "effort without thinking": {
    models: /^claude-(?:opus-5|haiku-5-5)$/,
    offending: (_, draw) => ({
      fields: { thinking: { type: "disabled" }, output_config: { effort: draw(["xhigh", "max"]) } },
    }),
    twin: (_, draw) => ({
      fields: { thinking: { type: "disabled" }, output_config: { effort: draw(["low", "medium", "high"]) } },
    }),
    words: /output_config\.effort '(?:xhigh|max)' is not supported when thinking is disabled on this model\./,
  },
  effort: {
    models: /^claude-(?:sonnet-4-5|haiku-4-5|opus-4-1|opus-4|sonnet-4|3-.*)$/,
    offending: (_, draw) => ({ fields: { output_config: { effort: draw(["low", "medium", "high", "max"]) } } }),
    words: /This model does not support the effort parameter\.$/,
  },
  "effort level": {
    models: /^claude-(?:opus|sonnet)-4-6$|^claude-opus-4-5$/,
    offending: () => ({ fields: { output_config: { effort: "xhigh" } } }),
    twin: (_, draw) => ({ fields: { output_config: { effort: draw(["low", "medium", "high"]) } } }),
    words: /effort level 'xhigh'\. Supported levels: high, low, (?:max, )?medium\.$/,
  },
  sampling: {
    models: FROM_4_7,
    offending: (_, draw) => ({
      fields: draw<Body>([
        { temperature: draw([0, 0.2, 0.99]) },
        { top_p: draw([0.1, 0.95]) },
        { top_k: draw([1, 40]) },
      ]),
    }),
    twin: (_, draw) => ({ fields: draw<Body>([{}, { temperature: 1 }]) }),
    words: /`(?:temperature|top_p|top_k)` is deprecated for this model\.$/,
  },
  "two of sampling": {
    models: ONE_OF_TWO,
    offending: (_, draw) => ({ fields: { temperature: draw([0, 0.5, 1]), top_p: draw([0.5, 0.9, 1]) } }),
    twin: (_, draw) => ({ fields: draw<Body>([{ temperature: 0.5, top_k: 40 }, { top_p: 0.9 }]) }),
    words: /`temperature` and `top_p` cannot both be specified for this model\. Please use only one\.$/,
  },
  prefill: {
    models: FROM_4_6,
    offending: (_, draw) => ({ messages: [{ role: "assistant", text: draw(["{", "The answer is", "1."]) }] }),
    twin: (_, draw) => ({
      messages: [
        { role: "assistant", text: draw(["{", "The answer is", "1."]) },
        { role: "user", text: "Go on." },
      ],
    }),
    words: /This model does not support assistant message prefill\. The conversation must end with a user message\.$/,
  },
  "forced tools": {
    models: /^claude-(?:fable-5-[12]|opus-5-5|sonnet-5-5)$/,
    offending: (_, draw) => ({
      fields: { tools: [TOOL], tool_choice: draw<Body>([{ type: "any" }, { type: "tool", name: TOOL.name }]) },
    }),
    twin: () => ({ fields: { tools: [TOOL], tool_choice: { type: "auto" } } }),
    words: /tool_choice: type "tool" and "any" are not supported for this model\.$/,
  },
  "forced tools with thinking": {
    models: /^claude-(?:opus-4(?:-[156])?|sonnet-4(?:-[56])?|haiku-4-5|3-7-sonnet)$/,
    offending: (_, draw) => ({
      fields: {
        thinking: { type: "enabled", budget_tokens: 1024 },
        tools: [TOOL],
        tool_choice: draw<Body>([{ type: "any" }, { type: "tool", name: TOOL.name }]),
      },
    }),
    twin: (_, draw) => ({
      fields: {
        tools: [TOOL],
        ...draw<Body>([
          { thinking: { type: "enabled", budget_tokens: 1024 }, tool_choice: { type: "auto" } },
          { tool_choice: { type: "any" } },
        ]),
      },
    }),
    words: /Thinking may not be enabled when tool_choice forces tool use\.$/,
  },
  "output format": {
    models: /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[178]|opus-4$|sonnet-4$|3-)/,
    services: RUNTIME,
    offending: () => ({
      fields: { output_config: { format: { type: "json_schema", schema: { type: "object", properties: {} } } } },
    }),
    words: /output_config\.format: Extra inputs are not permitted$/,
  },
  "strict tool": {
    models: /^claude-(?:(?:fable|opus|sonnet|haiku)-5|opus-4-[178]|opus-4$|sonnet-4$|3-)/,
    services: RUNTIME,
    offending: (_, draw) => ({
      fields: { tools: [...draw([[], [{ ...TOOL, name: "other" }]]), { ...TOOL, strict: true }] },
    }),
    twin: (_, draw) => ({ fields: { tools: [...draw([[], [{ ...TOOL, name: "other" }]]), TOOL] } }),
    words: /tools\.[01]\.custom\.strict: Extra inputs are not permitted$/,
  },
  "eager input of tools": {
    models: /^claude-(?:opus-4(?:-[156])?|sonnet-4(?:-5)?|haiku-4-5|3-.*)$/,
    services: ["invoke-model"],
    offending: (_, draw) => ({
      fields: {
        tools: [...draw([[], [{ ...TOOL, name: "other" }]]), { ...TOOL, eager_input_streaming: true }],
        ...draw<Body>([{}, { anthropic_beta: ["interleaved-thinking-2025-05-14"] }]),
      },
    }),
    twin: (_, draw) => ({ fields: { tools: [{ ...TOOL, ...draw<Body>([{}, { eager_input_streaming: null }]) }] } }),
    words: /tools\.[01]\.custom\.eager_input_streaming: Extra inputs are not permitted$/,
  },
  "tool type": {
    models: /^claude-(?:(?:opus|sonnet|haiku)-5|opus-4-8|(?:sonnet|haiku)-4-5)/,
    services: RUNTIME,
    offending: ({ id }, draw) => ({
      fields: { tools: [computer(draw(["20241022", id.endsWith("-4-5") ? "20251124" : "20250124"]))] },
    }),
    twin: ({ id }) => ({ fields: { tools: [computer(id.endsWith("-4-5") ? "20250124" : "20251124")] } }),
    words: /'claude-[a-z0-9-]+' does not support tool types: computer_\d{8}$/,
  },
  "tool of the server": {
    models: /./,
    services: RUNTIME,
    offending: (_, draw) => ({
      fields: {
        tools: [
          ...draw([[], [TOOL]]),
          draw([
            { type: "web_search_20250305", name: "web_search" },
            { type: "web_fetch_20250910", name: "web_fetch" },
            { type: "code_execution_20250825", name: "code_execution" },
          ]),
        ],
      },
    }),
    twin: () => ({ fields: { tools: [TOOL] } }),
    words: /tools\.[01]: Input tag '(?:web_search|web_fetch|code_execution)_\d{8}' found using 'type' does not match/,
  },
  "limits of thinking": {
    models: /^claude-(?:opus-4(?:-[156])?|sonnet-4(?:-[56])?|haiku-4-5|3-7-sonnet)$/,
    offending: (_, draw) => ({
      fields: {
        thinking: { type: "enabled", budget_tokens: 2048 },
        ...draw<Body>([{ max_tokens: draw([1100, 2048]) }, { temperature: draw([0, 0.5]) }]),
      },
    }),
    twin: () => ({ fields: { thinking: { type: "enabled", budget_tokens: 2048 }, temperature: 1 } }),
    words:
      /`max_tokens` must be greater than `thinking\.budget_tokens`|`temperature` may only be set to 1 when thinking/,
  },
  "system role": {
    models: WITHOUT_SYSTEM_ROLE,
    offending: () => ({ messages: [{ role: "system", text: "Be brief." }] }),
    twin: () => ({ fields: { system: "Be brief." } }),
    words: /role 'system' is not supported on this model$/,
  },
  "output limit": {
    models: /./,
    offending: (model, draw) => ({ fields: { max_tokens: largestOutput(model) + draw([1, 2, 1000]) } }),
    twin: (model, draw) => ({ fields: { max_tokens: largestOutput(model) - draw([0, 1, 100]) } }),
    words: /the maximum allowed number of output tokens for claude|exceeds the model limit of \d+/,
  },
};

const largestOutput = ({ id }: ServedModel): number => Number(findCapabilities(id)?.maxOutputTokens);

const computer = (date: string): Body => ({
  type: `computer_${date}`,
  name: "computer",
  display_width_px: 800,
  display_height_px: 600,
});

/** Draws that are the same in every run. */
function drawing(seed: number): Draw {
  const random = seededRandom(seed);
  return (among) => {
    if (among.length === 0) throw new Error("Cannot draw from an empty list: nothing fits");
    return pick(random, among);
  };
}

const messagesOf = (part: Part): readonly { readonly role: string; readonly text: string }[] => [
  { role: "user", text: "Hello." },
  ...(part.messages ?? []),
];

/** Fields of the Messages API that Converse has as its own; the rest goes to the model as it is. */
function converseBody(part: Part): Body {
  const { max_tokens, temperature, top_p, tools, tool_choice, system, ...more } = part.fields ?? {};
  const own = (Array.isArray(tools) ? tools : []) as readonly Body[];
  const custom = own.filter(({ type }) => type === undefined);
  const others = own.filter(({ type }) => type !== undefined);
  const choice = tool_choice as Body | undefined;
  const additional = { ...more, ...(others.length === 0 ? {} : { tools: others }) };
  return {
    messages: messagesOf(part).map(({ role, text }) => ({ role, content: [{ text }] })),
    inferenceConfig: { maxTokens: max_tokens ?? 8000, temperature, topP: top_p },
    ...(system === undefined ? {} : { system: [{ text: system }] }),
    ...(custom.length === 0
      ? {}
      : {
          toolConfig: {
            tools: custom.map(({ name, input_schema, strict }) => ({
              toolSpec: { name, inputSchema: { json: input_schema }, strict },
            })),
            ...(choice === undefined
              ? {}
              : {
                  toolChoice: { [String(choice["type"])]: choice["type"] === "tool" ? { name: choice["name"] } : {} },
                }),
          },
        }),
    additionalModelRequestFields: additional,
  };
}

const messagesBody = (part: Part): Body => ({
  max_tokens: 8000,
  messages: messagesOf(part).map(({ role, text }) => ({ role, content: text })),
  ...part.fields,
});

/** Every model that takes no bare ID has a profile of this geography. */
const profileOf = ({ bedrockId, onDemand }: ServedModel): string => (onDemand ? bedrockId : `us.${bedrockId}`);

/** Where a body is sent: path, body and headers, by service. */
const REQUESTS: Readonly<
  Record<ModelService, (model: ServedModel, part: Part, draw: Draw) => readonly [target: string, body: Body]>
> = {
  "anthropic-aws": ({ id }, part) => ["/v1/messages", { model: id, ...messagesBody(part) }],
  mantle: ({ id }, part) => ["/anthropic/v1/messages", { model: `anthropic.${id}`, ...messagesBody(part) }],
  "invoke-model": (model, part, draw) => [
    `/model/${profileOf(model)}/${draw(["invoke", "invoke-with-response-stream"])}`,
    { anthropic_version: "bedrock-2023-05-31", ...messagesBody(part) },
  ],
  converse: (model, part, draw) => [
    `/model/${profileOf(model)}/${draw(["converse", "converse-stream"])}`,
    converseBody(part),
  ],
};

const fake = createFakeCore();

async function send(target: string, body: Body) {
  const { status, body: answer } = await fake.handle(keyedRequest(target, body));
  if (!(answer instanceof Uint8Array)) {
    // A stream that nobody reads would stay open.
    for await (const chunk of answer) if (chunk.length > 0) break;
    return { status, refusal: {} as Record<string, unknown> };
  }
  const text = new TextDecoder().decode(answer);
  return { status, refusal: (status === 200 ? {} : JSON.parse(text)) as Record<string, unknown> };
}

const COUNT = soakLength(200, 64);

describe.each(Object.entries(KINDS))("what a model does not take: %s", (_, kind) => {
  const models = SERVED_MODELS.filter(({ id }) => kind.models.test(id) && findCapabilities(id) !== undefined);
  const pairs = (kind.services ?? SERVICES).flatMap((service) =>
    models
      .filter(({ onMessagesApi }) => onMessagesApi || RUNTIME.includes(service))
      .map((model) => ({ service, model })),
  );

  test(`is refused ${COUNT} times, and its twin is answered`, async () => {
    const draw = drawing(20_261_129);
    const seen = new Set<string>();
    for (let at = 0; at < COUNT; at++) {
      const { service, model } = pairs[at % pairs.length] ?? draw(pairs);
      const make = REQUESTS[service];
      const [target, body] = make(model, kind.offending(model, draw), draw);
      const refused = await send(target, body);
      expect([target, body, refused.status]).toEqual([target, body, 400]);
      const { error, message } = refused.refusal as { error?: { message: string; type: string }; message?: string };
      expect(error?.message ?? message).toMatch(kind.words);
      if (error !== undefined) expect(error.type).toBe("invalid_request_error");

      const [twinTarget, twin] = make(model, kind.twin?.(model, draw) ?? {}, draw);
      const answered = await send(twinTarget, twin);
      expect([twinTarget, twin, answered]).toEqual([twinTarget, twin, { status: 200, refusal: {} }]);
      seen.add(`${service} ${model.id}`);
    }

    expect(seen.size).toBe(Math.min(pairs.length, COUNT));
  });
});

describe("the envelope of a refusal", () => {
  const MODEL = SERVED_MODELS.find(({ id }) => id === "claude-opus-4-8") as ServedModel;
  const WORDS = "`temperature` is deprecated for this model.";
  const part: Part = { fields: { temperature: 0.5 } };
  const refusedBy = async (service: ModelService) => {
    const [target, body] = REQUESTS[service](MODEL, part, drawing(1));
    return (await send(target, body)).refusal;
  };

  test.each(["anthropic-aws", "mantle"] as const)("%s answers in that of the Claude API", async (service) => {
    expect(await refusedBy(service)).toEqual({
      type: "error",
      error: { type: "invalid_request_error", message: WORDS },
      request_id: expect.stringMatching(/^req_/),
    });
  });

  test("Converse says that the model returned it", async () => {
    expect(await refusedBy("converse")).toEqual({ message: `The model returned the following errors: ${WORDS}` });
  });

  test("InvokeModel passes on what the model says", async () => {
    expect(await refusedBy("invoke-model")).toEqual({
      type: "error",
      request_id: expect.stringMatching(/^req_[a-z2-7]{52}$/),
      error: { type: "invalid_request_error", message: WORDS },
    });
  });
});

describe("CountTokens of Amazon Bedrock", () => {
  const counted = { input: { converse: { messages: [{ role: "user", content: [{ text: "x" }] }] } } };
  const count = async (id: string) => (await send(`/model/${id}/count-tokens`, counted)).status;

  test.each(MODEL_CAPABILITIES.map(({ id, countTokensOnRuntime }) => [id, countTokensOnRuntime] as const))(
    "counts for %s: %s",
    async (id, counts) => {
      const bedrockId = SERVED_MODELS.find((model) => model.id === id)?.bedrockId ?? "";
      const arn = encodeURIComponent(`arn:aws:bedrock:us-east-1::foundation-model/${bedrockId}`);
      const profile = counts === "unknown" ? 200 : 400;
      const bare = counts === "none" ? 400 : 200;

      expect([await count(bedrockId), await count(arn)]).toEqual([bare, bare]);
      expect(await count(`us.${bedrockId}`)).toBe(profile);
    },
  );
});

describe("what is not asked", () => {
  const offending = {
    thinking: { type: "enabled", budget_tokens: 1024 },
    temperature: 1,
    output_config: { effort: "max" },
  };
  const body = { anthropic_version: "bedrock-2023-05-31", ...messagesBody({ fields: offending }) };
  const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";

  test("anything behind an application inference profile that nobody created", async () => {
    expect((await send(`/model/${encodeURIComponent(ARN)}/invoke`, body)).status).toBe(200);
  });

  test("whether an answer that a tool of the server's interrupted is a beginning of the next", async () => {
    const paused = {
      model: "claude-opus-5-5",
      max_tokens: 16,
      messages: [
        { role: "user", content: "x" },
        {
          role: "assistant",
          content: [{ type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} }],
        },
      ],
    };

    expect((await send("/v1/messages", paused)).status).toBe(200);
  });

  test("whether a forced tool is counted, but of the model that refuses it there too", async () => {
    const forced = { messages: [{ role: "user", content: "x" }], tools: [TOOL], tool_choice: { type: "any" } };
    const count = async (model: string) => (await send("/v1/messages/count_tokens", { model, ...forced })).status;

    expect([await count("claude-opus-5-5"), await count("claude-sonnet-5-5")]).toEqual([200, 400]);
  });

  test("a message of the system's, but for the first of all", async () => {
    const ask = async (...roles: string[]) =>
      (
        await send("/v1/messages", {
          model: "claude-opus-5-5",
          max_tokens: 16,
          messages: roles.map((role) => ({ role, content: "x" })),
        })
      ).status;

    expect([await ask("user", "system"), await ask("system", "user")]).toEqual([200, 400]);
  });
});

describe("structured output through Converse", () => {
  test("comes in the form that additionalModelRequestFields asks for", async () => {
    const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] };
    const reply = await fake.handle(
      keyedRequest(
        "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
        converseBody({ fields: { output_config: { format: { type: "json_schema", schema } } } }),
      ),
    );
    const answer = JSON.parse(new TextDecoder().decode(reply.body as Uint8Array));

    expect(JSON.parse(answer.output.message.content[0].text)).toEqual({ answer: expect.any(String) });
  });
});
