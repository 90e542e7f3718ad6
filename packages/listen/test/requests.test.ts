import { parseReplies, parseReply, sendBytes } from "@claude-on-aws/fixtures/abuse";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Handler, listen, type Listener, type Reply, type RequestHead } from "../src/index.ts";
import { ask, MODES } from "./support/ask.ts";
import { bytes, signal, text, until, withServer } from "./support/serve.ts";

const LAST = "Connection: close\r\n";

/** Answers with the target and the body; the paths of a few special replies come first. */
const handler: Handler = async (head, request) => {
  const body = text(await request.read(1_000_000));
  if (head.target === "/none") return { status: 204, headers: [["x-mine", "1"]], body: bytes("not sent") };
  if (head.target === "/same") return { status: 304, headers: [["x-mine", "1"]], body: new Uint8Array() };
  if (head.target === "/pieces") return { status: 200, headers: [], body: [bytes("one,"), bytes("two")] };
  return { status: 200, headers: [], body: bytes(`${head.method} ${head.target} ${body}`) };
};

/** Sends a request of HTTP/1.1 after which the server hangs up. */
const send = async ({ port }: Listener, request: string) =>
  parseReply(await sendBytes(port, request), request.split(" ")[0]);

describe.each([
  ["beside HTTP/2", {}],
  ["alone", { http2: false }],
] as const)("HTTP/1.1 %s", (_, options) => {
  let server: Listener;
  const heads: RequestHead[] = [];
  beforeAll(async () => {
    server = await listen((head, request) => {
      heads.push(head);
      return handler(head, request);
    }, options);
  });
  afterAll(() => server.close());

  test("keeps target and headers as they were sent", async () => {
    await send(
      server,
      `GET //a/./b/../%7e?b=2&a=%2F HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nx-TWO:  a  b \t\r\nX-One:\r\n${LAST}\r\n`,
    );

    expect(heads.at(-1)).toEqual({
      method: "GET",
      target: "//a/./b/../%7e?b=2&a=%2F",
      headers: [
        ["Host", "x"],
        ["X-One", "1"],
        ["x-TWO", "a  b"],
        ["X-One", ""],
        ["Connection", "close"],
      ],
      httpVersion: "1.1",
    });
  });

  test.each(["http://example.com/a?b", "https://example.com", "*", "/a#b", "/a\\b|c"])(
    "keeps the target %s",
    async (target) => {
      await send(server, `GET ${target} HTTP/1.1\r\nHost: example.com\r\n${LAST}\r\n`);

      expect(heads.at(-1)?.target).toBe(target);
    },
  );

  test("takes any method, and bytes above ASCII in values", async () => {
    await send(server, `PURGE-all / HTTP/1.1\r\nHost: x\r\nx-name: \xe9\xff\r\n${LAST}\r\n`);

    expect(heads.at(-1)).toMatchObject({ method: "PURGE-all" });
    expect(heads.at(-1)?.headers[1]).toEqual(["x-name", "\xe9\xff"]);
  });

  test("answers requests that are sent ahead, in their order", async () => {
    const answer = await sendBytes(
      server.port,
      [
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\ntwo",
        "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nth\r\n3;x=y\r\nree\r\n0\r\ntrailer: x\r\n\r\n",
        "\r\n",
        "GET /pieces HTTP/1.1\r\nHost: x\r\n\r\n",
        "HEAD /none HTTP/1.1\r\nHost: x\r\n\r\n",
        `GET /6 HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
      ].join(""),
    );

    expect(parseReplies(answer).map(({ body, status }) => [status, body])).toEqual([
      [200, "GET /1 "],
      [200, "POST /2 two"],
      [200, "POST /3 three"],
      [200, "one,two"],
      [204, ""],
      [200, "GET /6 "],
    ]);
  });

  test("answers thousands of them, and reads no more ahead than it may", async () => {
    const count = 5_000;
    const one = "GET /0123456789 HTTP/1.1\r\nHost: x\r\n\r\n";
    const answer = await sendBytes(server.port, `${one.repeat(count)}GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`);

    expect(parseReplies(answer).length).toBe(count + 1);
  });

  test("keeps a connection between requests", async () => {
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    for (const number of [1, 2, 3]) {
      socket.write(`POST /${number} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n${number}`);
      await until(() => received.endsWith(`POST /${number} ${number}`));
    }
    socket.destroy();

    expect(parseReplies(received).map(({ headers }) => headers["connection"])).toEqual(
      Array.from({ length: 3 }, () => "keep-alive"),
    );
  });

  test.each([
    ["Connection: close", "HTTP/1.1"],
    ["connection: x, Close", "HTTP/1.1"],
    ["x-nothing: 1", "HTTP/1.0"],
    ["Connection: keep-alive", "HTTP/1.0"],
  ])("hangs up after the answer with %s in %s", async (line, version) => {
    const reply = await send(server, `GET /a ${version}\r\nHost: x\r\n${line}\r\n\r\n`);

    expect(reply).toMatchObject({ status: 200, body: "GET /a ", headers: { connection: "close" } });
  });

  test("ends pieces with the connection in HTTP/1.0, which has no chunks", async () => {
    const reply = await send(server, "GET /pieces HTTP/1.0\r\n\r\n");

    expect(reply).toMatchObject({ status: 200, body: "one,two" });
    expect(reply.headers).not.toHaveProperty("transfer-encoding");
  });

  test("takes a request byte by byte", async () => {
    const request = `POST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n${LAST}\r\n3\r\nabc\r\n0\r\n\r\n`;
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    socket.setNoDelay(true);
    for (const byte of request) {
      socket.write(byte);
      await new Promise((next) => setImmediate(next));
    }
    await new Promise((closed) => socket.once("close", closed));

    expect(parseReply(received).body).toBe("POST /slow abc");
  });

  test.each(["/none", "/same"])("sends no body with %s, and says no length", async (target) => {
    const { headers, body, rest } = await send(server, `GET ${target} HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`);

    expect({ body, rest, mine: headers["x-mine"] }).toEqual({ body: "", rest: "", mine: "1" });
    expect(Object.keys(headers)).not.toContain("content-length");
    expect(Object.keys(headers)).not.toContain("transfer-encoding");
  });

  test("answers HEAD with the length of GET, and without a body", async () => {
    const { headers, body, rest } = await send(server, `HEAD /abc HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`);

    expect({ length: headers["content-length"], body, rest }).toEqual({ length: "10", body: "", rest: "" });
  });

  test("tells a client to go on that waits for it, when the body is read", async () => {
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    socket.write(`POST /waits HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n${LAST}\r\n`);
    await until(() => received === "HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("body");
    await new Promise((closed) => socket.once("close", closed));

    expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*POST \/waits body$/);
  });

  test.each<[what: string, status: number, bytes: string]>([
    ["text that is no HTTP", 400, "hello there, how are you\r\n\r\n"],
    ["bytes that are no text", 400, "\x16\x03\x01\x02\x00"],
    ["a line without an end", 400, "GET / HTTP/1.1\nHost: x\n\n"],
    ["a bare CR", 400, "GET / HTTP/1.1\r\nHost: x\r\nx-a: b\rc\r\n\r\n"],
    ["a bare LF in a value", 400, "GET / HTTP/1.1\r\nHost: x\r\nx-a: b\nc: d\r\n\r\n"],
    ["no target", 400, "GET  HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a target with a space", 400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a target that is no path", 400, "GET a HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a target with a byte above ASCII", 400, "GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a version of its own", 400, "GET / HTTP/x\r\nHost: x\r\n\r\n"],
    ["a version that is none", 400, "GET / HTTP/1.1.1\r\nHost: x\r\n\r\n"],
    ["a version that is not spoken", 505, "GET / HTTP/2.0\r\nHost: x\r\n\r\n"],
    ["no version", 400, "GET /\r\n\r\n"],
    ["a header without a name", 400, "GET / HTTP/1.1\r\nHost: x\r\n: nameless\r\n\r\n"],
    ["a header without a colon", 400, "GET / HTTP/1.1\r\nHost: x\r\nnothing\r\n\r\n"],
    ["a space before a colon", 400, "GET / HTTP/1.1\r\nHost : x\r\n\r\n"],
    ["a folded line", 400, "GET / HTTP/1.1\r\nHost: x\r\nx-a: b\r\n c\r\n\r\n"],
    ["a null byte", 400, "GET / HTTP/1.1\r\nHost: x\r\nx-a: \0\r\n\r\n"],
    ["no host", 400, "GET / HTTP/1.1\r\n\r\n"],
    ["two hosts", 400, "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"],
    ["two lengths", 400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    ["the same length twice", 400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"],
    ["a list of lengths", 400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na"],
    ["a length with a sign", 400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na"],
    ["a length without a number", 400, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n"],
    ["a length beyond all numbers", 400, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9${"0".repeat(15)}\r\n\r\n`],
    [
      "a length and chunks",
      400,
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "chunks twice",
      400,
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ["chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["another transfer encoding", 501, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"],
    ["another expectation", 417, "POST / HTTP/1.1\r\nHost: x\r\nExpect: something\r\n\r\n"],
    ["a tunnel", 405, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n"],
  ])("refuses %s with %i, and goes on", async (_what, status, request) => {
    const before = heads.length;
    const reply = parseReply(await sendBytes(server.port, request));

    expect(reply).toMatchObject({ status, headers: { connection: "close" } });
    expect(reply.body).toMatch(/^Cannot read the request: /);
    expect(heads.length).toBe(before);
    expect((await send(server, `GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)).status).toBe(200);
  });

  test.each([
    ["a size that is none", "zz\r\nabc\r\n0\r\n\r\n"],
    ["no size", "\r\nabc\r\n0\r\n\r\n"],
    ["a negative size", "-1\r\nabc\r\n0\r\n\r\n"],
    ["a size beyond all numbers", "FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"],
    ["a size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n"],
    ["a space after a size", "3 \r\nabc\r\n0\r\n\r\n"],
    ["more than its size", "3\r\nabcdef\r\n0\r\n\r\n"],
    ["a line of a size without an end", `${"0".repeat(2_000)}`],
    ["an end without CR", "3\nabc\r\n0\r\n\r\n"],
    ["a null byte in an extension", "3;\0=1\r\nabc\r\n0\r\n\r\n"],
    ["a trailer that is no header", "3\r\nabc\r\n0\r\nno header\r\n\r\n"],
    ["a trailer that never ends", `3\r\nabc\r\n0\r\nx: ${"y".repeat(70_000)}`],
  ])("answers 400 to a chunk with %s, and hangs up", async (_what, chunks) => {
    const reply = await send(server, `POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);

    expect(reply).toMatchObject({ status: 400, headers: { connection: "close" } });
    expect(reply.body).toContain("its chunks are malformed");
  });
});

describe("a reply over HTTP/1.1", () => {
  const replyTo = async (reply: Awaited<ReturnType<Handler>>, request = `GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`) => {
    let answer = "";
    await withServer(
      () => reply,
      {},
      async ({ port }) => {
        answer = await sendBytes(port, request);
      },
    );
    return answer;
  };

  test("has its headers as they were given, and those of the connection left out", async () => {
    const answer = await replyTo({
      status: 200,
      headers: [
        ["X-One", "1"],
        ["Transfer-Encoding", "chunked"],
        ["Keep-Alive", "timeout=1"],
        ["Upgrade", "h2c"],
        ["x-one", "\xe9"],
        ["Content-Length", "2"],
        ["Date", "today"],
      ],
      body: bytes("ok"),
    });

    expect(answer).toBe(
      "HTTP/1.1 200 OK\r\nX-One: 1\r\nx-one: \xe9\r\nDate: today\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok",
    );
  });

  test("closes the connection where it says so", async () => {
    const answer = await replyTo(
      { status: 200, headers: [["Connection", "close"]], body: bytes("bye") },
      "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
    );

    expect(parseReplies(answer).map(({ body, headers }) => [body, headers["connection"]])).toEqual([["bye", "close"]]);
  });

  test("may say the length of its pieces, and is held to it", async () => {
    const headers = [["content-length", "6"]] as const;
    const whole = await replyTo({ status: 200, headers, body: [bytes("abc"), bytes("def")] });
    const short = await replyTo({ status: 200, headers, body: [bytes("abc")] });
    const long = await replyTo({ status: 200, headers, body: [bytes("abc"), bytes("defg")] });

    expect(parseReply(whole)).toMatchObject({ body: "abcdef", isWhole: true });
    expect(parseReply(short)).toMatchObject({ body: "abc", isWhole: false });
    expect(long).not.toContain("defg");
  });

  test.each([
    ["a status that is none", { status: 9999 }],
    ["a status of no reply", { status: 101 }],
    ["a header that is two", { headers: [["x-note", "one\r\ntwo: 2"]] as const }],
    ["a header whose name is none", { headers: [["x note", "one"]] as const }],
    ["a value that no byte stands for", { headers: [["x-note", "\u20ac"]] as const }],
    [
      "two lengths",
      {
        headers: [
          ["content-length", "2"],
          ["Content-Length", "3"],
        ] as const,
      },
    ],
    ["another length than its own", { headers: [["content-length", "3"]] as const }],
    ["a length that is none", { headers: [["content-length", "two"]] as const }],
    ["a body that is none", { body: "text" as unknown as Uint8Array }],
    ["no body", { body: undefined as unknown as Uint8Array }],
    ["no headers", { headers: undefined as unknown as [] }],
  ])("with %s is replaced by 500", async (_, wrong) => {
    const answer = await replyTo({ status: 200, headers: [], body: bytes("ok"), ...wrong });

    expect(parseReply(answer)).toMatchObject({ status: 500, body: "Cannot answer this request: the server failed\n" });
  });

  test.each([undefined, null, "text", 7])(
    "that is %o is replaced by 500, also where it comes later",
    async (nothing) => {
      expect(parseReply(await replyTo(nothing as unknown as Reply)).status).toBe(500);
      expect(parseReply(await replyTo(Promise.resolve(nothing) as unknown as Reply)).status).toBe(500);
    },
  );

  test("is made by onError where the handler throws, and by nobody where that throws too", async () => {
    const failing: Handler = ({ target }) => {
      throw new Error(target);
    };
    const onError = (error: unknown) => ({ status: 503, headers: [], body: bytes((error as Error).message) });
    const failAgain = () => {
      throw new Error("again");
    };
    await withServer(failing, { onError }, async (server) => {
      expect(await send(server, `GET /a HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)).toMatchObject({
        status: 503,
        body: "/a",
      });
    });
    await withServer(failing, { onError: failAgain }, async (server) => {
      expect((await send(server, `GET /a HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)).status).toBe(500);
    });
  });

  test("goes out in one write where its pieces are ready", async () => {
    const seen: string[] = [];
    await withServer(
      () => ({ status: 200, headers: [], body: [bytes("one,"), bytes("two")] }),
      {},
      async ({ port }) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`));
        socket.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
        await new Promise((closed) => socket.once("close", closed));
      },
    );

    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/\r\n\r\n7\r\none,two\r\n0\r\n\r\n$/);
  });

  test("shows its head before its body is there", async () => {
    const waiting = signal();
    const body = async function* (): AsyncGenerator<Uint8Array> {
      await waiting.promise;
      yield bytes("late");
    };
    await withServer(
      () => ({ status: 202, headers: [], body: body() }),
      {},
      async ({ port }) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`));
        let received = "";
        socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
        await until(() => received.includes("\r\n\r\n"));
        expect(received).toMatch(/^HTTP\/1\.1 202 Accepted\r\n/);
        waiting.resolve();
        await new Promise((closed) => socket.once("close", closed));
        expect(parseReply(received).body).toBe("late");
      },
    );
  });
});

describe("a body that nobody reads, over HTTP/1.1", () => {
  const refuse: Handler = () => ({ status: 403, headers: [], body: bytes("no") });

  test("is thrown away, and the connection kept", async () => {
    await withServer(refuse, {}, async ({ port }) => {
      const body = "x".repeat(300_000);
      const answer = await sendBytes(
        port,
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
      );

      expect(parseReplies(answer).map(({ status, headers }) => [status, headers["connection"]])).toEqual([
        [403, "keep-alive"],
        [403, "close"],
      ]);
    });
  });

  test("ends the connection where the client was never told to send it", async () => {
    await withServer(refuse, {}, async ({ port }) => {
      const answer = await sendBytes(
        port,
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
      );

      expect(parseReplies(answer).map(({ status, headers }) => [status, headers["connection"]])).toEqual([
        [403, "close"],
      ]);
    });
  });

  test("ends the connection where it is long, and the client can read why", async () => {
    await withServer(refuse, { maxDrainBytes: 1_000_000, drainTimeoutMs: 2_000 }, async ({ port }) => {
      const answer = await sendBytes(
        port,
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1500000\r\n\r\n${"x".repeat(900_000)}`,
      );

      expect(parseReply(answer)).toMatchObject({ status: 403, body: "no", headers: { connection: "close" } });
    });
  });
});

describe.each(MODES.map((mode) => [mode.name, mode] as const))("over %s", (_, mode) => {
  test("head and reply say what they are", async () => {
    let found: RequestHead | undefined;
    const handle: Handler = (head) => {
      found = head;
      return {
        status: 201,
        headers: [
          ["x-mine", "yes"],
          ["Set-Cookie", "a=1"],
          ["set-cookie", "b=2"],
          ["connection", "keep-alive"],
        ],
        body: bytes("made"),
      };
    };
    await withServer(handle, mode.options, async (server) => {
      const { answer } = await ask(mode, server, { method: "PUT", target: "/a/../b?c", headers: [["x-asked", "1"]] });

      expect(await answer).toMatchObject({ status: 201, headers: { "x-mine": "yes" }, body: "made", isWhole: true });
    });
    expect(found).toMatchObject({ method: "PUT", target: "/a/../b?c", httpVersion: mode.version });
    expect(found?.secure).toBe(mode.secure ? true : undefined);
    expect(found?.headers).toContainEqual(["x-asked", "1"]);
    if (mode.version === "2.0") expect(found?.headers).toContainEqual([":method", "PUT"]);
  });
});
