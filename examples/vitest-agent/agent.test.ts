import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { useFake } from "@claude-on-aws/fake/vitest";
import { expect, test } from "vitest";
import { type AgentTool, runAgent } from "./agent.ts";

// A server on a free port, the variables that lead clients to it, and a failed test where a client broke a rule.
const fake = useFake({ failOnFinding: true });

test("calls the tool, and tells what it returned", async () => {
  const asked: unknown[] = [];
  const weather: AgentTool = {
    definition: {
      name: "get_weather",
      description: "The weather in a city",
      input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
    run: async (input) => {
      asked.push(input);
      return "14 degrees, rain";
    },
  };

  const answer = await runAgent(new AnthropicAws(), "How is the weather in Lyon?", [weather]);

  expect(asked).toHaveLength(1);
  expect(answer).toContain("14 degrees, rain");
  expect(fake.journal.total).toBe(2);
});
