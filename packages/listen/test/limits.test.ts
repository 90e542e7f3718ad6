import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import { frame, parseReply, PREFACE, sendBytes, SETTINGS } from "@claude-on-aws/fixtures/abuse";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_LIMITS,
  type ExchangeEnd,
  type Handler,
  listen,
  type ListenOptions,
  type RefusedRequest,
} from "../src/index.ts";
import { ask, MODES, modesOf } from "./support/ask.ts";
import { bytes, signal, until, withServer } from "./support/serve.ts";

const ok: Handler = async (_head, request) => {
  await request.read(1_000_000);
  return { status: 200, headers: [], body: bytes("ok") };
};
const refuse: Handler = () => ({ status: 403, headers: [], body: bytes("no") });
const NAMED = MODES.map((mode) => [mode.name, mode] as const);
const HTTP1 = modesOf("1.1").filter(({ secure }) => !secure);
const NAMED_HTTP1 = HTTP1.map((mode) => [mode.name, mode] as const);
/** The head of a request whose body takes its time. */
const LONG_BODY = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n";
const REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/** What a client gets that sends something and then waits. */
async function after(options: ListenOptions, sent: string | Uint8Array): Promise<string> {
  let received = "";
  await withServer(ok, options, async ({ port }) => {
    received = await sendBytes(port, sent);
  });
  return received;
}

/** Resolves when a socket is closed, in whichever way. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once("close", () => resolve()));

/**
 * What a client gets that sends something, and then keeps sending, so slowly that each byte comes before a timeout that
 * begins anew; where it is stubborn, also when the server has said its last.
 */
async function whileDripping(
  handler: Handler,
  options: ListenOptions,
  sent: string,
  isStubborn = false,
): Promise<string> {
  let received = "";
  await withServer(handler, options, async ({ port }) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: isStubborn });
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    socket.on("error", () => {});
    socket.write(sent);
    const timer = setInterval(() => socket.write("a"), 20);
    await closed(socket);
    clearInterval(timer);
  });
  return received;
}

describe.each(HTTP1.map(({ name, options }) => [name, options] as const))(
  "what no handler sees, by %s,",
  (_, options) => {
    test.each([
      ["a head with two lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
      ["a head that is too long", `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(5_000)}\r\n\r\n`, 431],
      ["what is no HTTP", "\u0001\u0002", 400],
    ])("is told: %s", async (_name, sent, status) => {
      const refused: RefusedRequest[] = [];
      const onRefused = (one: RefusedRequest): void => {
        refused.push(one);
        throw new Error("whoever listens fails");
      };
      const answer = await after({ ...options, onRefused, maxHeaderBytes: 4_096 }, sent);

      const problem = /Cannot read the request: (.*)/.exec(answer)?.[1];
      expect(refused).toEqual([{ status, problem, peerAddress: "127.0.0.1" }]);
      expect(answer).toContain(`HTTP/1.1 ${status} `);
    });
  },
);

test("every limit has a default, and takes no number that is none", async () => {
  for (const name of Object.keys(DEFAULT_LIMITS)) {
    for (const wrong of [0, -1, Number.NaN, "1" as unknown as number]) {
      await expect(listen(ok, { [name]: wrong })).rejects.toThrow(RangeError);
    }
  }
});

describe.each(NAMED_HTTP1)("over %s", (_, { options }) => {
  test("maxHeaderBytes bounds a head", async () => {
    const head = (length: number): string =>
      `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx: ${"a".repeat(length)}`;
    const fits = await after(options, `${head(60_000)}\r\n\r\n`);
    const long = await after(options, `${head(70_000)}\r\n\r\n`);
    const endless = await after({ ...options, maxHeaderBytes: 1_000 }, head(2_000));

    expect([fits, long, endless].map((answer) => parseReply(answer).status)).toEqual([200, 431, 431]);
  });

  test("headTimeoutMs bounds how long a head takes, however it is sent", async () => {
    const silent = await after({ ...options, headTimeoutMs: 100 }, "GET / HT");
    const slow = await whileDripping(ok, { ...options, headTimeoutMs: 200 }, "GET /");

    expect(slow).toBe(silent);
    expect(parseReply(silent)).toMatchObject({ status: 408, headers: { connection: "close" } });
  });

  test("headTimeoutMs bounds how long a connection says nothing", async () => {
    expect(await after({ ...options, headTimeoutMs: 100 }, "")).toBe("");
  });

  test("headTimeoutMs cuts off no client where it was the server that was held up", async () => {
    let received = "";
    await withServer(ok, { ...options, headTimeoutMs: 100 }, async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("data", (chunk: Buffer) => (received += chunk.toString())).on("error", () => {});
      await once(socket, "connect");
      // Until the server has it, and waits for its head.
      await new Promise((next) => setTimeout(next, 20));
      socket.write(REQUEST.replace("Host", "Connection: close\r\nHost"));
      for (const began = performance.now(); performance.now() - began < 500;);
      await closed(socket);
    });

    expect(parseReply(received).status).toBe(200);
  });

  test("headTimeoutMs holds for the next request too", async () => {
    const answer = await after({ ...options, headTimeoutMs: 100 }, `${REQUEST}GET /`);

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*okHTTP\/1\.1 408 /);
  });

  test("keepAliveTimeoutMs bounds how long a connection is unused, and is said", async () => {
    const answer = parseReply(await after({ ...options, keepAliveTimeoutMs: 1_000 }, REQUEST));

    expect(answer).toMatchObject({ status: 200, headers: { "keep-alive": "timeout=1" }, rest: "" });
  });

  test("bodyTimeoutMs bounds how long a body takes, however it is sent, and the client is told", async () => {
    const received = await whileDripping(ok, { ...options, bodyTimeoutMs: 200 }, LONG_BODY);

    expect(parseReply(received)).toMatchObject({ status: 408, headers: { connection: "close" } });
    expect(received).toContain("the body did not come in time");
  });

  test("maxDrainBytes bounds what is thrown away", async () => {
    await withServer(refuse, { ...options, maxDrainBytes: 100_000 }, async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      let received = "";
      let sent = 0;
      socket.on("error", () => {});
      socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
      socket.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      const timer = setInterval(() => {
        sent += 65_536;
        socket.write(`10000\r\n${"x".repeat(65_536)}\r\n`);
      }, 5);
      await closed(socket);
      clearInterval(timer);

      expect(parseReply(received).status).toBe(403);
      expect(sent).toBeLessThan(20_000_000);
    });
  });

  test("drainTimeoutMs bounds how long it is thrown away", async () => {
    const received = await whileDripping(refuse, { ...options, drainTimeoutMs: 200 }, LONG_BODY, true);

    expect(parseReply(received)).toMatchObject({ status: 403, body: "no" });
  });

  test("maxConnections bounds how many there are", async () => {
    await withServer(ok, { ...options, maxConnections: 2 }, async ({ port }) => {
      const first = connect(port, "127.0.0.1");
      const second = connect(port, "127.0.0.1");
      for (const socket of [first, second]) {
        socket.write(REQUEST);
        await once(socket, "data");
      }
      const third = connect(port, "127.0.0.1");
      third.on("error", () => {});
      await closed(third);
      first.destroy();
      await closed(first);
      const fourth = await retry(() => sendBytes(port, REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
      second.destroy();

      expect(parseReply(fourth).status).toBe(200);
    });
  });
});

/** Asks again until there is an answer: who left is forgotten a little later. */
async function retry(send: () => Promise<string>): Promise<string> {
  for (;;) {
    const answer = await send().catch(() => "");
    if (answer !== "") return answer;
  }
}

describe("over HTTP/2", () => {
  const opening = Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0))]);

  test("headTimeoutMs bounds how long a connection asks nothing", async () => {
    expect(await after({ headTimeoutMs: 100 }, opening)).not.toContain("HTTP/1.1");
  });

  test("headTimeoutMs bounds how long a preface takes", async () => {
    expect(await after({ headTimeoutMs: 100 }, PREFACE.subarray(0, 10))).toBe("");
  });

  test.each(modesOf("2.0").map((mode) => [mode.name, mode] as const))(
    "%s: keepAliveTimeoutMs bounds how long a connection is unused",
    async (_, mode) => {
      await withServer(ok, { ...mode.options, keepAliveTimeoutMs: 100 }, async (server) => {
        const { answer, closed } = await ask(mode, server, { keepsConnection: true });

        expect(await answer).toMatchObject({ status: 200 });
        await closed;
      });
    },
  );

  test("maxConcurrentStreams bounds how many requests there are at once", async () => {
    const waiting = signal();
    let most = 0;
    let count = 0;
    const handler: Handler = async () => {
      most = Math.max(most, ++count);
      await waiting.promise;
      count--;
      return { status: 200, headers: [], body: bytes("ok") };
    };
    await withServer(handler, { maxConcurrentStreams: 3 }, async ({ port }) => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      session.on("error", () => {});
      await once(session, "remoteSettings");
      const streams = Array.from({ length: 10 }, () => session.request({ ":path": "/" }));
      for (const stream of streams) stream.on("error", () => {}).resume();
      await until(() => count === 3);
      await new Promise((next) => setTimeout(next, 50));
      waiting.resolve();
      await Promise.all(streams.map((stream) => once(stream, "close")));
      session.destroy();
    });

    expect(most).toBe(3);
  });

  test.each(modesOf("2.0").map((mode) => [mode.name, mode] as const))(
    "%s: drainTimeoutMs bounds how long a body is thrown away",
    async (_, mode) => {
      await withServer(refuse, { ...mode.options, drainTimeoutMs: 100 }, async (server) => {
        const asked = await ask(mode, server, { method: "POST", body: { open: "begun" } });

        expect(await asked.answer).toMatchObject({ status: 403, body: "no" });
      });
    },
  );
});

describe.each(NAMED)("closing a server of %s", (_, mode) => {
  test("closeGraceMs lets what is under way finish", async () => {
    const asked = signal();
    const waiting = signal();
    const handler: Handler = async () => {
      asked.resolve();
      await waiting.promise;
      return { status: 200, headers: [], body: bytes("finished") };
    };
    const server = await listen(handler, { ...mode.options, closeGraceMs: 5_000 });
    const { answer } = await ask(mode, server);
    await asked.promise;
    const closed = server.close();
    waiting.resolve();

    expect(await answer).toMatchObject({ status: 200, body: "finished", isWhole: true });
    await closed;
  });

  test("closeGraceMs lets a stream finish, and tells that it was whole", async () => {
    const [begun, waiting, ended] = [signal(), signal(), signal<ExchangeEnd>()];
    const pieces = async function* () {
      yield bytes("begun ");
      begun.resolve();
      await waiting.promise;
      yield bytes("finished");
    };
    const handler: Handler = () => ({ status: 200, headers: [], body: pieces(), onEnd: ended.resolve });
    const server = await listen(handler, { ...mode.options, closeGraceMs: 60_000 });
    const { answer } = await ask(mode, server);
    await begun.promise;
    const closed = server.close();
    waiting.resolve();

    expect(await answer).toMatchObject({ status: 200, body: "begun finished", isWhole: true });
    expect(await ended.promise).toMatchObject({ outcome: "whole" });
    await closed;
  });

  test("does not wait for connections that are unused", async () => {
    const server = await listen(ok, { ...mode.options, closeGraceMs: 60_000 });
    const { answer, closed } = await ask(mode, server, { keepsConnection: true });
    await answer;
    await server.close();

    expect(await closed).toBeDefined();
  });

  test("does not wait for connections that never said a word", async () => {
    const server = await listen(ok, { ...mode.options, closeGraceMs: 60_000 });
    const socket = connect(server.port, "127.0.0.1");
    const gone = closed(socket);
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.resume();
    await server.close();
    await gone;

    expect(socket.destroyed).toBe(true);
  });
});

describe.each(NAMED)("over %s", (_, mode) => {
  const LONG = "x".repeat(300_000);
  const count: Handler = async (_head, request) => {
    const body = await request.read(10_000_000);
    return { status: 200, headers: [], body: bytes(`${request.contentLength} ${body?.length}`) };
  };

  test("maxBufferedBytes bounds what is held of bodies that are read, over all connections", async () => {
    // The stream that is refused is not whole: it is closed when nothing more of it is thrown away.
    const options = { ...mode.options, maxBufferedBytes: 500_000, drainTimeoutMs: 100 };
    await withServer(count, options, async (server) => {
      const both = await Promise.all([1, 2].map(() => ask(mode, server, { method: "POST", body: { open: LONG } })));
      const first = await Promise.race(both.map(async (asked) => ({ asked, answer: await asked.answer })));
      expect(first.answer).toMatchObject({ status: 503 });
      expect(first.answer.body).toContain("the server holds as many bytes of bodies as it may");

      // The other has its bytes still, and those of the first are free.
      const other = both.find((asked) => asked !== first.asked);
      await other?.finish();
      expect(await other?.answer).toMatchObject({ status: 200, body: "undefined 300000" });
      for (let again = 0; again < 3; again++) {
        const { answer } = await ask(mode, server, { method: "POST", body: LONG });
        expect((await answer).status).toBe(200);
      }
    });
  });

  test("maxBufferedBytes counts what a client left behind no longer", async () => {
    const asked = signal();
    const left = signal();
    const wait: Handler = async (head, request) => {
      request.signal.addEventListener("abort", () => left.resolve());
      asked.resolve();
      return count(head, request);
    };
    await withServer(wait, { ...mode.options, maxBufferedBytes: 500_000 }, async (server) => {
      const leaving = await ask(mode, server, { method: "POST", body: { open: LONG } });
      await asked.promise;
      leaving.leave("reset-stream");
      await left.promise;
      const { answer } = await ask(mode, server, { method: "POST", body: "x".repeat(450_000) });

      expect((await answer).status).toBe(200);
    });
  });

  test("a handler may know beforehand how long a body is", async () => {
    await withServer(count, mode.options, async (server) => {
      const { answer } = await ask(mode, server, { method: "POST", body: "12345" });
      expect((await answer).body).toMatch(mode.version === "2.0" ? /^(?:5|undefined) 5$/ : /^5 5$/);
      const none = await ask(mode, server);
      expect((await none.answer).body).toBe("0 0");
    });
  });
});
