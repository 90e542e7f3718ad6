import { soakLength } from "@claude-on-aws/fixtures";
import { parseReplies } from "@claude-on-aws/fixtures/abuse";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { type Handler, listen, type Reply } from "../src/index.ts";
import { ask, MODES, modesOf } from "./support/ask.ts";
import { bytes, signal, until, withServer } from "./support/serve.ts";

const NAMED = MODES.map((mode) => [mode.name, mode] as const);
const answering =
  (reply: Partial<Reply>): Handler =>
  () => ({ status: 200, headers: [], body: new Uint8Array(), ...reply });

/** Sends requests one after the other on one connection; answers the statuses of the replies. */
function requestsOnOneConnection(port: number, count: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const request = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    let received = "";
    let sent = 1;
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      if (!chunk.toString("latin1").endsWith("\r\n\r\nok")) return;
      if (sent++ < count) socket.write(request);
      else socket.end();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(parseReplies(received).map(({ status }) => status)));
  });
}

describe.each(NAMED)("a reply over %s", (_, mode) => {
  test.each([204, 304])("with %i has no length and no body", async (status) => {
    const reply = answering({ status, headers: [["x-mine", "1"]], body: bytes("not sent") });
    await withServer(reply, mode.options, async (server) => {
      const answer = await (await ask(mode, server)).answer;

      expect(answer).toMatchObject({ status, headers: { "x-mine": "1" }, body: "" });
      expect(Object.keys(answer.headers)).not.toContain("content-length");
      expect(Object.keys(answer.headers)).not.toContain("transfer-encoding");
    });
  });

  test("says the time of the server's clock, and none where it says one itself", async () => {
    let nowMs = Date.UTC(2020, 1, 29, 12, 0, 0, 999);
    const replies: Partial<Reply>[] = [{}, {}, { headers: [["Date", "Mon, 01 Jan 2001 00:00:00 GMT"]] }];
    const dates: (string | undefined)[] = [];
    const next: Handler = (...given) => answering(replies.shift() ?? {})(...given);
    await withServer(next, { ...mode.options, nowMs: () => nowMs }, async (server) => {
      for (let at = 0; at < 3; at++, nowMs++) dates.push((await (await ask(mode, server)).answer).headers["date"]);
    });

    expect(dates).toEqual([
      "Sat, 29 Feb 2020 12:00:00 GMT",
      "Sat, 29 Feb 2020 12:00:01 GMT",
      "Mon, 01 Jan 2001 00:00:00 GMT",
    ]);
  });

  test("to HEAD has no body, whatever it is given", async () => {
    for (const body of [bytes("whole"), [bytes("in"), bytes("pieces")]]) {
      await withServer(answering({ body }), mode.options, async (server) => {
        expect(await (await ask(mode, server, { method: "HEAD" })).answer).toMatchObject({ status: 200, body: "" });
      });
    }
  });

  test.each<[string, () => Reply["body"], string]>([
    ["without pieces", () => [], ""],
    ["of one piece", () => [bytes("one")], "one"],
    ["of pieces that are ready", () => [bytes("one,"), bytes(""), bytes("two")], "one,two"],
    ["longer than one write", () => Array.from({ length: 40 }, () => bytes("x".repeat(5_000))), "x".repeat(200_000)],
    ["of long pieces", () => Array.from({ length: 4 }, () => bytes("x".repeat(300_000))), "x".repeat(1_200_000)],
    ["of a generator", () => Array.from({ length: 3 }, (__, index) => bytes(`${index}`)).values(), "012"],
    ["that is a stream", () => new Response("from elsewhere").body as ReadableStream<Uint8Array>, "from elsewhere"],
  ])("%s is sent whole", async (_what, body, expected) => {
    await withServer(
      () => ({ status: 200, headers: [], body: body() }),
      mode.options,
      async (server) => {
        expect(await (await ask(mode, server)).answer).toMatchObject({ body: expected, isWhole: true });
      },
    );
  });

  test("is sent piece by piece, each as soon as it is there", async () => {
    const steps = [signal(), signal()];
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes("first,");
      await steps[0]?.promise;
      yield new Uint8Array();
      yield bytes("second,");
      await steps[1]?.promise;
      yield bytes("third");
    };
    await withServer(
      () => ({ status: 200, headers: [], body: body() }),
      mode.options,
      async (server) => {
        const asked = await ask(mode, server);
        await asked.until("first,");
        steps[0]?.resolve();
        await asked.until("second,");
        steps[1]?.resolve();

        expect(await asked.answer).toMatchObject({ body: "first,second,third", isWhole: true });
      },
    );
  });

  // On Deno 2.9, node:tls takes whatever is written to it over HTTP/1.1.
  const isLimited = !("Deno" in globalThis && mode.secure && mode.version === "1.1");

  const unlimited = isLimited ? "" : " (skipped: node:tls of Deno takes whatever is written over HTTP/1.1)";

  test.runIf(isLimited)(
    `asks for no more than a slow client takes, and goes on when it takes more${unlimited}`,
    async () => {
      const pieceBytes = 100_000;
      // What the sockets of both sides hold is a few megabytes.
      const most = 200;
      let pieces = most;
      let made = 0;
      const body = async function* (): AsyncGenerator<Uint8Array> {
        for (; made < pieces; made++) yield new Uint8Array(pieceBytes).fill(97);
      };
      await withServer(
        () => ({ status: 200, headers: [], body: body() }),
        mode.options,
        async (server) => {
          const asked = await ask(mode, server);
          asked.pause();
          await until(() => made > 0);
          // All buffers between here and there are full where nothing more is made.
          for (let seen = -1; seen !== made;) {
            seen = made;
            await new Promise((next) => setTimeout(next, 100));
          }
          expect(made).toBeLessThan(most);
          pieces = made + 20;
          asked.resume();

          expect((await asked.answer).body.length).toBe(pieces * pieceBytes);
        },
      );
    },
  );

  test("lets go of a generator that nobody listens to any more", async () => {
    let isEnded = false;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(1_000);
          await new Promise((next) => setTimeout(next, 1));
        }
      } finally {
        isEnded = true;
      }
    };
    await withServer(
      () => ({ status: 200, headers: [], body: body() }),
      mode.options,
      async (server) => {
        const asked = await ask(mode, server);
        await asked.until("\0");
        asked.leave("end");
        await until(() => isEnded);
      },
    );

    expect(isEnded).toBe(true);
  });
});

describe.each(modesOf("1.1").flatMap((mode) => (mode.secure ? [] : [[mode.name, mode] as const])))(
  "over %s",
  (_, mode) => {
    const requests = soakLength(10_000, 2_000);

    test(`${requests} requests on 64 connections are answered, none dropped`, async () => {
      const connections = 64;
      const each = Math.ceil(requests / connections);
      const handler: Handler = async (_head, request) => {
        await request.read(100);
        return { status: 200, headers: [], body: bytes("ok") };
      };
      await withServer(handler, mode.options, async ({ port }) => {
        const statuses = await Promise.all(
          Array.from({ length: connections }, () => requestsOnOneConnection(port, each)),
        );

        expect(statuses.map(({ length }) => length)).toEqual(Array.from({ length: connections }, () => each));
        expect(new Set(statuses.flat())).toEqual(new Set([200]));
      });
    }, 60_000);

    test("a port that is taken is an error of the operating system", async () => {
      await withServer(answering({}), mode.options, async ({ port }) => {
        await expect(listen(answering({}), { ...mode.options, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
      });
    });

    test("an address of IPv6 stands in brackets in its URL", async () => {
      await withServer(answering({}), { ...mode.options, host: "::1" }, async ({ url, port }) => {
        expect(url).toBe(`http://[::1]:${port}`);
        expect((await fetch(url)).status).toBe(200);
      });
    });
  },
);

test("HTTP/1.1 and HTTP/2 are spoken on one port at the same time", async () => {
  const plain = MODES.filter(({ secure, options }) => !secure && options.http2 !== false);
  await withServer(
    ({ httpVersion }) => ({ status: 200, headers: [], body: bytes(httpVersion) }),
    {},
    async (server) => {
      const asked = await Promise.all(
        Array.from({ length: 40 }, (_, index) => ask(plain[index % plain.length] ?? MODES[0]!, server)),
      );
      const answers = await Promise.all(asked.map(({ answer }) => answer));

      expect(answers.map(({ body }) => body)).toEqual(
        Array.from({ length: 40 }, (_, index) => plain[index % plain.length]?.version),
      );
    },
  );
});
