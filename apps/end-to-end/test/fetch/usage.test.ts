import type { EndEvent } from "@claude-on-aws/fetch";
import { createAnswerReader } from "@claude-on-aws/fetch/usage";
import { describe, expect, test } from "vitest";
import { MODEL, PROVIDERS, startFake } from "../support/fetch-providers.ts";

const fake = startFake();

/** What the client reads of an answer, in either form: the counts of its last word over those of its first. */
function usageIn(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith("event:")) return JSON.parse(text).usage;
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
  return Object.assign({}, ...events.map(({ message, usage }) => ({ ...message?.usage, ...usage })));
}

describe.each(Object.keys(PROVIDERS))("createFetch() onto %s", (provider) => {
  test.each([false, true])("says what the client reads of what was used, streamed: %s", async (stream) => {
    const ends: EndEvent[] = [];
    const fetch = fake.fetchFor(provider, {
      createReader: createAnswerReader,
      onEnd: (event) => void ends.push(event),
    });
    const body = { model: MODEL, max_tokens: 64, stream, messages: [{ role: "user", content: "Hello" }] };
    const response = await fetch("https://api.anthropic.com/v1/messages", {
      method: "POST",
      headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
      body: JSON.stringify(body),
    });
    const { input_tokens: inputTokens, output_tokens: outputTokens } = usageIn(await response.text());

    expect(ends.map(({ read }) => read)).toEqual([
      { usage: expect.objectContaining({ inputTokens, outputTokens }), isWhole: true, errorType: null },
    ]);
    expect([typeof inputTokens, typeof outputTokens]).toEqual(["number", "number"]);
  });
});
