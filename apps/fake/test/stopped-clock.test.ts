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

test.each(["auto", "1"] as const)("a fake says the time of its own clock in its answers (http: %s)", async (http) => {
  let now = new Date("2020-02-29T12:00:00.999Z");
  const past = createFake({ now: () => now });
  const { url, close } = await past.listen({ port: 0, http });
  const dateOf = async (path: string): Promise<string | null> => (await fetch(`${url}${path}`)).headers.get("date");

  expect(await dateOf("/v1/models")).toBe("Sat, 29 Feb 2020 12:00:00 GMT");
  now = new Date("2031-01-01T00:00:00Z");
  expect(await dateOf("/v1/models")).toBe("Wed, 01 Jan 2031 00:00:00 GMT");
  expect(await dateOf("/_fake/health")).toBe("Wed, 01 Jan 2031 00:00:00 GMT");
  await close();
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
