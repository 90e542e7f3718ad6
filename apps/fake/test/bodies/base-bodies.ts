import { pick, wholeBelow } from "@claude-on-aws/fixtures";

/** What a body is sent to; the form of it follows. */
export type Target =
  | "anthropic-aws"
  | "mantle"
  | "invoke"
  | "count-tokens"
  | "converse"
  | "converse-stream"
  | "converse-counted";

export type Json = Record<string, unknown>;
export type Random = () => number;

export const MESSAGES_TARGETS = ["anthropic-aws", "mantle", "invoke", "count-tokens"] as const;
export const CONVERSE_TARGETS = ["converse", "converse-stream", "converse-counted"] as const;

export const upTo = (random: Random, most: number): number => 1 + wholeBelow(random, most);

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const word = (random: Random): string =>
  String.fromCharCode(...times(3 + wholeBelow(random, 8), () => 97 + wholeBelow(random, 26)));

const sentence = (random: Random): string => times(upTo(random, 5), () => word(random)).join(" ");

const schema = (random: Random): Json => ({
  type: "object",
  properties: Object.fromEntries(
    times(upTo(random, 3), () => [word(random), { anyOf: [{ type: "string" }, { type: "null" }] }]),
  ),
  ...(random() < 0.5 ? { additionalProperties: false } : {}),
});

const HEADS: Readonly<Record<(typeof MESSAGES_TARGETS)[number], Json>> = {
  "anthropic-aws": { model: "claude-sonnet-4-5", max_tokens: 64 },
  mantle: { model: "anthropic.claude-haiku-4-5", max_tokens: 64 },
  invoke: { anthropic_version: "bedrock-2023-05-31", max_tokens: 64 },
  "count-tokens": {},
};

/** A body of the Messages API or of InvokeModel that every check lets pass. */
export function messagesBody(random: Random, target: (typeof MESSAGES_TARGETS)[number]): Json {
  const text = (): Json => ({ type: "text", text: sentence(random) });
  const tools = times(upTo(random, 3), (index) => ({
    name: `${word(random)}_${index}`,
    description: sentence(random),
    input_schema: schema(random),
  }));
  const turns = times(upTo(random, 3), (turn) => {
    const ids = times(upTo(random, 2), (index) => `toolu_${turn}_${index}`);
    return [
      {
        role: "assistant",
        content: [text(), ...ids.map((id) => ({ type: "tool_use", id, name: pick(random, tools).name, input: {} }))],
      },
      {
        role: "user",
        content: [
          ...ids.map((id) => ({ type: "tool_result", tool_use_id: id, content: times(upTo(random, 2), text) })),
          ...times(upTo(random, 2), text),
        ],
      },
    ];
  });
  const file = { type: "base64", media_type: "application/pdf", data: "JVBERi0xLjQK" };
  return {
    ...HEADS[target],
    output_config: {},
    system: times(upTo(random, 3), text),
    tools,
    tool_choice: { type: "auto" },
    ...(target === "count-tokens" ? {} : { metadata: { user_id: word(random) } }),
    messages: [
      { role: "user", content: [...times(upTo(random, 3), text), { type: "document", source: file }] },
      ...turns.flat(),
    ],
  };
}

/** A body of Converse that every check lets pass. */
export function converseBody(random: Random): Json {
  const text = (): Json => ({ text: sentence(random) });
  const tools = times(upTo(random, 3), (index) => ({
    toolSpec: { name: `${word(random)}_${index}`, inputSchema: { json: schema(random) } },
  }));
  const turns = times(upTo(random, 3), (turn) => {
    const ids = times(upTo(random, 2), (index) => `tooluse_${turn}_${index}`);
    return [
      {
        role: "assistant",
        content: [
          text(),
          ...ids.map((toolUseId) => ({ toolUse: { toolUseId, name: pick(random, tools).toolSpec.name, input: {} } })),
        ],
      },
      {
        role: "user",
        content: [
          ...ids.map((toolUseId) => ({ toolResult: { toolUseId, content: [text(), { json: { a: 1 } }] } })),
          ...times(upTo(random, 2), text),
        ],
      },
    ];
  });
  return {
    system: times(upTo(random, 3), text),
    toolConfig: { tools },
    additionalModelRequestFields: { top_k: upTo(random, 100) },
    messages: [{ role: "user", content: times(upTo(random, 3), text) }, ...turns.flat()],
  };
}
