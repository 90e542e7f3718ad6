import { FAULT_KINDS, type ScenarioFault } from "@claude-on-aws/fake";
import { coverPairs } from "@claude-on-aws/fixtures";
import type { Upstream } from "@claude-on-aws/gateway";
import { ClaudeEventDecoder, type ClaudeEvent, type ClaudeFraming } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { MODEL, openFake } from "../support/fetch-providers.ts";
import { openGateway } from "../support/start-gateway.ts";

const TEXT = "It rains — 👩‍🚀 — in Paris, as it does every other day";

const PROFILE = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const MESSAGES = [{ role: "user", content: "Weather?" }];
const CONVERSE = { messages: [{ role: "user", content: [{ text: "Weather?" }] }] };

/** Each form, whole and in a stream. */
interface Way {
  readonly provider: Upstream["provider"];
  readonly path: string;
  readonly body: object;
  readonly framing: ClaudeFraming | "json";
}

const way = (provider: Way["provider"], isStream: boolean): Way => ({
  provider,
  path: "/v1/messages",
  body: { model: MODEL, max_tokens: 100, messages: MESSAGES, ...(isStream && { stream: true }) },
  framing: isStream ? "sse" : "json",
});

const native = (action: string, framing: Way["framing"]): Way => ({
  provider: "bedrock",
  path: `/model/${PROFILE}/${action}`,
  body: action.startsWith("converse")
    ? CONVERSE
    : { anthropic_version: "bedrock-2023-05-31", max_tokens: 100, messages: MESSAGES },
  framing,
});

const WAYS: readonly Way[] = [
  way("anthropic-aws", false),
  way("anthropic-aws", true),
  way("mantle", false),
  way("mantle", true),
  way("bedrock", false),
  way("bedrock", true),
  native("invoke", "json"),
  native("invoke-with-response-stream", "event-stream"),
  native("converse", "json"),
  native("converse-stream", "event-stream"),
];

/** Every fault of the fake, some at several places. */
const FAULTS: readonly ScenarioFault[] = [
  { kind: "reset" },
  { kind: "reset", afterEvents: 3 },
  { kind: "reset", afterBytes: 20 },
  { kind: "cut" },
  { kind: "cut", afterEvents: 4 },
  { kind: "stall" },
  { kind: "stall", afterEvents: 4 },
  { kind: "stall", afterBytes: 20 },
  { kind: "drip", bytes: 100 },
  { kind: "slice", seed: 7 },
  { kind: "proxy-page" },
  { kind: "content-type" },
  { kind: "content-type", value: "text/html" },
  { kind: "bad-checksum" },
  { kind: "bad-checksum", of: "prelude", afterEvents: 2 },
  { kind: "exception" },
  { kind: "exception", name: "throttlingException", afterEvents: 4 },
  { kind: "unknown-event" },
  { kind: "duplicate-event" },
  { kind: "unfinished" },
  { kind: "truncated-frame", afterEvents: 4 },
  { kind: "throttle", retryAfterSeconds: 7 },
  { kind: "overload", retryAfterSeconds: 7 },
  { kind: "error", status: 500, retryAfterSeconds: 7 },
  { kind: "error", name: "unavailable" },
  { kind: "error", name: "model-error" },
  { kind: "expired-credentials" },
  { kind: "clock-skew" },
  { kind: "clock-skew", minutes: -20 },
  { kind: "rotated-key" },
  { kind: "rewritten-header" },
  { kind: "revoked-workspace" },
  { kind: "denied-region" },
  { kind: "withdrawn-model" },
];

/** These leave a stream that holds all of the message, in whichever pieces. */
const HARMLESS: ReadonlySet<string> = new Set(["drip", "slice", "content-type", "unknown-event", "duplicate-event"]);

test("each kind of fault is met", () => {
  const met = new Set<string>(FAULTS.map(({ kind }) => kind));
  expect(Object.keys(FAULT_KINDS).filter((kind) => !met.has(kind))).toEqual([]);
});

/** What a client makes of an answer: the text of a whole message, or how it knows that it has none. */
async function read(response: Response, framing: Way["framing"]): Promise<string> {
  const bytes = await response.bytes().catch(() => undefined);
  if (bytes === undefined) return "broken off";
  if (response.status !== 200) return typedError(bytes, response);
  return framing === "json" ? textOfJson(bytes) : textOfStream(bytes, framing);
}

function typedError(bytes: Uint8Array, response: Response): string {
  const text = new TextDecoder().decode(bytes);
  const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
  const { error, message, Message } = body as { error?: { type?: string }; message?: string; Message?: string };
  const isTyped = typeof error?.type === "string" || typeof (message ?? Message) === "string";
  const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
  return isTyped || isPage ? "error" : `an error without a type: ${text}`;
}

function textOfJson(bytes: Uint8Array): string {
  const message = JSON.parse(new TextDecoder().decode(bytes)) as {
    content?: { text: string }[];
    output?: { message: { content: { text: string }[] } };
  };
  return (message.content ?? message.output?.message.content ?? []).map(({ text }) => text).join("");
}

function textOfStream(bytes: Uint8Array, framing: ClaudeFraming): string {
  const events: ClaudeEvent[] = [];
  const decoder = new ClaudeEventDecoder((event) => events.push(event), { framing });
  try {
    decoder.feed(bytes);
    decoder.end();
  } catch {
    return "broken off";
  }
  return events
    .map((event) => (event.type === "content_block_delta" && "text" in event.delta ? event.delta.text : ""))
    .join("");
}

/** Long enough for a request that is not held up; what is held up lasts as long. */
const HELD_UP = { firstByteTimeoutMs: 3000, stallTimeoutMs: 3000 };

const MATRIX = FAULTS.flatMap((fault) =>
  WAYS.map((each) => ({ fault, each, name: `${each.provider}, ${each.path}, ${each.framing}` })),
);

const CASES = coverPairs(MATRIX, ({ fault, each }) => [fault.kind, each.provider, each.path, each.framing]);

describe(`${CASES.length} of ${MATRIX.length} faults on ways, each kind on each way`, () => {
  test.concurrent.for(CASES)("$fault of $name is seen as it is", async ({ fault, each }, { expect: expectHere }) => {
    const fake = await openFake({
      scenario: { replies: [{ reply: { text: TEXT }, fault: { ...fault, times: 1 } }] },
    });
    const upstream: Upstream = {
      name: "a",
      provider: each.provider,
      region: "us-east-1",
      fetch: fake.fetchFor(each.provider, fault.kind === "stall" ? HELD_UP : {}),
    };
    const gateway = await openGateway({ upstreams: [upstream] });
    const ask = (url: string): Promise<Response> =>
      fetch(url + each.path, {
        method: "POST",
        headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
        body: JSON.stringify(each.body),
      });
    const response = await ask(gateway.url);
    const seen = await read(response, each.framing);
    const [record] = await gateway.recorded(1);

    // A service that was given up is told of it when its connection ends, and writes it down then.
    const received = (): number => fake.core.journal.total;
    await expectHere.poll(received, { timeout: 20_000 }).toBe(1);
    const { exchanges } = fake.core.journal.snapshot();
    const isMet = exchanges[0]?.fault?.kind === fault.kind;
    // Never a part of it as if it were the whole.
    if (!isMet || HARMLESS.has(fault.kind)) expect([TEXT, "broken off"]).toContain(seen);
    else expect(["error", "broken off"]).toContain(seen);
    if (!isMet) expect(seen).toBe(TEXT);

    const status = exchanges[0]?.reply.status ?? 0;
    if (response.status !== 200 && status >= 400) {
      expect(response.status).toBe(status);
      const sent = new Map(exchanges[0]?.reply.headers);
      for (const name of ["retry-after", "x-amzn-requestid", "x-amzn-errortype"]) {
        expect(response.headers.get(name)).toBe(sent.get(name) ?? null);
      }
    }
    expect(record).toMatchObject({
      // What is whole in itself, but in no order that a client takes, is the client's to find.
      outcome:
        seen === TEXT || fault.kind === "duplicate-event"
          ? "answered"
          : expect.stringMatching(/^(?:failed|cut|refused)$/),
    });
    if (seen !== TEXT && fault.kind !== "duplicate-event") expect(record?.error).not.toBeNull();
    await Promise.all([gateway.close(), fake.close()]);
  });
});
