import fc from "fast-check";
import type { Exchange } from "../../src/exchange/exchange.ts";
import { route } from "../../src/route/route.ts";
import type { ScenarioRow } from "../../src/settings/scenario/scenario-row.ts";

/** Few letters, so that texts hold each other often; some beyond 8 and 16 bits. */
const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "š", "雨", "🌧"), maxLength: 7 });
const models = ["claude-sonnet-4-6", "claude-opus-4-7", "us.anthropic.claude-opus-4-7"];
const operations = ["CreateMessage", "Converse"];
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

/** Rows of a scenario, many of which fit the same requests. */
export const madeRows: fc.Arbitrary<ScenarioRow[]> = fc.array(
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
/** What a request is made from. */
export interface MadeRequest {
  readonly text: string;
  /** How often Claude has spoken. */
  readonly turns: number;
  readonly model: string;
  readonly target: string;
  readonly state: string;
  readonly userAgent: string;
}

/** Requests of which many fit the same rows. */
export const madeRequest: fc.Arbitrary<MadeRequest> = fc.record({
  text: word,
  turns: fc.integer({ min: 0, max: 2 }),
  model: fc.constantFrom(...models),
  target: fc.constantFrom("/v1/messages", "/model/claude-opus-4-7/converse"),
  state: fc.constantFrom("started", "later"),
  userAgent: word,
});

/** The exchange of a made request. */
export function exchangeOf({ text, turns, model, target, userAgent }: MadeRequest): Exchange {
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
