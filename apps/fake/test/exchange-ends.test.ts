import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFake } from "../src/index.ts";
import { createFakeCore, type FakeCore, type FakeOptions, type FakeServer, serve } from "../src/server.ts";
import type { JournalEntry } from "../src/judge/journal-entry.ts";
import { WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

const HEADERS = {
  "x-api-key": WORKSPACE_KEY,
  "anthropic-workspace-id": WORKSPACE_ID,
  "anthropic-version": "2023-06-01",
  "content-type": "application/json",
};

const bodyOf = (stream: boolean): string =>
  JSON.stringify({
    model: "claude-sonnet-4-6",
    max_tokens: 100,
    stream,
    messages: [{ role: "user", content: "one two three four five six" }],
  });

const OPTIONS: FakeOptions = { apiKeys: [WORKSPACE_KEY], workspaces: [WORKSPACE_ID] };

const late = (reply: object): FakeOptions => ({
  ...OPTIONS,
  scenario: { replies: [{ reply: { text: "late", ...reply } }] },
});

async function start(options: FakeOptions): Promise<{ core: FakeCore; server: FakeServer }> {
  const core = createFakeCore(options);
  const server = await serve(core, { port: 0 });
  onTestFinished(() => server.close());
  return { core, server };
}

/** Sends a request to Claude, or the beginning of one. */
function send({ port }: FakeServer, body: string, sent = body): Socket {
  const socket = connect(port, "127.0.0.1");
  const head = Object.entries({ host: `127.0.0.1:${port}`, ...HEADERS, "content-length": String(body.length) });
  socket.write(
    `POST /v1/messages HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${sent}`,
  );
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** The first exchange that ends. */
const firstEnd = ({ journal }: Pick<FakeCore, "journal">): Promise<JournalEntry> =>
  new Promise((resolve) => {
    const stop = journal.subscribe((entry) => {
      stop();
      resolve(entry);
    });
  });

describe("over a socket, the journal says of an exchange", () => {
  test.each([false, true])("that it was whole (stream: %s)", async (stream) => {
    const { core, server } = await start(OPTIONS);
    const ended = firstEnd(core);
    const answer = await fetch(`${server.url}/v1/messages`, { method: "POST", headers: HEADERS, body: bodyOf(stream) });
    const received = (await answer.arrayBuffer()).byteLength;
    const { end, id, reply } = await ended;

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: received });
    expect(end?.lastByteMs).toBeGreaterThanOrEqual(end?.firstByteMs ?? Infinity);
    expect(core.journal.find(id)?.end).toEqual(end);
    expect(reply).not.toHaveProperty("body");
  });

  test("that its client left before it was answered", async () => {
    let takeUp = (): void => undefined;
    const takenUp = new Promise<void>((resolve) => (takeUp = resolve));
    const { core, server } = await start({
      ...OPTIONS,
      scenario: {
        replies: [
          {
            reply: () => {
              takeUp();
              return { text: "late", delayMs: 600_000 };
            },
          },
        ],
      },
    });
    const ended = firstEnd(core);
    const socket = send(server, bodyOf(false));
    await takenUp;
    socket.resetAndDestroy();
    const { end } = await ended;

    expect(end).toMatchObject({ outcome: "client-left", stage: "handler", bytes: 0 });
    expect(end).not.toHaveProperty("firstByteMs");
  });

  test("that its client left in the middle of the reply", async () => {
    const { core, server } = await start(late({ eventDelayMs: 50 }));
    const ended = firstEnd(core);
    const socket = send(server, bodyOf(true));
    await once(socket, "data");
    socket.resetAndDestroy();
    const { end } = await ended;

    expect(end).toMatchObject({ outcome: "client-left", stage: "reply" });
    expect(end?.bytes).toBeGreaterThan(0);
  });

  test("that the server was closed in the middle of the reply", async () => {
    const { core, server } = await start(late({ eventDelayMs: 600_000 }));
    const ended = firstEnd(core);
    await once(send(server, bodyOf(true)), "data");
    await server.close();
    const { end } = await ended;

    expect(end).toMatchObject({ outcome: "server-cut", stage: "reply" });
  });

  test("that its body never came whole, without judging it", async () => {
    const { core, server } = await start(OPTIONS);
    const body = bodyOf(false);
    const socket = send(server, body, body.slice(0, 20));
    await once(socket, "connect");
    socket.end();
    await expect.poll(() => core.journal.snapshot().unread.length, { timeout: 20_000 }).toBe(1);
    const { unread, total } = core.journal.snapshot();

    expect(unread[0]).toMatchObject({
      request: { method: "POST", target: "/v1/messages" },
      end: { outcome: "client-left", stage: "request", bytes: 0 },
    });
    expect(total).toBe(0);
    expect(JSON.stringify(unread)).not.toContain(WORKSPACE_KEY);
  });
});

describe("in process, the journal says of an exchange", () => {
  const ask = (fake: ReturnType<typeof createFake>, stream: boolean, signal?: AbortSignal): Promise<Response> =>
    fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", {
      method: "POST",
      headers: HEADERS,
      body: bodyOf(stream),
      signal: signal ?? null,
    });

  test.each([false, true])("that it was whole (stream: %s)", async (stream) => {
    const fake = createFake(OPTIONS);
    const ended = firstEnd(fake);
    const received = (await (await ask(fake, stream)).arrayBuffer()).byteLength;

    expect((await ended).end).toEqual({ outcome: "whole", stage: "reply", bytes: received });
  });

  test("that its client cancelled it", async () => {
    const fake = createFake(late({ eventDelayMs: 10 }));
    const ended = firstEnd(fake);
    const reader = (await ask(fake, true)).body?.getReader();
    await reader?.read();
    await reader?.cancel();

    expect((await ended).end).toMatchObject({ outcome: "client-left", stage: "reply" });
  });

  test("that its client aborted it", async () => {
    const fake = createFake(late({ eventDelayMs: 10 }));
    const ended = firstEnd(fake);
    const controller = new AbortController();
    const reader = (await ask(fake, true, controller.signal)).body?.getReader();
    await reader?.read();
    controller.abort();

    expect((await ended).end).toMatchObject({ outcome: "client-left", stage: "reply" });
  });
});

describe("maxJournalReplyBytes", () => {
  test.each([false, true])("keeps what was answered (stream: %s)", async (stream) => {
    const fake = createFake({ ...OPTIONS, maxJournalReplyBytes: 100_000 });
    const answer = await fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", {
      method: "POST",
      headers: HEADERS,
      body: bodyOf(stream),
    });
    const text = await answer.text();

    expect(fake.journal.snapshot().exchanges[0]?.reply.body).toBe(text);
  });

  test("keeps no more than that", async () => {
    const fake = createFake({ ...OPTIONS, maxJournalReplyBytes: 40 });
    const answer = await fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", {
      method: "POST",
      headers: HEADERS,
      body: bodyOf(true),
    });
    const text = await answer.text();
    const kept = fake.journal.snapshot().exchanges[0]?.reply.body ?? "";

    expect(kept).toMatch(/^event: message_start/);
    expect(kept.length).toBeLessThan(100);
    expect(text.length).toBeGreaterThan(1000);
  });
});

test("a subscriber that throws takes no answer down, nor keeps it from the others", async () => {
  const fake = createFake(OPTIONS);
  fake.journal.subscribe(() => {
    throw new Error("mine");
  });
  const ended = firstEnd(fake);
  const answer = await fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/models", { headers: HEADERS });

  expect(answer.status).toBe(200);
  expect((await ended).reply.status).toBe(200);
});
