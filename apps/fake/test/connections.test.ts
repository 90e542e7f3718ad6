import { soakLength } from "@claude-on-aws/fixtures";
import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireReply } from "../src/terms/wire.ts";
import { createFakeCore, type FakeCore, type FakeServer, serve } from "../src/server.ts";
import { parseReply, sendBytes } from "./support/raw-http.ts";

const BODY = JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 8, messages: [{ role: "user", content: "hi" }] });
const HEADERS = {
  "content-type": "application/json",
  "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
  "anthropic-version": "2023-06-01",
  "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj",
};
const MAX_BODY_BYTES = 100_000;

const requestText = (host: string): string =>
  [
    "POST /v1/messages HTTP/1.1",
    `Host: ${host}`,
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${BODY.length}`,
    "",
    BODY,
  ].join("\r\n");

/** Sends requests one behind the other on one connection; answers how many came back with 200. */
function requestsOnOneConnection(port: number, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const text = requestText(`127.0.0.1:${port}`);
    let answered = 0;
    let received = "";
    const socket: Socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      if (head < 0 || length === undefined || received.length < head + 4 + Number(length)) return;
      if (!received.startsWith("HTTP/1.1 200 ")) return reject(new Error(received));
      received = received.slice(head + 4 + Number(length));
      answered++;
      if (answered < count) socket.write(text);
      else socket.end(() => resolve(answered));
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answered));
  });
}

/** Sends one request over HTTP/2; answers its status. */
function requestOverHttp2(session: ClientHttp2Session): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":method": "POST", ":path": "/v1/messages", ...HEADERS });
    stream.on("response", (headers) => {
      stream.resume();
      stream.on("end", () => resolve(Number(headers[":status"])));
    });
    stream.on("error", reject);
    stream.end(BODY);
  });
}

/** Connects, sends, and reads nothing: what the server writes piles up. */
function connectAndPause(port: number, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, () => resolve(socket)));
    socket.pause();
    socket.on("error", reject);
  });
}

/** Waits until a condition holds; the test's own limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setTimeout(next, 5));
}

/** A fake that answers everything with a body of the test's own. */
function fakeThatAnswers(body: () => WireReply["body"]): FakeCore {
  const headers = [["content-type", "text/event-stream"]] as const;
  return { ...createFakeCore(), handle: () => Promise.resolve({ status: 200, headers, body: body() }) };
}

/** Sends a request without a body over HTTP/2; answers the head of what came back, and the body. */
function askOverHttp2(port: number, method: string, path: string): Promise<IncomingHttpHeaders & { body: string }> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on("error", reject);
    const stream = session.request({ ":method": method, ":path": path });
    let head: IncomingHttpHeaders = {};
    let body = "";
    stream.on("response", (headers) => (head = headers));
    stream.on("data", (chunk: Buffer) => (body += chunk.toString()));
    stream.on("error", reject);
    stream.on("close", () => {
      session.close();
      resolve({ ...head, body });
    });
    stream.end();
  });
}

const GET = "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
const piece = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(["auto", "1"] as const)("serve() with http %o", (http) => {
  const core = createFakeCore({
    apiKeys: [HEADERS["x-api-key"]],
    maxJournalExchanges: 10,
    facts: { maxMessagesBodyBytes: MAX_BODY_BYTES, maxInvokeModelBodyBytes: MAX_BODY_BYTES },
  });
  let server: FakeServer;
  beforeAll(async () => {
    server = await serve(core, { port: 0, http });
  });
  afterAll(() => server.close());

  /** Runs a test against a fake of its own. */
  async function withServer(fake: FakeCore, run: (server: FakeServer) => Promise<void>): Promise<void> {
    const own = await serve(fake, { port: 0, http });
    try {
      await run(own);
    } finally {
      await own.close();
    }
  }

  test("carries a thousand requests and more on 64 keep-alive connections without dropping one", async () => {
    const connections = 64;
    const each = Math.ceil(soakLength(10_000, 1_024) / connections);
    const before = core.journal.total;
    const answered = await Promise.all(
      Array.from({ length: connections }, () => requestsOnOneConnection(server.port, each)),
    );

    expect(answered).toEqual(Array.from({ length: connections }, () => each));
    expect(core.journal.total - before).toBe(connections * each);
  }, 60_000);

  test.each([204, 304])("says no length of an answer with %i, which has no body", async (status) => {
    const reply = { status, headers: [["x-mine", "1"]], body: new Uint8Array() } as const;
    await withServer({ ...createFakeCore(), handle: () => Promise.resolve(reply) }, async ({ port }) => {
      const answer = parseReply(await sendBytes(port, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));

      expect(answer).toMatchObject({ status, headers: { "x-mine": "1" }, body: "" });
      expect(Object.keys(answer.headers)).not.toContain("content-length");
      expect(Object.keys(answer.headers)).not.toContain("transfer-encoding");
    });
  });

  test("answers HEAD with the length that GET has, and without a body", async () => {
    const ask = async (method: string) =>
      parseReply(
        await sendBytes(server.port, `${method} /_fake/rules HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
      );
    const [head, get] = [await ask("HEAD"), await ask("GET")];

    expect(head).toMatchObject({ status: 200, body: "" });
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  test("waits for the rest of a head that comes byte by byte", async () => {
    const { port } = server;
    const text = requestText(`127.0.0.1:${port}`).replace("\r\nHost", "\r\nConnection: close\r\nHost");
    const answer = await new Promise<string>((resolve, reject) => {
      let received = "";
      const socket = connect(port, "127.0.0.1", async () => {
        // "P" could be the beginning of both "POST" and "PRI".
        for (const part of [text.slice(0, 1), text.slice(1, 2), text.slice(2)]) {
          socket.write(part);
          await new Promise((next) => setTimeout(next, 20));
        }
      });
      socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
      socket.on("error", reject);
      socket.on("close", () => resolve(received));
    });

    expect(parseReply(answer).status).toBe(200);
  });

  test.each([
    ["text that is no HTTP", "hello there, how are you\r\n\r\n"],
    ["a header without a name", "GET / HTTP/1.1\r\n: nameless\r\n\r\n"],
    ["two different lengths", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
  ])("answers %s with 400 and goes on", async (_, bytes) => {
    const answer = await sendBytes(server.port, bytes);

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(await requestsOnOneConnection(server.port, 1)).toBe(1);
  });

  test("goes on when a client hangs up in the middle of its body", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write(requestText("127.0.0.1").slice(0, -5), () => socket.destroy());
      });
      socket.on("close", () => resolve());
    });

    expect(await requestsOnOneConnection(server.port, 1)).toBe(1);
  });

  test("takes a head of 40 KB, as a long session token makes it", async () => {
    const text = requestText("127.0.0.1").replace(
      "\r\n",
      `\r\nconnection: close\r\nx-amz-security-token: ${"t".repeat(40_000)}\r\n`,
    );

    expect(parseReply(await sendBytes(server.port, text)).status).toBe(200);
  });

  test("reads a body in chunks", async () => {
    const text = requestText("127.0.0.1")
      .replace("\r\n", "\r\nconnection: close\r\n")
      .replace(`content-length: ${BODY.length}`, "transfer-encoding: chunked")
      .replace(BODY, `5\r\n${BODY.slice(0, 5)}\r\n${(BODY.length - 5).toString(16)}\r\n${BODY.slice(5)}\r\n0\r\n\r\n`);

    expect(parseReply(await sendBytes(server.port, text)).status).toBe(200);
  });

  test.each([
    ["that says its length", `content-length: ${MAX_BODY_BYTES + 1}`, "x".repeat(MAX_BODY_BYTES + 1)],
    [
      "in chunks",
      "transfer-encoding: chunked",
      `${(MAX_BODY_BYTES + 1).toString(16)}\r\n${"x".repeat(MAX_BODY_BYTES + 1)}\r\n0\r\n\r\n`,
    ],
  ])("answers a body over the limit %s with 413, and records it", async (_, framing, body) => {
    const text = requestText("127.0.0.1")
      .replace("\r\n", "\r\nconnection: close\r\n")
      .replace(`content-length: ${BODY.length}`, framing)
      .replace(BODY, body);
    const answer = parseReply(await sendBytes(server.port, text));

    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { type: "request_too_large" } });
    expect(core.journal.snapshot().exchanges.at(-1)?.reply.status).toBe(413);
  });

  test("answers its own routes, and refuses a foreign host", async () => {
    const health = await sendBytes(
      server.port,
      "GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    const foreign = await sendBytes(
      server.port,
      "GET /_fake/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );

    expect(JSON.parse(parseReply(health).body)).toMatchObject({ status: "ok" });
    expect(parseReply(foreign).status).toBe(403);
  });

  test("keeps the wire as it was", async () => {
    const bytes =
      "GET //v1/models?page=2&limit=%2F HTTP/1.1\r\nHost: x\r\nX-Stainless-One: 1\r\nx-stainless-TWO:  a  b \r\nX-Stainless-One: 2\r\nConnection: close\r\n\r\n";
    await sendBytes(server.port, bytes);
    const { wire, request } = core.journal.snapshot().exchanges.at(-1) ?? {};

    expect(request).toMatchObject({ target: "//v1/models?page=2&limit=%2F", httpVersion: "1.1" });
    expect({ wire, headers: request?.headers }).toEqual({
      wire: "received",
      headers: [
        ["Host", "x"],
        ["X-Stainless-One", "1"],
        ["x-stainless-TWO", "a  b"],
        ["X-Stainless-One", "2"],
        ["Connection", "close"],
      ],
    });
  });

  test("streams in chunks, each as soon as it is there", async () => {
    let release = (): void => {};
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const fake = fakeThatAnswers(async function* () {
      yield piece("first\n");
      await waiting;
      yield piece("second\n");
    });
    await withServer(fake, async ({ port }) => {
      const answered = await new Promise<string>((resolve, reject) => {
        let received = "";
        const socket = connect(port, "127.0.0.1", () => socket.write(GET));
        socket.on("data", (chunk: Buffer) => {
          received += chunk.toString("latin1");
          if (received.includes("first")) release();
          if (received.endsWith("\r\n0\r\n\r\n")) socket.end(() => resolve(received));
        });
        socket.on("error", reject);
      });

      expect(parseReply(answered)).toMatchObject({
        status: 200,
        headers: { "transfer-encoding": "chunked" },
        body: "first\nsecond\n",
      });
    });
  });

  test.each<[string, () => WireReply["body"], string]>([
    ["that is whole already", () => piece("one,two"), "one,two"],
    ["that is ready at once", () => [piece("one,"), piece("two")], "one,two"],
    ["longer than one write", () => Array.from({ length: 40 }, () => piece("x".repeat(5_000))), "x".repeat(200_000)],
  ])("sends a stream %s in chunks", async (_, body, expected) => {
    await withServer(fakeThatAnswers(body), async ({ port }) => {
      const answer = parseReply(await sendBytes(port, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));

      expect(answer.headers["transfer-encoding"]).toBe("chunked");
      expect(answer.body).toBe(expected);
    });
  });

  test("sends a stream without pieces", async () => {
    await withServer(
      fakeThatAnswers(() => []),
      async ({ port }) => {
        const answer = parseReply(await sendBytes(port, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));

        expect(answer).toMatchObject({ status: 200, body: "" });
      },
    );
  });

  test("asks for no more of a stream than a slow client takes, and ends it when the client hangs up", async () => {
    const pieceBytes = 100_000;
    const pieces = 2_000;
    let made = 0;
    let ended = false;
    const fake = fakeThatAnswers(async function* () {
      try {
        for (; made < pieces; made++) yield new Uint8Array(pieceBytes);
      } finally {
        ended = true;
      }
    });
    await withServer(fake, async ({ port }) => {
      const socket = await connectAndPause(port, GET);
      await until(() => made > 0);
      await new Promise((next) => setTimeout(next, 200));
      const madeForNobody = made;
      socket.destroy();
      await until(() => ended);

      // What the sockets of both sides hold is a few megabytes.
      expect(madeForNobody * pieceBytes).toBeLessThan(20_000_000);
    });
  });

  test("tells a stream that waits for its next piece that the client has hung up", async () => {
    let waits = false;
    let ended = false;
    const waiting: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        let first = true;
        return {
          next: () => {
            if (first) {
              first = false;
              return Promise.resolve({ done: false, value: piece("one") });
            }
            waits = true;
            return new Promise(() => {});
          },
          return: () => {
            ended = true;
            return Promise.resolve({ done: true, value: undefined });
          },
        };
      },
    };
    await withServer(
      fakeThatAnswers(() => waiting),
      async ({ port }) => {
        const socket = await connectAndPause(port, GET);
        await until(() => waits);
        socket.destroy();
        await until(() => ended);
      },
    );

    expect(ended).toBe(true);
  });

  test.each([
    ["a status that is none", { status: 9999 }],
    ["a header that is none", { headers: [["x-note", "one\r\ntwo"]] as const }],
  ])("answers 500 in place of an answer with %s", async (_, wrong) => {
    const reply = { status: 200, headers: [], body: piece("{}"), ...wrong };
    await withServer({ ...createFakeCore(), handle: () => Promise.resolve(reply) }, async ({ port }) => {
      const answer = parseReply(await sendBytes(port, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));

      expect(answer.status).toBe(500);
      expect(answer.body).toContain("cannot be sent");
    });
  });

  test("lets an answer under way finish when it closes", async () => {
    let asked = false;
    const fake = fakeThatAnswers(async function* () {
      asked = true;
      yield piece("first,");
      await new Promise((next) => setTimeout(next, 100));
      yield piece("last");
    });
    const own = await serve(fake, { port: 0, http });
    const answer = sendBytes(own.port, GET);
    await until(() => asked);
    await own.close();

    expect(parseReply(await answer).body).toBe("first,last");
  });

  test("hangs up on what does not end within the grace", async () => {
    let asked = false;
    const fake = fakeThatAnswers(async function* () {
      asked = true;
      yield piece("first,");
      await new Promise(() => {});
    });
    const own = await serve(fake, { port: 0, http });
    const answer = sendBytes(own.port, GET);
    await until(() => asked);
    await own.close();

    expect(await answer).toContain("first,");
    await expect(fetch(own.url)).rejects.toThrow();
  });

  test("closes while connections are open", async () => {
    const own = await serve(createFakeCore(), { port: 0, http });
    // A connection that was used: Bun's server forgets those that never said a word.
    const idle = connect(own.port, "127.0.0.1", () => idle.write(requestText("127.0.0.1")));
    await new Promise((resolve) => idle.once("data", resolve));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    await own.close();
    await closed;

    await expect(fetch(`${own.url}/_fake/health`)).rejects.toThrow();
  });

  test("says that a port is in use", async () => {
    await expect(serve(createFakeCore(), { port: server.port, http })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe('serve() with http "auto"', () => {
  const core = createFakeCore();
  let server: FakeServer;
  beforeAll(async () => {
    server = await serve(core, { port: 0 });
  });
  afterAll(() => server.close());

  test("speaks HTTP/1.1 and HTTP/2 with prior knowledge at the same time", async () => {
    const session = connectHttp2(server.url);
    const [one, ...two] = await Promise.all([
      requestsOnOneConnection(server.port, 20),
      ...Array.from({ length: 20 }, () => requestOverHttp2(session)),
    ]);
    session.close();

    expect(one).toBe(20);
    expect(two).toEqual(Array.from({ length: 20 }, () => 200));
  });

  test("goes on when an HTTP/2 client hangs up in the middle of its body", async () => {
    const session = connectHttp2(server.url);
    const cut = session.request({ ":method": "POST", ":path": "/v1/messages", ...HEADERS });
    cut.on("error", () => {});
    cut.write("{");
    await new Promise((resolve) => setTimeout(resolve, 50));
    session.destroy();

    expect(await requestsOnOneConnection(server.port, 1)).toBe(1);
  });

  test("keeps dots in a path as they were sent", async () => {
    await sendBytes(server.port, "GET /v1/./models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    expect(core.journal.snapshot().exchanges.at(-1)?.request.target).toBe("/v1/./models");
  });

  test("closes while an HTTP/2 session is open", async () => {
    const own = await serve(createFakeCore(), { port: 0 });
    const session = connectHttp2(own.url);
    session.on("error", () => {});
    const closed = new Promise((resolve) => session.once("close", resolve));
    await new Promise((resolve) => session.once("connect", resolve));
    await own.close();
    await closed;

    await expect(fetch(`${own.url}/_fake/health`)).rejects.toThrow();
  });
});

describe("an answer over HTTP/2", () => {
  test.each([204, 304])("with %i has no length and no body", async (status) => {
    const reply = { status, headers: [["x-mine", "1"]], body: new Uint8Array() } as const;
    const server = await serve({ ...createFakeCore(), handle: () => Promise.resolve(reply) }, { port: 0 });
    try {
      const answer = await askOverHttp2(server.port, "GET", "/v1/models");

      expect(answer).toMatchObject({ ":status": status, "x-mine": "1", body: "" });
      expect(Object.keys(answer)).not.toContain("content-length");
    } finally {
      await server.close();
    }
  });

  test("to HEAD has no body", async () => {
    const server = await serve(createFakeCore(), { port: 0 });
    try {
      expect(await askOverHttp2(server.port, "HEAD", "/_fake/health")).toMatchObject({ ":status": 200, body: "" });
    } finally {
      await server.close();
    }
  });
});
