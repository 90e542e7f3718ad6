import { describe, expect, test } from "vitest";
import { summarizeConversation } from "./summarize-conversation.ts";

const block = (text: string): object => ({ type: "text", text });

describe("summarizeConversation()", () => {
  test("says the same of the words of either API", () => {
    const claude = {
      thinking: { type: "enabled", budget_tokens: 1024 },
      messages: [
        { role: "user", content: "hello" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm", signature: "c2ln" },
            { type: "tool_use", id: "t1", name: "a", input: {} },
          ],
        },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "x" }] },
      ],
    };
    const converse = {
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
      messages: [
        { role: "user", content: [{ text: "hello" }] },
        {
          role: "assistant",
          content: [
            { reasoningContent: { reasoningText: { text: "Hm", signature: "c2ln" } } },
            { toolUse: { toolUseId: "t1", name: "a", input: {} } },
          ],
        },
        { role: "user", content: [{ toolResult: { toolUseId: "t1", content: [{ text: "x" }] } }] },
      ],
    };

    expect(summarizeConversation(converse)).toEqual(summarizeConversation(claude));
    expect(summarizeConversation(claude)?.said?.results).toEqual(summarizeConversation(claude)?.said?.calls);
  });

  test("finds a message again that goes on, and one with a mark for the cache", () => {
    const [first, marked] = [[block("a")], [{ ...block("a"), cache_control: { type: "ephemeral" } }, block("b")]].map(
      (content) => summarizeConversation({ messages: [{ role: "user", content }] })?.asked[0]?.steps,
    );

    expect(marked?.[0]).toBe(first?.[0]);
    expect(marked?.[1]).not.toBe(first?.[0]);
  });

  test("counts what the system says between turns to what is asked", () => {
    const messages = [
      { role: "user", content: "hello" },
      { role: "system", content: "Today is Monday." },
    ];

    expect(summarizeConversation({ messages })?.asked.map(({ at }) => at)).toEqual([0, 1]);
  });

  test("looks at the end of what is long, and takes nothing from what is no conversation", () => {
    const messages = Array.from({ length: 100_000 }, () => ({ role: "user", content: "x".repeat(100) }));

    expect(summarizeConversation({ messages })?.asked.map(({ at }) => at)).toEqual([99_996, 99_997, 99_998, 99_999]);
    expect(
      summarizeConversation({ messages: [{ role: "user", content: Array.from({ length: 65 }, () => block("a")) }] }),
    ).toMatchObject({ messages: 1, asked: [] });
    expect(summarizeConversation({ messages: "hello" })).toBeUndefined();
    expect(summarizeConversation({ messages: [null, 5, { role: 7 }] })?.asked).toEqual([]);
  });
});
