import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import type {
  AuditRecord,
  BudgetKeeper,
  CapState,
  GatewayParts,
  OwnRefusal,
  SpendRequest,
  Usage,
} from "@claude-on-aws/gateway";
import { refuse } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { describe, expect, test } from "vitest";
import { fetchOnto, MODEL, openFake, TEXT } from "../support/fetch-providers.ts";
import { openSlowService } from "../support/slow-service.ts";
import { callerWith, openGateway, type RunningGateway, upstreamOf } from "../support/start-gateway.ts";

const utf8 = new TextEncoder();
const ASK = { model: MODEL, max_tokens: 100, messages: [{ role: "user", content: TEXT }] };
const HEADERS = { "content-type": "application/json", "anthropic-version": "2023-06-01" };

const ask = (url: string, more: object = {}, signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${url}/v1/messages`, { method: "POST", headers: HEADERS, body: JSON.stringify({ ...ASK, ...more }), signal });

const event = (data: { readonly type: string }): Uint8Array =>
  utf8.encode(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);

const START = event({ type: "message_start", message: { usage: { input_tokens: 12, output_tokens: 1 } } } as never);
const BLOCK = event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as never);
const delta = (text: string): Uint8Array =>
  event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } } as never);
const STOP = event({ type: "message_stop" });

/** Budgets that write down what they are asked. */
function recordBudgets(caps: readonly CapState[] = [], refusal?: OwnRefusal) {
  const reserved: SpendRequest[] = [];
  const settled: { readonly id: string; readonly usage: Usage; readonly microUsd: number | null }[] = [];
  let renewals = 0;
  const budgets: BudgetKeeper = {
    reserve: async (request) => {
      if (refusal !== undefined) return refusal;
      reserved.push(request);
      return {
        caps,
        settle: async (usage, microUsd) => void settled.push({ id: request.id, usage, microUsd }),
        renew: () => (renewals += 1),
      };
    },
    capsOf: async () => caps,
    isReady: async () => true,
    close: async () => {},
  };
  const prices: Pick<GatewayParts, "bound" | "cost"> = {
    bound: () => ({ inputTokens: 1000, outputTokens: 100, microUsd: 5000 }),
    cost: ({ inputTokens, outputTokens }) => inputTokens + 10 * outputTokens,
  };
  return { reserved, settled, renewals: () => renewals, parts: { budgets, ...prices } };
}

/** A gateway before one service. */
const before = (url: string, parts: Partial<GatewayParts> = {}): Promise<RunningGateway> =>
  openGateway({
    upstreams: [{ name: "a", provider: "anthropic-aws", region: "us-east-1", fetch: fetchOnto(url, "anthropic-aws") }],
    ...parts,
  });

describe("a client that leaves", () => {
  test("within a stream takes the upstream with it, and pays for what streamed", async () => {
    const service = await openSlowService();
    const { settled, parts } = recordBudgets();
    const gateway = await before(service.url, parts);
    const leaving = new AbortController();
    const response = await ask(gateway.url, { stream: true }, leaving.signal);
    const exchange = await service.answer(0);
    for (const bytes of [START, BLOCK, delta("12345678"), delta("1234")]) exchange.say(bytes);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let text = ""; !text.includes('"1234"');) text += new TextDecoder().decode((await reader.read()).value);
    leaving.abort();

    expect(await exchange.ended).toBe("client-left");
    const [record] = await gateway.recorded(1);
    // No token is less than a byte of what was written; the beginning of a block may hold some of it.
    const outputTokens =
      "123456781234".length +
      '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}'.length;
    const microUsd = 12 + 10 * outputTokens;
    expect(record).toMatchObject({ outcome: "client-left", status: 200, usage: { inputTokens: 12, outputTokens } });
    expect(record?.microUsd).toBe(microUsd);
    expect(settled).toMatchObject([{ id: record?.id, usage: { inputTokens: 12, outputTokens }, microUsd }]);
    await Promise.all([gateway.close(), service.close()]);
  });

  test.each([
    ["a stream, which pays for its input", true, { inputTokens: 1000, outputTokens: 0 }, 1000],
    ["an answer, which may be worked on and pays for all", false, { inputTokens: 1000, outputTokens: 100 }, 5000],
  ])("before the first byte takes the upstream with it: %s", async (_, stream, usage, microUsd) => {
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const service = await listen(async (_head, request) => {
      await request.read(1_000_000);
      arrived.resolve();
      await new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve()));
      left.resolve();
      return { status: 200, headers: [], body: new Uint8Array() };
    });
    const { settled, parts } = recordBudgets();
    const gateway = await before(service.url, parts);
    const leaving = new AbortController();
    const asking = ask(gateway.url, { stream }, leaving.signal).catch(() => undefined);
    await arrived.promise;
    leaving.abort();
    await Promise.all([left.promise, asking]);

    const [record] = await gateway.recorded(1);
    expect(record).toMatchObject({ outcome: "client-left", status: null, usage, microUsd });
    expect(settled).toMatchObject([{ usage, microUsd }]);
    await Promise.all([gateway.close(), service.close()]);
  });

  test("before its body was whole is written down, and has nothing reserved", async () => {
    const fake = await openFake();
    const { reserved, parts } = recordBudgets();
    const gateway = await openGateway({ upstreams: [upstreamOf(fake, "bedrock")], ...parts });
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    socket.write("POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n\r\n{", () => socket.end());

    expect((await gateway.recorded(1))[0]).toMatchObject({ outcome: "client-left", status: null, usage: null });
    expect(reserved).toEqual([]);
    await Promise.all([gateway.close(), fake.close()]);
  });
});

test("whatever way an exchange ends, the caller's place is free again", async () => {
  const fake = await openFake({
    scenario: {
      replies: [
        { reply: { text: TEXT }, fault: { kind: "reset", times: 1 } },
        { reply: { text: TEXT }, fault: { kind: "cut", times: 1 } },
        { reply: { text: TEXT }, fault: { kind: "overload", times: 1 } },
        { reply: { text: TEXT }, fault: { kind: "unfinished", times: 1 } },
        { reply: { text: TEXT } },
      ],
    },
  });
  const gateway = await openGateway({
    upstreams: [upstreamOf(fake, "anthropic-aws")],
    identify: () => callerWith({ maxConcurrent: 1, models: ["*haiku*"] }),
  });
  const outcomes: (number | string)[] = [];
  for (const more of [{}, {}, {}, { stream: true }, { model: "opus" }, { model: 1 }, { stream: true }, {}]) {
    const response = await ask(gateway.url, more);
    await response.bytes().catch(() => undefined);
    outcomes.push(response.status);
    await gateway.recorded(outcomes.length);
  }
  expect(outcomes).not.toContain(429);
  expect(outcomes.slice(-2)).toEqual([200, 200]);
  await Promise.all([gateway.close(), fake.close()]);
});

test("an answer without a byte ends as any other, and gives everything back", async () => {
  const service = await listen(() => ({ status: 429, headers: [["retry-after", "7"]], body: new Uint8Array() }));
  const { reserved, settled, parts } = recordBudgets();
  const gateway = await before(service.url, { ...parts, identify: () => callerWith({ maxConcurrent: 1 }) });
  for (const count of [1, 2]) {
    const response = await ask(gateway.url);
    expect([response.status, response.headers.get("retry-after"), await response.text()]).toEqual([429, "7", ""]);
    expect((await gateway.recorded(count)).at(-1)).toMatchObject({ outcome: "failed", status: 429, error: "HTTP_429" });
  }
  expect([reserved.length, settled.length]).toEqual([2, 2]);
  await Promise.all([gateway.close(), service.close()]);
});

test.each([
  [200, 502, "true"],
  [400, 400, "false"],
  [429, 429, "true"],
  [529, 529, "true"],
])("an answer of status %i that breaks off has the status %i, and says whose it was", async (status, given, retry) => {
  const service = await listen(() => ({
    status,
    headers: [
      ["content-type", "application/json"],
      ["content-length", "100"],
      ["request-id", "req_1"],
      ["retry-after", "7"],
    ],
    body: [utf8.encode('{"type"'), utf8.encode(': "')].values(),
    cut: { after: "body", by: "reset" },
  }));
  const gateway = await before(service.url);
  const response = await ask(gateway.url);
  await response.bytes();
  const headers = [
    "request-id",
    "retry-after",
    "x-should-retry",
    "x-claude-on-aws-upstream",
    "x-claude-on-aws-refusal",
  ];
  expect([response.status, ...headers.map((name) => response.headers.get(name))]).toEqual([
    given,
    "req_1",
    "7",
    retry,
    "a",
    "ANSWER_BROKEN",
  ]);
  await Promise.all([gateway.close(), service.close()]);
});

test("clients that leave at any moment give everything back, and have a line each", async () => {
  const fake = await openFake();
  const { reserved, settled, parts } = recordBudgets();
  const entered = new Set<string>();
  const gateway = await openGateway({
    upstreams: [upstreamOf(fake, "anthropic-aws"), upstreamOf(fake, "bedrock")],
    ...parts,
    identify: async ({ headers }) => {
      // Some are gone before they are known.
      for (let turns = entered.size % 7; turns > 0; turns--) await new Promise((next) => setImmediate(next));
      entered.add(headers.find(([name]) => name === "x-count")?.[1] ?? "");
      return callerWith({ maxConcurrent: 10 });
    },
  });
  const port = Number(new URL(gateway.url).port);
  const leave = (count: number): Promise<unknown> => {
    const body = JSON.stringify({ ...ASK, stream: count % 2 === 0 });
    const head = `POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nanthropic-version: 2023-06-01\r\nx-count: ${count}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = connect(port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {});
    const go = count % 3 === 0 ? () => void socket.resetAndDestroy() : () => void socket.destroy();
    // In its body, after it, after the first of the answer, and after more of it.
    const stage = Math.floor(count / 6) % 4;
    socket.write(head + body.slice(0, stage === 0 ? (count * 7) % body.length : body.length), () => stage <= 1 && go());
    let parts = 0;
    socket.on("data", () => ++parts >= stage - 1 && go());
    return closed;
  };
  const total = 200;
  for (let first = 0; first < total; first += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, at) => leave(first + at)));
    // A reset may take what was sent with it: who never came has no line.
    await gateway.recorded(entered.size);
  }
  await (await ask(gateway.url)).bytes();
  await gateway.close();

  expect(gateway.records).toHaveLength(entered.size);
  expect(new Set(gateway.records.map(({ id }) => id)).size).toBe(entered.size);
  expect(new Set(gateway.records.map(({ outcome }) => outcome))).toEqual(new Set(["client-left", "answered"]));
  expect(gateway.records.map(({ error }) => error)).not.toContain("TOO_MANY_AT_ONCE");
  expect(settled.map(({ id }) => id).toSorted()).toEqual(reserved.map(({ id }) => id).toSorted());
  await fake.close();
});

test("a caller has no more under way than it may, and others are not held up", async () => {
  const service = await openSlowService();
  const gateway = await before(service.url, {
    identify: ({ headers }) => ({
      ...callerWith({ maxConcurrent: 2 }),
      name: headers.find(([name]) => name === "x-who")?.[1] ?? "a",
    }),
  });
  const open = [await ask(gateway.url, { stream: true }), await ask(gateway.url, { stream: true })];
  const third = await ask(gateway.url, { stream: true });
  expect([third.status, third.headers.get("x-claude-on-aws-refusal"), third.headers.get("retry-after")]).toEqual([
    429,
    "TOO_MANY_AT_ONCE",
    "1",
  ]);
  const other = await fetch(`${gateway.url}/v1/messages`, {
    method: "POST",
    headers: { ...HEADERS, "x-who": "b" },
    body: JSON.stringify({ ...ASK, stream: true }),
  });
  expect(other.status).toBe(200);
  for (const index of [0, 1, 2]) {
    const exchange = await service.answer(index);
    exchange.say(START);
    exchange.say(STOP);
    exchange.say(null);
  }
  await Promise.all([...open, other, third].map((response) => response.bytes()));
  await gateway.recorded(4);
  const again = ask(gateway.url, { stream: true });
  (await service.answer(3)).say(STOP);
  (await service.answer(3)).say(null);
  const answered = await again;
  expect(answered.status).toBe(200);
  await answered.bytes();
  await Promise.all([gateway.close(), service.close()]);
});

test("many at once get what is theirs", async () => {
  const fake = await openFake();
  const gateway = await openGateway({ upstreams: [upstreamOf(fake, "bedrock")] });
  const texts = Array.from({ length: 40 }, (_, index) => `Number ${index} of them`);
  const seen = await Promise.all(
    texts.map(async (content, index) => {
      const response = await ask(gateway.url, { messages: [{ role: "user", content }], stream: index % 2 === 0 });
      return response.text();
    }),
  );
  const plain = seen.map((text) =>
    text.startsWith("{") ? text : [...text.matchAll(/"text_delta","text":"([^"]*)"/g)].map(([, part]) => part).join(""),
  );
  expect(plain.every((text, index) => text.includes(texts[index] ?? "?"))).toBe(true);
  expect(new Set((await gateway.recorded(texts.length)).map(({ id }) => id)).size).toBe(texts.length);
  await Promise.all([gateway.close(), fake.close()]);
});

describe("budgets", () => {
  test("reserve before anything is sent, and are settled with what the service says", async () => {
    const fake = await openFake();
    const { reserved, settled, parts } = recordBudgets();
    const gateway = await openGateway({ upstreams: [upstreamOf(fake, "anthropic-aws")], ...parts });
    const response = await ask(gateway.url);
    const { usage } = (await response.json()) as { usage: { input_tokens: number; output_tokens: number } };
    const [record] = (await gateway.recorded(1)) as readonly [AuditRecord];

    expect(reserved).toMatchObject([{ id: record.id, model: MODEL, bound: { microUsd: 5000 } }]);
    const cost = usage.input_tokens + 10 * usage.output_tokens;
    expect(settled).toMatchObject([
      { id: record.id, usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens }, microUsd: cost },
    ]);
    expect(record.microUsd).toBe(cost);
    await Promise.all([gateway.close(), fake.close()]);
  });

  test("get everything back where nothing was sent, and pay for no error", async () => {
    const fake = await openFake({ scenario: { replies: [{ reply: { text: TEXT }, fault: { kind: "throttle" } }] } });
    const { settled, parts } = recordBudgets();
    const nowhere = await before("http://127.0.0.1:1", parts);
    const gateway = await openGateway({ upstreams: [upstreamOf(fake, "anthropic-aws")], ...parts });
    expect((await ask(nowhere.url)).status).toBe(502);
    expect((await ask(gateway.url)).status).toBe(429);
    await Promise.all([nowhere.recorded(1), gateway.recorded(1)]);

    expect(settled.map(({ microUsd }) => microUsd)).toEqual([null, 0]);
    await Promise.all([nowhere.close(), gateway.close(), fake.close()]);
  });

  test("pay for all of an answer that broke off: what stood in it, nobody says", async () => {
    const fake = await openFake({ scenario: { replies: [{ reply: { text: TEXT }, fault: { kind: "cut" } }] } });
    const { settled, parts } = recordBudgets();
    const gateway = await openGateway({ upstreams: [upstreamOf(fake, "anthropic-aws")], ...parts });
    const response = await ask(gateway.url);
    expect(response.status).toBe(502);
    const [record] = await gateway.recorded(1);
    expect(record).toMatchObject({ usage: { inputTokens: 1000, outputTokens: 100 }, microUsd: 5000 });
    expect(settled).toMatchObject([{ usage: { outputTokens: 100 }, microUsd: 5000 }]);
    await Promise.all([gateway.close(), fake.close()]);
  });

  test("are asked for the dearest upstream that may answer, and pay for those that were lost on the way", async () => {
    const lost = await openFake({ scenario: { replies: [{ reply: { text: TEXT }, fault: { kind: "reset" } }] } });
    const fake = await openFake();
    const { settled, parts } = recordBudgets();
    const asked: unknown[] = [];
    const gateway = await openGateway({
      upstreams: [upstreamOf(lost, "anthropic-aws"), upstreamOf(fake, "bedrock")],
      ...parts,
      bound: ({ model, otherModels }) => {
        asked.push(model, otherModels);
        return { inputTokens: 1000, outputTokens: 100, microUsd: 5000 };
      },
    });
    const response = await ask(gateway.url);
    const { usage } = (await response.json()) as { usage: { input_tokens: number; output_tokens: number } };
    const [record] = await gateway.recorded(1);
    const cost = usage.input_tokens + 10 * usage.output_tokens;
    expect(asked).toEqual([MODEL, [record?.upstreamModel]]);
    expect(record).toMatchObject({ upstreams: ["anthropic-aws", "bedrock"], microUsd: cost });
    expect(settled).toMatchObject([
      {
        usage: { inputTokens: usage.input_tokens + 1000, outputTokens: usage.output_tokens + 100 },
        microUsd: cost + 5000,
      },
    ]);
    await Promise.all([gateway.close(), lost.close(), fake.close()]);
  });

  test("refuse before anything is sent, and say how full they are", async () => {
    const fake = await openFake();
    const cap: CapState = { name: "month", unit: "usd", utilization: 1, resetsAt: 1_796_083_200 };
    const refusal = refuse("BUDGET_SPENT", "Cannot take the request: the budget is spent");
    const gateway = await openGateway({
      upstreams: [upstreamOf(fake, "bedrock")],
      ...recordBudgets([cap], refusal).parts,
    });
    const response = await ask(gateway.url);
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { type: "billing_error" } });
    expect(response.headers.get("anthropic-ratelimit-unified-status")).toBe("rejected");
    expect(fake.core.journal.snapshot().exchanges).toEqual([]);
    await Promise.all([gateway.close(), fake.close()]);
  });

  test("are shown in place of the service's own limits, and at /api/oauth/usage", async () => {
    const service = await listen(() => ({
      status: 200,
      headers: [
        ["content-type", "application/json"],
        ["anthropic-ratelimit-requests-remaining", "7"],
        ["anthropic-ratelimit-unified-status", "allowed"],
      ],
      body: utf8.encode('{"type":"message","usage":{"input_tokens":1,"output_tokens":1}}'),
    }));
    const cap: CapState = {
      name: "month",
      unit: "usd",
      utilization: 0.8,
      resetsAt: 1_796_083_200,
      amount: 50,
      spent: 40,
      period: "month",
    };
    const gateway = await before(service.url, recordBudgets([cap]).parts);
    const { headers } = await ask(gateway.url);
    expect(headers.get("anthropic-ratelimit-requests-remaining")).toBeNull();
    expect(headers.get("anthropic-ratelimit-unified-status")).toBe("allowed_warning");
    expect(headers.get("anthropic-ratelimit-unified-overage-surpassed-threshold")).toBe("0.75");
    const used = await fetch(`${gateway.url}/api/oauth/usage`);
    expect(await used.json()).toEqual({
      extra_usage: { monthly_limit: 5000, used_credits: 4000, utilization: 80, currency: "USD" },
      limits: [{ group: "monthly", resets_at: "2026-12-01T00:00:00.000Z", is_active: true }],
    });

    const free = await before(service.url);
    const shown = (await ask(free.url)).headers;
    expect(shown.get("anthropic-ratelimit-requests-remaining")).toBe("7");
    await Promise.all([gateway.close(), free.close(), service.close()]);
  });

  test("are renewed while an answer streams", async () => {
    const service = await openSlowService();
    const { renewals, parts } = recordBudgets();
    let nowMs = Date.UTC(2026, 10, 30);
    const gateway = await before(service.url, { ...parts, now: () => new Date(nowMs) });
    const response = await ask(gateway.url, { stream: true });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const exchange = await service.answer(0);
    for (const bytes of [START, BLOCK, delta("a"), delta("b")]) {
      exchange.say(bytes);
      await reader.read();
      nowMs += 40_000;
    }
    exchange.say(STOP);
    exchange.say(null);
    while (!(await reader.read()).done);
    expect(renewals()).toBe(2);
    await Promise.all([gateway.close(), service.close()]);
  });
});

test("a stream that is silent is pinged between its events, by the clock that it is given", async () => {
  const service = await openSlowService();
  const { promise: armed, resolve: arm } = Promise.withResolvers<() => void>();
  let nowMs = 0;
  const gateway = await before(service.url, {
    pingAfterMs: 1000,
    now: () => new Date(nowMs),
    timers: {
      setTimeout: (callback, delayMs) => {
        expect(delayMs).toBe(1000);
        arm(callback);
      },
      clearTimeout: () => {},
    },
  });
  const response = await ask(gateway.url, { stream: true });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const ring = await armed;
  nowMs = 1000;
  ring();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('event: ping\ndata: {"type": "ping"}\n\n');
  const answer = await service.answer(0);
  answer.say(STOP);
  answer.say(null);
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(new TextDecoder().decode(STOP));
  expect((await reader.read()).done).toBe(true);
  await Promise.all([gateway.close(), service.close()]);
});

test("an upstream waits for a client that takes nothing", async () => {
  const megabyte = 1_048_576;
  const piece = utf8.encode(`event: a\ndata: ${"x".repeat(65_000)}\n\n`);
  let produced = 0;
  const service = await listen(async (_head, request) => {
    await request.read(megabyte);
    async function* body(): AsyncGenerator<Uint8Array> {
      while (produced < 64 * megabyte) {
        produced += piece.length;
        yield piece;
      }
      yield STOP;
    }
    return { status: 200, headers: [["content-type", "text/event-stream"]], body: body() };
  });
  const gateway = await before(service.url);
  const { port } = new URL(gateway.url);
  const request = httpRequest({ host: "127.0.0.1", port, method: "POST", path: "/v1/messages", headers: HEADERS });
  request.end(JSON.stringify({ ...ASK, stream: true }));
  const response = await new Promise<import("node:http").IncomingMessage>((resolve) => request.on("response", resolve));
  response.pause();
  // What is produced stands still when all buffers between here and there are full. Nearly all are those of the operating system, of
  // four sockets: what of it the gateway itself holds, its bench measures in a process of its own.
  for (let seen = -1; produced !== seen;) {
    seen = produced;
    for (let turn = 0; turn < 200; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  expect(produced).toBeLessThan(16 * megabyte);
  response.destroy();
  await gateway.recorded(1);
  await Promise.all([gateway.close(), service.close()]);
});

describe("where the audit cannot be written", () => {
  const failing = (): never => {
    throw new Error("disk full");
  };

  test("requests are served all the same, and it is said", async () => {
    const fake = await openFake();
    const errors: unknown[] = [];
    const gateway = await openGateway({
      upstreams: [upstreamOf(fake, "bedrock")],
      audit: failing,
      onError: (error) => errors.push(error),
    });
    expect([(await ask(gateway.url)).status, (await ask(gateway.url)).status]).toEqual([200, 200]);
    expect(errors[0]).toMatchObject({ message: "disk full" });
    await Promise.all([gateway.close(), fake.close()]);
  });

  test("or refused, as the operator says, until it can be written again", async () => {
    const fake = await openFake();
    let isFull = true;
    let wake: () => void = () => {};
    const gateway = await openGateway({
      upstreams: [upstreamOf(fake, "bedrock")],
      auditFailure: "refuse",
      audit: async () => {
        wake();
        if (isFull) throw new Error("disk full");
      },
    });
    const ended = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const statuses: number[] = [];
    for (const full of [true, true, false, false]) {
      isFull = full;
      const written = ended();
      const response = await ask(gateway.url);
      statuses.push(response.status);
      await response.bytes();
      await written;
      await Promise.resolve();
    }
    expect(statuses).toEqual([200, 503, 503, 200]);
    await Promise.all([gateway.close(), fake.close()]);
  });
});
