import { Random, soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { brokenRules, MODEL, PROVIDERS, startFake } from "../support/fetch-providers.ts";
import { drawAnswer, drawConversation } from "../support/random-conversation.ts";

let answer: unknown[] = [];
const fake = startFake({ scenario: { replies: [{ reply: () => ({ content: answer as [] }) }] } });

/** What the fake writes anew into each answer: its ids, and how long it took. */
const OF_ONE_ANSWER = /(?:msg|req)_[a-zA-Z0-9_]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=Latency":)[0-9]+/g;

const inCommon = (text: string): string => text.replaceAll(OF_ONE_ANSWER, "*");

const byName = (headers: Iterable<readonly [string, string]>): readonly string[] =>
  [...headers].map(([name]) => name).toSorted();

describe.each(Object.keys(PROVIDERS))("exchange() with the fake as %s", (provider) => {
  test("answers each conversation as fetch() does, and breaks no rule", async () => {
    const random = new Random(17);
    const claude = fake.fetchFor(provider);
    for (let run = 0; run < soakLength(1000, 25); run++) {
      answer = drawAnswer(random);
      const request = {
        model: MODEL,
        max_tokens: 64,
        ...drawConversation(random),
        ...(random.oneIn(2) && { stream: true }),
      };
      const body = new TextEncoder().encode(JSON.stringify(request));
      const headers = [
        ["content-type", "application/json"],
        ["anthropic-version", "2023-06-01"],
        ["x-api-key", "a-key-that-is-none"],
      ] as const;
      const fetched = await claude("http://client.invalid/v1/messages", {
        method: "POST",
        headers: Object.fromEntries(headers),
        body,
      });
      const exchanged = await claude.exchange({ method: "POST", target: "/v1/messages", headers, body });
      const parts: Uint8Array[] = [];
      for (let part = await exchanged.body?.read(); part; part = await exchanged.body?.read()) parts.push(part);

      expect(exchanged.status).toBe(fetched.status);
      expect(byName(exchanged.headers)).toEqual(byName(fetched.headers));
      expect(inCommon(Buffer.concat(parts).toString())).toBe(inCommon(await fetched.text()));
    }
    expect(brokenRules(fake)).toEqual([]);
  });
});
