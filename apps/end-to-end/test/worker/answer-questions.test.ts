import { expect, test } from "vitest";
import { answerQuestions } from "./answer-questions.ts";

// The same is asked in workerd, of the packed packages, by `pnpm check:examples`.
test("the packages that workers are promised agree on every runtime", async () => {
  const answers = await answerQuestions();

  expect(answers).toMatchObject({
    verified: [true, false],
    diagnosed: ["METHOD_CHANGED"],
    hosts: ["bedrock-fips.us-gov-west-1.amazonaws.com", { service: "bedrock-mantle", region: "us-east-1" }],
    resource: { kind: "foundation-model", id: "anthropic.claude-opus-5" },
    path: "us.anthropic.claude-sonnet-4-5-20250929-v1%3A0",
    model: { id: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0" },
    message: { content: [{ type: "text", text: "Grüße 👋" }], stop_reason: "end_turn" },
  });
});
