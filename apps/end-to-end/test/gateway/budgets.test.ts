import Anthropic, { RateLimitError } from "@anthropic-ai/sdk";
import type { CapSettings } from "@claude-on-aws/gateway";
import { describe, expect, test } from "vitest";
import { MODEL, startFake } from "../support/fetch-providers.ts";
import { startServedGateway } from "../support/serve-gateway.ts";

/** What the fake says that an answer took: an input token a word, roughly, which is far below the bytes that are reserved. */
const QUESTION = "one two three four five six seven eight nine ten ".repeat(40);

/** What an answer took is settled when it has ended, which its client may see before. */
const UNTIL_SETTLED = { timeout: 100_000 };

const cap = (amount: number): CapSettings => ({
  name: "a month",
  unit: "usd",
  amount,
  window: "month",
  scope: "each-caller",
});

const ask = { model: MODEL, max_tokens: 64, messages: [{ role: "user" as const, content: QUESTION }] };

const refusalOf = async (promise: Promise<unknown>): Promise<RateLimitError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof RateLimitError)) throw new Error("Expected a refusal with 429");
  return error;
};

describe("a cap of money before Claude Platform on AWS", () => {
  const fake = startFake();
  const gateway = startServedGateway(fake, "anthropic-aws", undefined, { budgets: { caps: [cap(1)] } });
  const client = () => new Anthropic({ authToken: gateway.token, apiKey: null, baseURL: gateway.url, maxRetries: 0 });
  const usage = async (): Promise<{ readonly extra_usage: { readonly used_credits: number } }> =>
    (
      await fetch(`${gateway.url}/api/oauth/usage`, { headers: { authorization: `Bearer ${gateway.token}` } })
    ).json() as Promise<{ readonly extra_usage: { readonly used_credits: number } }>;

  test("is told in headers, and settled by what the answer took", async () => {
    const { response, data } = await client().messages.create(ask).withResponse();

    expect(response.headers.get("anthropic-ratelimit-unified-status")).toBe("allowed");
    // The service's own are of a limit that the client is not under.
    expect(response.headers.get("anthropic-ratelimit-requests-limit")).toBeNull();
    expect((await usage()).extra_usage).toMatchObject({ monthly_limit: 100, currency: "USD" });
    // Haiku 4.5 in one geography: 1.1 and 5.5 dollars a million.
    const cents = (data.usage.input_tokens * 1.1 + data.usage.output_tokens * 5.5) / 10_000;
    await expect
      .poll(async () => (await usage()).extra_usage.used_credits, UNTIL_SETTLED)
      .toBeLessThan(cents + 0.000_2);
    expect((await usage()).extra_usage.used_credits).toBeGreaterThanOrEqual(cents);
  });

  test("counts a stream to its end", async () => {
    const before = (await usage()).extra_usage.used_credits;
    const message = await client().messages.stream(ask).finalMessage();
    const cents = (message.usage.input_tokens * 1.1 + message.usage.output_tokens * 5.5) / 10_000;

    const spent = async (): Promise<number> => (await usage()).extra_usage.used_credits - before;
    await expect.poll(spent, UNTIL_SETTLED).toBeCloseTo(cents, 3);
  });

  test("refuses what it could not pay for, before anything is sent, and keeps what was spent when its amount changes", async () => {
    const before = (await usage()).extra_usage.used_credits;
    await gateway.reload({ budgets: { caps: [cap(0.001)] } });
    const seen = fake.core.journal.total;
    const error = await refusalOf(client().messages.create(ask));

    expect(error.error).toMatchObject({ error: { type: "billing_error" } });
    expect(error.headers.get("x-should-retry")).toBe("false");
    expect(error.headers.get("x-claude-on-aws-refusal")).toBe("BUDGET_SPENT");
    expect(fake.core.journal.total).toBe(seen);
    expect((await usage()).extra_usage.used_credits).toBeCloseTo(before, 9);
  });
});
