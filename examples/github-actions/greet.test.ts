import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { partialDeepStrictEqual } from "node:assert/strict";
import { test } from "node:test";

test("Claude greets", async () => {
  const message = await new AnthropicAws().messages.create({
    model: "claude-sonnet-4-6",
    max_tokens: 64,
    messages: [{ role: "user", content: "Good morning" }],
  });

  partialDeepStrictEqual(message.content, [{ type: "text", text: "Good morning" }]);
});
