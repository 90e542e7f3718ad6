import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { createFakeCore, serve } from "../src/server.ts";
import { parseReply, sendBytes } from "./support/raw-http.ts";
import { startFake } from "./support/start-fake.ts";

const fake = startFake({ maxJournalExchanges: 100 });

const BODY = JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 8, messages: [{ role: "user", content: "hi" }] });
const HEADERS = {
  "content-type": "application/json",
  "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
  "anthropic-version": "2023-06-01",
  "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj",
};

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

describe("one port", () => {
  test("carries 10,000 requests on 64 keep-alive connections without dropping one", async () => {
    const { port } = fake.server;
    const connections = 64;
    const each = Math.ceil(10_000 / connections);
    const before = fake.core.journal.total;
    const answered = await Promise.all(Array.from({ length: connections }, () => requestsOnOneConnection(port, each)));

    expect(answered).toEqual(Array.from({ length: connections }, () => each));
    expect(fake.core.journal.total - before).toBe(connections * each);
  }, 60_000);

  test("speaks HTTP/1.1 and HTTP/2 with prior knowledge at the same time", async () => {
    const { port, url } = fake.server;
    const session = connectHttp2(url);
    const [one, ...two] = await Promise.all([
      requestsOnOneConnection(port, 20),
      ...Array.from({ length: 20 }, () => requestOverHttp2(session)),
    ]);
    session.close();

    expect(one).toBe(20);
    expect(two).toEqual(Array.from({ length: 20 }, () => 200));
  });

  test("waits for the rest of a preface that comes byte by byte", async () => {
    const { port } = fake.server;
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
    const answer = await sendBytes(fake.server.port, bytes);

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(await requestsOnOneConnection(fake.server.port, 1)).toBe(1);
  });

  test("goes on when a client hangs up in the middle of its body", async () => {
    const { port } = fake.server;
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(requestText("127.0.0.1").slice(0, -5), () => socket.destroy());
      });
      socket.on("close", () => resolve());
    });
    const session = connectHttp2(fake.server.url);
    const cut = session.request({ ":method": "POST", ":path": "/v1/messages", ...HEADERS });
    cut.on("error", () => {});
    cut.write("{");
    await new Promise((resolve) => setTimeout(resolve, 50));
    session.destroy();

    expect(await requestsOnOneConnection(port, 1)).toBe(1);
  });

  test("keeps path, order, case and duplicates of headers as they were sent", async () => {
    const { port } = fake.server;
    await sendBytes(
      port,
      "GET //v1/./models?b=2&a=%2F HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nx-TWO:  a  b \r\nX-One: 2\r\nConnection: close\r\n\r\n",
    );

    expect(fake.core.journal.snapshot().exchanges.at(-1)?.request).toMatchObject({
      target: "//v1/./models?b=2&a=%2F",
      httpVersion: "1.1",
      headers: [
        ["Host", "x"],
        ["X-One", "1"],
        ["x-TWO", "a  b"],
        ["X-One", "2"],
        ["Connection", "close"],
      ],
    });
  });
});

describe("serve()", () => {
  test("speaks HTTP/1.1 alone where it is told to", async () => {
    const server = await serve(createFakeCore(), { port: 0, http: "1" });
    try {
      const health = await fetch(`${server.url}/_fake/health`);

      expect(await health.json()).toMatchObject({ status: "ok" });
    } finally {
      await server.close();
    }
  });

  test("says that a port is in use", async () => {
    await expect(serve(createFakeCore(), { port: fake.server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("closes while connections are open", async () => {
    const server = await serve(createFakeCore(), { port: 0 });
    const idle = connect(server.port, "127.0.0.1");
    const session = connectHttp2(server.url);
    session.on("error", () => {});
    await new Promise((resolve) => idle.once("connect", resolve));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    idle.resume();
    await server.close();
    await closed;

    await expect(fetch(`${server.url}/_fake/health`)).rejects.toThrow();
  });
});
