import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { useFake } from "@claude-on-aws/fake/vitest";
import { expect, test } from "vitest";
import { type AgentTool, runAgent } from "./agent.ts";

const fake = useFake({ failOnFinding: true });

const weather: AgentTool = {
  definition: { name: "get_weather", description: "The weather in a city", input_schema: { type: "object" } },
  run: async () => "14 degrees, rain",
};

test("goes on after a throttle", async () => {
  fake.on({ toolResult: { name: "get_weather", text: "rain" } }).reply({ text: "Take an umbrella." });
  fake.on({ turn: 1 }).reply({ toolCall: { name: "get_weather", input: { city: "Lyon" } } });
  // The last row is asked first: once, and then it is used up.
  fake
    .on()
    .reply({ throttle: { headers: { "retry-after-ms": "1" } } })
    .times(1)
    .name("throttled");

  expect(await runAgent(new AnthropicAws(), "How is the weather in Lyon?", [weather])).toBe("Take an umbrella.");
  expect(fake.journal.snapshot().exchanges.map(({ row }) => row)).toEqual(["throttled", "on()", "on()"]);
});

test("knows a stream that was cut from one that is whole", async () => {
  fake.on().reply({ text: "It rains in Lyon." });
  fake.on().reply({ text: "It rains in Lyon.", cutAfterEvents: 4 }).times(1);
  const client = new AnthropicAws({ maxRetries: 0 });
  const ask = () =>
    client.messages
      .stream({
        model: "claude-sonnet-4-6",
        max_tokens: 64,
        messages: [{ role: "user", content: "How is the weather in Lyon?" }],
      })
      .finalMessage();

  await expect(ask()).rejects.toThrow();
  expect((await ask()).content).toMatchObject([{ text: "It rains in Lyon." }]);
});
