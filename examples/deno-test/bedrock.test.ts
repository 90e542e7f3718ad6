import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { useFake } from "@claude-on-aws/fake/testing";
import { deepEqual } from "node:assert/strict";

useFake(Deno.test, { failOnFinding: true, provider: "bedrock" });

Deno.test("Claude answers", async () => {
  // Made inside the test: here the variables stand, the base URL among them.
  const message = await new AnthropicBedrock().messages.create({
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    max_tokens: 64,
    messages: [{ role: "user", content: "Good morning" }],
  });

  deepEqual(message.content, [{ type: "text", text: "Good morning" }]);
});
