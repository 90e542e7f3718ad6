import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { useFake } from "@claude-on-aws/fake/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";

useFake({ afterAll, afterEach, beforeAll, beforeEach }, { failOnFinding: true, provider: "bedrock" });

test("Claude answers through Converse", async () => {
  // Made inside the test: here the variables stand, the endpoint among them.
  const client = new BedrockRuntimeClient();
  const { output } = await client.send(
    new ConverseCommand({
      modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      messages: [{ role: "user", content: [{ text: "Good morning" }] }],
    }),
  );
  client.destroy();

  expect(output?.message?.content?.[0]?.text).toBe("Good morning");
});
