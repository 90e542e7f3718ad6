import Anthropic from "@anthropic-ai/sdk";
import { FAULT_KINDS, type ScenarioFault } from "@claude-on-aws/fake";
import { createFakeCore, serve } from "@claude-on-aws/fake/server";
import { coverPairs } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { fetchOnto, MODEL, PLACEHOLDER_KEY, WORKSPACE_ID } from "../support/fetch-providers.ts";

const TEXT = "It rains — 👩‍🚀 — in Paris, as it does every other day";

/** Each service, asked for a message whole and in a stream. */
const WAYS = [
  { provider: "anthropic-aws", isStream: false },
  { provider: "anthropic-aws", isStream: true },
  { provider: "mantle", isStream: false },
  { provider: "mantle", isStream: true },
  { provider: "bedrock", isStream: false },
  { provider: "bedrock", isStream: true },
] as const;

/** What each way ends with, and after how many requests; `-` where it cannot meet the fault, and answers. */
type Endings = readonly [string, string, string, string, string, string];

/** As a service is asked, whole and in a stream. */
const everywhere = (whole: string, stream = whole): Endings => [whole, stream, whole, stream, whole, stream];

/** As each service says it. */
const byService = (onClaudePlatform: string, onMantle: string, onBedrock: string): Endings => [
  onClaudePlatform,
  onClaudePlatform,
  onMantle,
  onMantle,
  onBedrock,
  onBedrock,
];

const onEventStreams = (ending: string): Endings => ["-", "-", "-", "-", "-", ending];

/** Whoever cannot prove who they are: Amazon Bedrock answers that with 403. */
const UNAUTHENTICATED = byService(
  "AuthenticationError 401, 1",
  "AuthenticationError 401, 1",
  "PermissionDeniedError 403, 1",
);

/**
 * Every fault, once. Before the first byte a request is sent again; after it the client is told what broke off: one that goes on
 * would send what was paid for twice.
 */
const FAULTS: readonly (readonly [fault: ScenarioFault, endings: Endings])[] = [
  [{ kind: "reset" }, everywhere("answers 2")],
  [{ kind: "reset", afterEvents: 3 }, everywhere("-", "APIError STREAM_FAILED, 1")],
  [{ kind: "reset", afterBytes: 20 }, everywhere("FetchError STREAM_FAILED, 1", "APIError STREAM_FAILED, 1")],
  [{ kind: "cut" }, everywhere("FetchError STREAM_FAILED, 1", "APIError STREAM_FAILED, 1")],
  [{ kind: "cut", afterEvents: 4 }, everywhere("-", "APIError STREAM_FAILED, 1")],
  [{ kind: "stall" }, everywhere("answers 2")],
  [{ kind: "stall", afterEvents: 4 }, everywhere("-", "APIError STALL_TIMEOUT, 1")],
  [{ kind: "stall", afterBytes: 20 }, everywhere("FetchError STALL_TIMEOUT, 1", "APIError STALL_TIMEOUT, 1")],
  [{ kind: "drip", bytes: 100 }, everywhere("answers 1")],
  [{ kind: "slice", seed: 7 }, everywhere("answers 1")],
  [{ kind: "proxy-page" }, everywhere("answers 2")],
  [{ kind: "content-type" }, everywhere("answers 1")],
  [{ kind: "content-type", value: "text/html" }, everywhere("answers 1")],
  [{ kind: "bad-checksum" }, onEventStreams("APIError MESSAGE_CRC, 1")],
  [{ kind: "bad-checksum", of: "prelude", afterEvents: 2 }, onEventStreams("APIError PRELUDE_CRC, 1")],
  [{ kind: "exception" }, everywhere("answers 2", "APIError api_error, 1")],
  [
    { kind: "exception", name: "throttlingException", afterEvents: 4 },
    everywhere("answers 2", "APIError rate_limit_error, 1"),
  ],
  [{ kind: "unknown-event" }, everywhere("-", "answers 1")],
  [{ kind: "duplicate-event" }, everywhere("-", "AnthropicError, 1")],
  [{ kind: "unfinished" }, everywhere("-", "APIError STREAM_TRUNCATED, 1")],
  [
    { kind: "truncated-frame", afterEvents: 4 },
    ["-", "APIError STREAM_TRUNCATED, 1", "-", "APIError STREAM_TRUNCATED, 1", "-", "APIError FRAME_TRUNCATED, 1"],
  ],
  [{ kind: "throttle", retryAfterSeconds: 0 }, everywhere("answers 2")],
  [{ kind: "overload", retryAfterSeconds: 0 }, everywhere("answers 2")],
  [{ kind: "error", status: 500, retryAfterSeconds: 0 }, everywhere("answers 2")],
  [{ kind: "error", name: "unavailable", retryAfterSeconds: 0 }, everywhere("answers 2")],
  [{ kind: "error", name: "model-error", retryAfterSeconds: 0 }, everywhere("answers 2")],
  [{ kind: "expired-credentials" }, UNAUTHENTICATED],
  [{ kind: "clock-skew" }, UNAUTHENTICATED],
  [{ kind: "clock-skew", minutes: -20 }, UNAUTHENTICATED],
  [{ kind: "rotated-key" }, UNAUTHENTICATED],
  [{ kind: "rewritten-header" }, UNAUTHENTICATED],
  [{ kind: "revoked-workspace" }, byService("NotFoundError 404, 1", "-", "-")],
  [{ kind: "denied-region" }, everywhere("PermissionDeniedError 403, 1")],
  [
    { kind: "withdrawn-model" },
    byService("NotFoundError 404, 1", "PermissionDeniedError 403, 1", "PermissionDeniedError 403, 1"),
  ],
];

/** Long enough for a request that is not held up; what is held up lasts as long. */
const HELD_UP = { firstByteTimeoutMs: 2000, stallTimeoutMs: 2000 };

/** Asks Anthropic's SDK, which leaves it to `fetch` to try again; gives the text of the message. */
async function ask(url: string, { provider, isStream }: (typeof WAYS)[number], fault: ScenarioFault): Promise<unknown> {
  const fetch = fetchOnto(url, provider, { retries: 1, ...(fault.kind === "stall" && HELD_UP) });
  const { messages } = new Anthropic({ apiKey: PLACEHOLDER_KEY, fetch, maxRetries: 0 });
  const request = { model: MODEL, max_tokens: 100, messages: [{ role: "user" as const, content: "Weather?" }] };
  const message = isStream ? await messages.stream(request).finalMessage() : await messages.create(request);
  return message.content;
}

const WHOLE = [{ type: "text", text: TEXT }];

/** An error by its class, and by what tells it from others: its status, its code, its type. */
function describeError(error: unknown): string {
  const { constructor, status, code, error: body } = error as Record<string, unknown>;
  const event = (body as { error?: { code?: string; type?: string } } | undefined)?.error;
  const named = status ?? event?.code ?? event?.type ?? code;
  return `${(constructor as { name: string }).name}${named === undefined ? "" : ` ${String(named)}`},`;
}

test("each kind of fault is met", () => {
  const met = new Set<string>(FAULTS.map(([{ kind }]) => kind));
  expect(Object.keys(FAULT_KINDS).filter((kind) => !met.has(kind))).toEqual([]);
});

const MATRIX = FAULTS.flatMap(([fault, endings]) =>
  WAYS.map((way, index) => ({
    fault,
    way,
    name: `${way.provider}${way.isStream ? ", streaming" : ""}`,
    ending: endings[index] ?? "",
  })),
);

const CASES = coverPairs(MATRIX, ({ fault, way }) => [fault, way.provider, way.isStream]);

describe(`${CASES.length} of ${MATRIX.length} faults on ways, each at each service, whole and in a stream`, () => {
  /** At the same time, since what is tried again or held up waits. */
  test.concurrent.each(CASES)("$fault on $name: $ending", async ({ fault, way, ending }) => {
    const core = createFakeCore({
      workspaces: [WORKSPACE_ID],
      scenario: { replies: [{ reply: { text: TEXT }, fault: { ...fault, times: 1 } }] },
    });
    const server = await serve(core, { port: 0 });
    const outcome = await ask(server.url, way, fault).then((content) => {
      // Never a part of it as if it were the whole.
      expect(content).toMatchObject(WHOLE);
      return "answers";
    }, describeError);
    await server.close();

    const { exchanges } = core.journal.snapshot();
    const isMet = exchanges[0]?.fault?.kind === fault.kind;
    expect(isMet ? `${outcome} ${exchanges.length}` : "-").toBe(ending);
    if (!isMet) expect(outcome).toBe("answers");
    expect(exchanges.flatMap(({ findings }) => findings.filter(({ level }) => level !== "pass"))).toEqual([]);
  });
});
