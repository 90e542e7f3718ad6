import { request } from "node:http";
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { afterEach, expect, test, vi } from "vitest";
import { createFake } from "../src/index.ts";
import { useFake } from "../src/vitest.ts";

const fake = useFake();
afterEach(() => void vi.useRealTimers());

const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/models`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });

test("a fake answers in a test that stops the clock of its process", async () => {
  vi.useFakeTimers();
  const client = new AnthropicAws();
  const message = await client.messages.create({
    model: "claude-sonnet-4-6",
    max_tokens: 8,
    messages: [{ role: "user", content: "hi" }],
  });

  expect(message.type).toBe("message");
  expect(await statusOf(fake.url)).toBe(401);
});

test("a fake answers that began to listen while the clock stood still", async () => {
  vi.useFakeTimers();
  const late = createFake();
  const { url, close } = await late.listen({ port: 0 });

  expect(await statusOf(url)).toBe(401);
  vi.useRealTimers();
  await close();
});
