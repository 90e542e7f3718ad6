import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore, type FakeServer, serve } from "../src/server.ts";
import type { ReceivedRequest } from "../src/terms/wire.ts";
import { parseReply, sendBytes } from "./support/raw-http.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";
import { BEDROCK_KEY, WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

const MAX_BUFFERED_BYTES = 600_000;
const JOURNAL_BYTES = 1_000;
const LONG = "x".repeat(200_000);
const SETTINGS = {
  credentials: [EXAMPLE_CREDENTIALS],
  apiKeys: [WORKSPACE_KEY, BEDROCK_KEY],
  workspaces: [WORKSPACE_ID],
  maxJournalBodyBytes: JOURNAL_BYTES,
  maxBufferedBytes: MAX_BUFFERED_BYTES,
};

/** What a request is as bytes on a connection of its own. */
function bytesOf({ method, target, headers, body }: WireRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...lines,
    `content-length: ${body.length}`,
    "connection: close",
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), body]);
}

/** Serves a fake for one test, and notes what it is handed. */
async function withFake(
  run: (server: FakeServer, seen: readonly ReceivedRequest[], core: FakeCore) => Promise<void>,
  options: Parameters<typeof createFakeCore>[0] = {},
): Promise<void> {
  const core = createFakeCore({ ...SETTINGS, ...options });
  const seen: ReceivedRequest[] = [];
  const noting: FakeCore = {
    ...core,
    handle: (request) => {
      seen.push(request);
      return core.handle(request);
    },
  };
  const server = await serve(noting, { port: 0 });
  try {
    await run(server, seen, core);
  } finally {
    await server.close();
  }
}

/** What is told by a reply, without what is new in each. */
const told = (text: string): string =>
  text.replace(/req_01\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "…").replace(/\d{8}T\d{6}Z/g, "…");

const longRequest = (provider: GoodProvider): WireRequest =>
  withBody(GOOD[provider].request(4242), { messages: [{ role: "user", content: LONG }] });

type Mistake = (request: WireRequest, provider: GoodProvider) => WireRequest | Promise<WireRequest>;
const signed: Mistake = (request, provider) => sign(request, GOOD[provider].service);

/** Heads that are refused whatever follows. */
const REFUSED: Readonly<Record<string, Mistake>> = {
  "no signature": (request) => request,
  "a header that is no signature": (request) => withHeader(request, "authorization", "AWS4-HMAC-SHA256 nothing"),
  "an access key that nobody has": (request, provider) =>
    sign(request, GOOD[provider].service, { credentials: { ...EXAMPLE_CREDENTIALS, accessKeyId: "AKIAUNKNOWN" } }),
  "a signature of last year": (request, provider) =>
    sign(request, GOOD[provider].service, { date: new Date(Date.now() - 365 * 86_400_000) }),
  "a signature for another service": (request) => sign(request, "s3"),
  "an API key of another form": (request) => withHeader(request, "authorization", "Bearer sk-ant-api03-x"),
  "a signature in the query": (request) => ({ ...request, target: `${request.target}?X-Amz-Signature=0` }),
  "a path that is no route, rightly signed": (request, provider) =>
    sign({ ...request, target: `${request.target}/nothing` }, GOOD[provider].service),
  "a signature that is wrong and a path that is no route": async (request, provider) => {
    const right = await sign({ ...request, target: `${request.target}/nothing` }, GOOD[provider].service);
    return { ...right, body: new TextEncoder().encode(`${LONG}y`) };
  },
};

const PROVIDERS = Object.keys(GOOD) as GoodProvider[];

describe.each(PROVIDERS)("a long body to %s", (provider) => {
  test.each(Object.entries(REFUSED))("behind %s is hashed and not kept, and answered as ever", async (_, make) => {
    const request = await make(longRequest(provider), provider);
    await withFake(async (server, seen, core) => {
      const answer = parseReply(await sendBytes(server.port, bytesOf(request)));
      const [handed] = seen;
      expect(handed?.body.length).toBe(JOURNAL_BYTES);
      expect(handed?.bodyBytes).toBe(request.body.length);
      expect(handed?.bodySha256).toBe(createHash("sha256").update(request.body).digest("hex"));

      // As it would be answered where all of it is at hand.
      const whole = createFakeCore(SETTINGS);
      const expected = await whole.handle({ ...request, wire: "received", mayDiagnose: () => true });
      expect([answer.status, told(answer.body)]).toEqual([
        expected.status,
        told(new TextDecoder().decode(expected.body as Uint8Array)),
      ]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      const [kept] = core.journal.snapshot().exchanges;
      const [other] = whole.journal.snapshot().exchanges;
      expect(kept?.request.body).toEqual(other?.request.body);
      expect(kept?.checks.map(({ check, fault }) => [check, fault?.name])).toEqual(
        other?.checks.map(({ check, fault }) => [check, fault?.name]),
      );
      expect(kept?.diagnosis?.map(({ code }) => code)).toEqual(other?.diagnosis?.map(({ code }) => code));
    });
  });

  test("is kept where it may be right", async () => {
    const right = await signed(longRequest(provider), provider);
    const wrong = { ...right, body: longRequest(provider).body.map((byte) => (byte === 0x78 ? 0x79 : byte)) };
    await withFake(async (server, seen) => {
      expect(parseReply(await sendBytes(server.port, bytesOf(right))).status).toBe(200);
      expect(parseReply(await sendBytes(server.port, bytesOf(wrong))).status).toBeGreaterThanOrEqual(400);
      expect(seen.map(({ body, bodyBytes }) => [body.length, bodyBytes])).toEqual([
        [right.body.length, undefined],
        [right.body.length, undefined],
      ]);
    });
  });

  test("is kept where findings are only noted, or another answers", async () => {
    const request = longRequest(provider);
    await withFake(
      async (server, seen, core) => {
        expect(parseReply(await sendBytes(server.port, bytesOf(request))).status).toBe(200);
        core.override(async () => ({ status: 299, headers: [], body: new Uint8Array() }));
        expect(parseReply(await sendBytes(server.port, bytesOf(request))).status).toBe(299);
        expect(seen.map(({ body }) => body.length)).toEqual([request.body.length, request.body.length]);
      },
      { onFinding: "record" },
    );
  });

  test("that is too long is refused for that, whatever its head", async () => {
    const facts = { maxMessagesBodyBytes: 150_000, maxInvokeModelBodyBytes: 150_000 };
    await withFake(
      async (server) => {
        const request = longRequest(provider);
        expect(parseReply(await sendBytes(server.port, bytesOf(request))).status).toBe(413);
        expect(parseReply(await sendBytes(server.port, inChunks(request))).status).toBe(413);
      },
      { facts },
    );
  });
});

/** A request whose length nobody knows beforehand. */
function inChunks({ method, target, headers, body }: WireRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${target} HTTP/1.1`, ...lines, "transfer-encoding: chunked", "connection: close", "", ""];
  return Buffer.concat([
    Buffer.from(`${head.join("\r\n")}${body.length.toString(16)}\r\n`, "latin1"),
    body,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
}

/** A client that stops in the middle of its body, until it is told to go on. */
function halt(port: number, request: WireRequest): { readonly goOn: () => void; readonly answer: Promise<string> } {
  const all = bytesOf(request);
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  socket.on("error", () => socket.destroy());
  socket.write(all.subarray(0, all.length - 1));
  const answer = new Promise<string>((resolve) => void socket.on("close", () => resolve(text)));
  return { goOn: () => void socket.write(all.subarray(all.length - 1)), answer };
}

const SHAPES: Readonly<Record<GoodProvider, object>> = {
  "anthropic-aws": { type: "error", error: { type: "api_error" } },
  bedrock: { message: expect.stringContaining("maxBufferedBytes") },
  mantle: { type: "error", error: { type: "api_error" } },
};

describe("maxBufferedBytes", () => {
  test.each(PROVIDERS)("answers %s with 503 where many bodies are held, in its shape", async (provider) => {
    const request = await signed(longRequest(provider), provider);
    await withFake(async (server, _, core) => {
      const held = [1, 2, 3, 4].map(() => halt(server.port, request));
      const refused = await Promise.race(held.map(async (one) => ({ one, reply: parseReply(await one.answer) })));
      expect(refused.reply.status).toBe(503);
      expect(JSON.parse(refused.reply.body)).toMatchObject(SHAPES[provider]);
      // It is nobody's mistake.
      expect(core.report().failed).toBe(0);

      for (const one of held) one.goOn();
      const statuses = await Promise.all(held.map(async ({ answer }) => parseReply(await answer).status));
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
      expect(parseReply(await sendBytes(server.port, bytesOf(request))).status).toBe(200);
    });
  });

  test("answers STS so too", async () => {
    const host = "sts.us-east-1.amazonaws.com";
    const form = { method: "POST", target: "/", httpVersion: "1.1", headers: [["host", host]] } as const;
    const request = { ...form, body: new TextEncoder().encode(LONG) };
    await withFake(async (server) => {
      const held = [1, 2, 3, 4].map(() => halt(server.port, request));
      const first = await Promise.race(held.map(({ answer }) => answer));
      expect(parseReply(first).status).toBe(503);
      expect(first).toContain("<Code>ServiceUnavailable</Code>");
      for (const one of held) one.goOn();
      await Promise.all(held.map(({ answer }) => answer));
    });
  });

  test("is not used up by bodies whose requests are refused for their heads", async () => {
    await withFake(async (server) => {
      const strangers = Array.from({ length: 12 }, () => halt(server.port, longRequest("anthropic-aws")));
      const right = await signed(longRequest("anthropic-aws"), "anthropic-aws");
      expect(parseReply(await sendBytes(server.port, bytesOf(right))).status).toBe(200);
      for (const one of strangers) one.goOn();
      const statuses = await Promise.all(strangers.map(async ({ answer }) => parseReply(await answer).status));
      expect(new Set(statuses)).toEqual(new Set([401]));
    });
  });
});
