import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../exchange/exchange.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { route } from "../../route/route.ts";
import { compileRow } from "./compile-row.ts";
import { RequestFacts } from "./request-facts.ts";
import { RowIndex } from "./row-index.ts";

/** Few letters, so that texts hold each other often; some beyond 8 and 16 bits. */
const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "š", "雨", "🌧"), maxLength: 7 });
const models = ["claude-sonnet-4-6", "claude-opus-4-7", "us.anthropic.claude-opus-4-7"];
const operations = ["CreateMessage", "Converse"];
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const rows: fc.Arbitrary<ScenarioRow[]> = fc.array(
  fc.record({
    when: fc.record({
      text: maybe(
        fc.oneof(
          word,
          word.map((pattern) => ({ pattern })),
        ),
      ),
      model: maybe(fc.constantFrom(...models, "*opus*")),
      operation: maybe(
        fc.oneof(fc.constantFrom(...operations), fc.uniqueArray(fc.constantFrom(...operations), { minLength: 1 })),
      ),
      turn: maybe(fc.integer({ min: 1, max: 3 })),
      toolResult: maybe(fc.record({ name: maybe(fc.constantFrom("look", "find")), isError: maybe(fc.boolean()) })),
      userAgent: maybe(word),
      provider: maybe(fc.constantFrom("anthropic-aws" as const, "bedrock" as const)),
    }),
    state: maybe(fc.record({ was: maybe(fc.constantFrom("started", "later")) })),
  }),
  { maxLength: 30 },
);

const called = [{ type: "tool_use", id: "1", name: "look", input: {} }];
const returned = (text: string): object[] => [
  { type: "tool_result", tool_use_id: "1", content: text },
  { type: "text", text },
];
const request = fc.record({
  text: word,
  turns: fc.integer({ min: 0, max: 2 }),
  model: fc.constantFrom(...models),
  target: fc.constantFrom("/v1/messages", "/model/claude-opus-4-7/converse"),
  state: fc.constantFrom("started", "later"),
  userAgent: word,
});

function exchangeOf({
  text,
  turns,
  model,
  target,
  userAgent,
}: typeof request extends fc.Arbitrary<infer R> ? R : never): Exchange {
  const received = {
    method: "POST",
    target,
    headers: [
      ["host", "127.0.0.1"],
      ["User-Agent", userAgent],
    ] as const,
    httpVersion: "1.1",
    body: new Uint8Array(),
    wire: "received",
  } as const;
  const before = Array.from({ length: turns }, () => [
    { role: "user", content: "x" },
    { role: "assistant", content: called },
  ]).flat();
  return {
    id: "1",
    receivedAt: new Date(0),
    request: received,
    route: route(received),
    checked: [],
    model: { requested: model, model },
    input: { messages: [...before, { role: "user", content: turns === 0 ? text : returned(text) }] },
  };
}

describe("RowIndex", () => {
  test("finds the rows that a walk finds, in the same order", () => {
    fc.assert(
      fc.property(rows, request, (all, asked) => {
        const facts = new RequestFacts(exchangeOf(asked));
        const compiled = all.map((row, index) => compileRow(row, `replies[${index}]`));
        const fits = (place: number): boolean =>
          compiled[place]!.fits(facts) && (all[place]!.state?.was ?? asked.state) === asked.state;
        const walked = [...all.keys()].filter(fits);
        expect([...new RowIndex(all).candidates(facts, asked.state)].filter(fits)).toEqual(walked);
      }),
      soakProperty(20_000, 500),
    );
  });

  test("asks few of many rows whose texts have much in common", () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      when: { text: `what is the answer to question ${index}?` },
    }));
    const exchange = exchangeOf({
      text: "Tell me: what is the answer to question 417? Be brief.",
      turns: 0,
      model: "",
      target: "/v1/messages",
      state: "started",
      userAgent: "",
    });
    const asked = [...new RowIndex(many).candidates(new RequestFacts(exchange), "started")];
    expect(asked).toContain(417);
    expect(asked.length).toBeLessThan(30);
  });
});
