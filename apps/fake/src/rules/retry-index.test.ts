import { describe, expect, test } from "vitest";
import type { KeptExchange } from "../record/kept-exchange.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { evidenceContext, evidenceOf } from "../evidence/evidence-of.ts";
import { retryAfterMs } from "./attempt.ts";
import { RetryIndex } from "./retry-index.ts";

interface Sent {
  readonly status: number;
  /** When it came, in milliseconds. */
  readonly at?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly target?: string;
  readonly replyHeaders?: readonly (readonly [string, string])[];
}

const CONTEXT = evidenceContext(resolveOptions({}));

const keep = (sent: Sent, seen: number): Evidence => evidenceOf(record(sent, seen), CONTEXT);

const record = (
  { status, at = 0, headers = [], body = "{}", target = "/v1/messages", replyHeaders = [] }: Sent,
  seen: number,
): KeptExchange => ({
  seen,
  id: String(seen),
  receivedAt: new Date(Date.UTC(2026, 10, 21) + at),
  request: { method: "POST", target, headers, httpVersion: "1.1", wire: "received" },
  body: new TextEncoder().encode(body),
  bodyBytes: body.length,
  fields: undefined,
  route: { provider: "anthropic-aws", parameters: {}, query: new URLSearchParams() },
  caller: undefined,
  asked: undefined,
  model: undefined,
  checked: [],
  diagnosis: undefined,
  fault: undefined,
  answeredBy: undefined,
  reply: { status, headers: replyHeaders },
});

/** For each exchange the number of the one of which it is a retry. */
function retriesOf(sent: readonly Sent[]): (number | undefined)[] {
  const index = new RetryIndex(100);
  return sent.map((one, seen) => index.add(keep(one, seen))?.seen);
}

const count = (value: number): readonly [string, string] => ["x-stainless-retry-count", String(value)];
const key = (value: string): readonly [string, string] => ["x-api-key", value];
const agent = (value: string): readonly [string, string] => ["user-agent", value];
const call = (id: string, attempt: number): readonly (readonly [string, string])[] => [
  ["amz-sdk-invocation-id", id],
  ["amz-sdk-request", `ttl=20261121T000000Z; attempt=${attempt}; max=3`],
];

interface Case {
  readonly name: string;
  readonly sent: readonly Sent[];
  readonly expect: readonly (number | undefined)[];
}

const CASES: readonly Case[] = [
  { name: "the same request after a refusal", sent: [{ status: 529 }, { status: 200 }], expect: [undefined, 0] },
  {
    name: "each attempt as a retry of the one before",
    sent: [{ status: 529 }, { status: 529 }, { status: 529 }],
    expect: [undefined, 0, 1],
  },
  { name: "nothing after an answer", sent: [{ status: 200 }, { status: 200 }], expect: [undefined, undefined] },
  {
    name: "nothing once a retry was answered",
    sent: [{ status: 529 }, { status: 200 }, { status: 200 }],
    expect: [undefined, 0, undefined],
  },
  {
    name: "no retry in another body",
    sent: [{ status: 529 }, { status: 200, body: "{ }" }],
    expect: [undefined, undefined],
  },
  {
    name: "no retry on another target",
    sent: [{ status: 529 }, { status: 200, target: "/v1/models" }],
    expect: [undefined, undefined],
  },
  {
    name: "no retry of another client",
    sent: [
      { status: 529, headers: [agent("a/1")] },
      { status: 200, headers: [agent("b/1")] },
    ],
    expect: [undefined, undefined],
  },
  {
    name: "no retry of another session of Claude Code",
    sent: ["1", "2"].map((id) => ({ status: 529, headers: [["x-claude-code-session-id", id] as const] })),
    expect: [undefined, undefined],
  },
  {
    name: "no retry of another caller",
    sent: [
      { status: 529, headers: [key("a")] },
      { status: 200, headers: [key("b")] },
    ],
    expect: [undefined, undefined],
  },
  {
    name: "a retry with another key where the first was refused",
    sent: [
      { status: 401, headers: [key("a")] },
      { status: 200, headers: [key("b")] },
    ],
    expect: [undefined, 0],
  },
  {
    name: "no retry after more than a minute",
    sent: [{ status: 529 }, { status: 200, at: 60_001 }],
    expect: [undefined, undefined],
  },
  {
    name: "a retry later where it was asked to wait",
    sent: [
      { status: 429, replyHeaders: [["retry-after", "60"]] },
      { status: 200, at: 100_000 },
    ],
    expect: [undefined, 0],
  },
  {
    name: "a first attempt where the client counts from 0",
    sent: [
      { status: 529, headers: [count(0)] },
      { status: 200, headers: [count(0)] },
    ],
    expect: [undefined, undefined],
  },
  {
    name: "retries of Claude Code, which always counts 0",
    sent: [0, 1].map(() => ({ status: 529, headers: [agent("claude-cli/2.1.329"), count(0)] })),
    expect: [undefined, 0],
  },
  {
    name: "a retry with another body by its count",
    sent: [
      { status: 529, headers: [count(0)] },
      { status: 200, headers: [count(1)], body: "{ }" },
    ],
    expect: [undefined, 0],
  },
  {
    name: "attempts of one call of the AWS SDK among others that are the same",
    sent: [
      { status: 429, headers: call("a", 1) },
      { status: 429, headers: call("b", 1) },
      { status: 200, headers: call("a", 2) },
      { status: 200, headers: call("b", 2), body: "{ }" },
      { status: 200, headers: call("c", 1) },
    ],
    expect: [undefined, undefined, 0, 1, undefined],
  },
];

describe("RetryIndex", () => {
  test.each(CASES)("finds $name", ({ sent, expect: expected }) => {
    expect(retriesOf(sent)).toEqual(expected);
  });
});

describe("RetryIndex that is full", () => {
  test("forgets the oldest refusals first, and those that were retried or are too old", () => {
    const index = new RetryIndex(2);
    const refuse = (body: string, seen: number, at = 0) => index.add(keep({ status: 529, body, at }, seen));
    for (const [seen, body] of ["a", "b", "c"].entries()) refuse(body, seen);

    expect(index.size).toBe(2);
    expect(refuse("a", 3)).toBeUndefined();
    expect(index.add(keep({ status: 200, body: "c" }, 4))?.seen).toBe(2);
    expect(index.size).toBe(1);
    expect(index.add(keep({ status: 200, body: "a", at: 60_001 }, 5))).toBeUndefined();
    expect(index.size).toBe(0);
  });
});

describe("retryAfterMs()", () => {
  test.each([
    [[["retry-after", "2"]], 2000],
    [[["retry-after", "0.5"]], 500],
    [
      [
        ["retry-after-ms", "150"],
        ["retry-after", "2"],
      ],
      150,
    ],
    [[["retry-after", "Sat, 21 Nov 2026 00:00:05 GMT"]], 5000],
    [[["retry-after", "soon"]], undefined],
    [[], undefined],
  ] as const)("reads %j as %s", (replyHeaders, expected) => {
    expect(retryAfterMs(keep({ status: 429, replyHeaders }, 0))).toBe(expected);
  });
});
