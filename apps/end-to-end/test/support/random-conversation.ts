import type Anthropic from "@anthropic-ai/sdk";
import type { Random } from "@claude-on-aws/fixtures";

const CHARACTERS = [..."abc \n\t\"\\/{}[]:,<>&'`é€漢😀\u2028\u0007"];

const drawText = (random: Random): string =>
  Array.from({ length: 1 + random.below(60) }, () => random.pick(CHARACTERS)).join("") + "x";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const drawInput = (random: Random): Record<string, unknown> => ({
  [drawText(random)]: random.pick([1, -0.5, 1e21, null, true, [], {}, [{ a: drawText(random) }], drawText(random)]),
});

/** Draws a system prompt, tools and a conversation that every service takes. */
export function drawConversation(
  random: Random,
): Pick<Anthropic.MessageCreateParamsNonStreaming, "messages"> & Partial<Anthropic.MessageCreateParamsNonStreaming> {
  const name = `tool_${random.below(100)}`;
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: drawUserContent(random) }];
  if (random.oneIn(2)) {
    messages.push(
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: drawText(random), signature: "c2lnbmF0dXJl" },
          { type: "tool_use", id: "toolu_1", name, input: drawInput(random) },
        ],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: drawText(random) }] },
    );
  }
  return {
    messages,
    ...(random.oneIn(2) && {
      system: [{ type: "text", text: drawText(random), cache_control: { type: "ephemeral" } }],
    }),
    ...((messages.length > 1 || random.oneIn(2)) && {
      tools: [{ name, description: drawText(random), input_schema: { type: "object", properties: {} } }],
    }),
    ...(random.oneIn(3) && { metadata: { user_id: drawText(random) } }),
    ...(random.oneIn(3) && { stop_sequences: [drawText(random)] }),
    ...(random.oneIn(3) && { temperature: 0.5 }),
  };
}

function drawUserContent(random: Random): Anthropic.MessageParam["content"] {
  if (random.oneIn(3)) return drawText(random);
  return [
    { type: "text", text: drawText(random) },
    ...(random.oneIn(3)
      ? [{ type: "image" as const, source: { type: "base64" as const, media_type: "image/png" as const, data: PIXEL } }]
      : []),
    ...(random.oneIn(3)
      ? [
          {
            type: "document" as const,
            source: { type: "text" as const, media_type: "text/plain" as const, data: drawText(random) },
          },
        ]
      : []),
  ];
}

/** Draws what Claude says: any blocks, any characters. */
export function drawAnswer(random: Random): unknown[] {
  const blocks: (() => unknown)[] = [
    () => ({ type: "text", text: drawText(random) }),
    () => ({ type: "thinking", thinking: drawText(random), signature: "c2lnbmF0dXJl" }),
    () => ({ type: "redacted_thinking", data: "cmVkYWN0ZWQ=" }),
    () => ({ type: "tool_use", id: `toolu_${random.below(1000)}`, name: "a_tool", input: drawInput(random) }),
  ];
  return Array.from({ length: 1 + random.below(4) }, () => random.pick(blocks)());
}
