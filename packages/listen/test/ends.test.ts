import {
  END_HEADERS,
  END_STREAM,
  frame,
  HEADERS,
  PREFACE,
  REQUEST,
  SETTINGS,
  WINDOW_UPDATE,
} from "@claude-on-aws/fixtures/abuse";
import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { describe, expect, test } from "vitest";
import type { ExchangeEnd, Handler, ListenOptions, Reply } from "../src/index.ts";
import { ask, type Asked, type Leaving, type Mode, MODES } from "./support/ask.ts";
import { LOCALHOST } from "@claude-on-aws/fixtures/certificates";
import { bytes, signal, text, withServer } from "./support/serve.ts";

/** A request of HTTP/2 by a client that takes 100 MB before it is asked again: of a stream, and of the connection. */
const REQUEST_WITH_WIDE_WINDOW = Buffer.concat([
  PREFACE,
  frame(SETTINGS, 0, 0, Buffer.from("000405f5e100", "hex")),
  frame(WINDOW_UPDATE, 0, 0, Buffer.from("05f5e100", "hex")),
  frame(HEADERS, END_HEADERS | END_STREAM, 1, REQUEST),
]);

const NEVER = new Promise<never>(() => {});

/** The ways in which a client leaves in a mode. */
const leavings = ({ version }: Mode): readonly Leaving[] =>
  version === "2.0" ? ["end", "reset", "reset-stream"] : ["end", "reset"];

/** Every way in every mode. */
const LEAVINGS = MODES.flatMap((mode) => leavings(mode).map((how) => [mode.name, how, mode] as const));
const NAMED = MODES.map((mode) => [mode.name, mode] as const);

interface Watched {
  readonly handler: Handler;
  /** Resolves once; a second end fails the test. */
  readonly end: Promise<ExchangeEnd>;
}

/** A handler whose replies tell their ends. */
function watched(
  handle: (...given: Parameters<Handler>) => Omit<Reply, "onEnd"> | Promise<Omit<Reply, "onEnd">>,
): Watched {
  const { promise, resolve } = signal<ExchangeEnd>();
  let count = 0;
  return {
    end: promise,
    handler: async (head, request) => ({
      ...(await handle(head, request)),
      onEnd: (end) => {
        if (++count > 1) throw new Error("It ended twice");
        resolve(end);
      },
    }),
  };
}

const ok = (body: Reply["body"]): Reply => ({ status: 200, headers: [], body });

/** Asks a server, and answers how the exchange ended there. */
async function endOf(
  mode: Mode,
  { handler, end }: Watched,
  run: (asked: Asked, close: () => Promise<void>) => Promise<unknown>,
  question: Parameters<typeof ask>[2] = {},
  options: ListenOptions = {},
): Promise<ExchangeEnd> {
  let found: ExchangeEnd | undefined;
  await withServer(handler, { ...mode.options, ...options }, async (server) => {
    const asked = await ask(mode, server, question);
    await run(asked, server.close);
    found = await end;
    asked.leave("end");
  });
  return found as ExchangeEnd;
}

/** How an exchange ended whose client took no more of its reply than a window, and left. */
function endOfUntaken(mode: Mode, how: Leaving, replyBytes: number, windowBytes: number): Promise<ExchangeEnd> {
  const replying = signal();
  return endOf(
    mode,
    watched(() => {
      // What the handler returns is written before that.
      setImmediate(() => setImmediate(replying.resolve));
      return ok(new Uint8Array(replyBytes));
    }),
    async (client) => {
      client.pause();
      await replying.promise;
      client.leave(how);
    },
    { windowBytes },
  );
}

async function* first(rest: () => Promise<unknown>): AsyncGenerator<Uint8Array> {
  yield bytes("first,");
  await rest();
  yield bytes("last");
}

describe("an exchange that is whole", () => {
  test.each(NAMED)("over %s, with its body in one piece", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ok(bytes("hello"))),
      ({ answer }) => answer,
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: 5 });
    expect(end.firstByteMs).toBeGreaterThanOrEqual(0);
    expect(end.lastByteMs).toBeGreaterThanOrEqual(end.firstByteMs ?? Infinity);
    expect(end).not.toHaveProperty("error");
  });

  test.each(NAMED)("over %s, with its body in pieces", async (_, mode) => {
    const waiting = signal();
    const end = await endOf(
      mode,
      watched(() => ok(first(() => waiting.promise))),
      async (asked) => {
        await asked.until("first,");
        waiting.resolve();
        expect(await asked.answer).toMatchObject({ body: "first,last", isWhole: true });
      },
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: 10 });
  });

  test.each(NAMED)("over %s, without a body", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ({ status: 204, headers: [], body: bytes("not sent") })),
      ({ answer }) => answer,
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: 0 });
  });

  test.each(
    NAMED.flatMap(([name, mode]) => [true, false].map((keepsConnection) => [name, keepsConnection, mode] as const)),
  )("over %s, of no bytes that come by and by, the connection kept: %s", async (_, keepsConnection, mode) => {
    const end = await endOf(
      mode,
      watched(() => ({ status: 429, headers: [["content-length", "0"]], body: (async function* () {})() })),
      async ({ answer }) => expect(await answer).toMatchObject({ status: 429, body: "", isWhole: true }),
      { keepsConnection },
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: 0 });
  });

  test.each(NAMED)("over %s, longer than any buffer", async (_, mode) => {
    const length = 5_000_000;
    const end = await endOf(
      mode,
      watched(() => ok(new Uint8Array(length).fill(97))),
      async ({ answer }) => expect((await answer).body.length).toBe(length),
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: length });
  });
});

describe("an exchange whose client left", () => {
  test.each(LEAVINGS)("over %s by %s, before its body was whole", async (_, how, mode) => {
    const asked = signal();
    const failure = signal<unknown>();
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        asked.resolve();
        await request.read(1_000).catch(failure.resolve);
        expect(request.signal.aborted).toBe(true);
        return ok(bytes("for nobody"));
      }),
      async (client) => {
        await asked.promise;
        client.leave(how);
      },
      { method: "POST", body: { open: "begun" } },
    );

    expect(await failure.promise).toMatchObject({ name: "ListenError", code: "CLIENT_LEFT" });
    expect(end).toMatchObject({ outcome: "client-left", stage: "request", bytes: 0, error: { code: "CLIENT_LEFT" } });
    expect(end).not.toHaveProperty("firstByteMs");
  });

  test.each(LEAVINGS)("over %s by %s, before its body was asked for", async (_, how, mode) => {
    const asked = signal();
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        asked.resolve();
        await new Promise((gone) => request.signal.addEventListener("abort", gone));
        await expect(request.read(10)).rejects.toMatchObject({ code: "CLIENT_LEFT" });
        return ok(bytes("for nobody"));
      }),
      async (client) => {
        await asked.promise;
        client.leave(how);
      },
      { method: "POST", body: { open: "begun" } },
    );

    expect(end).toMatchObject({ outcome: "client-left", stage: "request", bytes: 0 });
  });

  test.each(LEAVINGS)("over %s by %s, before its body was asked for, all of which came", async (_, how, mode) => {
    const asked = signal();
    const failures: unknown[] = [];
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        asked.resolve();
        await new Promise((gone) => request.signal.addEventListener("abort", gone));
        failures.push(await request.read(10).catch((error: unknown) => error));
        return ok(bytes("for nobody"));
      }),
      async (client) => {
        await asked.promise;
        client.leave(how);
      },
      { method: "POST", body: "all of it" },
    );

    expect(failures).toMatchObject([{ code: "CLIENT_LEFT" }]);
    expect(end).toMatchObject({ outcome: "client-left", bytes: 0 });
  });

  test.each(LEAVINGS)("over %s by %s, before its reply", async (_, how, mode) => {
    const asked = signal();
    let reason: unknown;
    let isStopped = false;
    const body: Reply["body"] = {
      [Symbol.asyncIterator]: () => ({
        next: () => NEVER,
        return: () => {
          isStopped = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        expect(text(await request.read(1_000))).toBe("all of it");
        asked.resolve();
        await new Promise((gone) => request.signal.addEventListener("abort", gone));
        ({ reason } = request.signal);
        return ok(body);
      }),
      async (client) => {
        await asked.promise;
        client.leave(how);
      },
      { method: "POST", body: "all of it" },
    );

    expect(reason).toMatchObject({ code: "CLIENT_LEFT" });
    expect(end).toMatchObject({ outcome: "client-left", stage: "handler", bytes: 0 });
    expect(isStopped).toBe(true);
  });

  test.each(LEAVINGS)("over %s by %s, while its reply was written", async (_, how, mode) => {
    let isStopped = false;
    const stopped = signal();
    const body: Reply["body"] = {
      [Symbol.asyncIterator]: () => {
        let count = 0;
        return {
          next: () => (count++ === 0 ? Promise.resolve({ done: false, value: bytes("first,") }) : NEVER),
          return: () => {
            isStopped = true;
            stopped.resolve();
            return Promise.resolve({ done: true, value: undefined });
          },
        };
      },
    };
    const aborted = signal();
    const end = await endOf(
      mode,
      watched((_head, request) => {
        request.signal.addEventListener("abort", () => aborted.resolve());
        return ok(body);
      }),
      async (client) => {
        await client.until("first,");
        client.leave(how);
        await aborted.promise;
      },
    );
    await stopped.promise;

    expect(end).toMatchObject({ outcome: "client-left", stage: "reply", bytes: 6 });
    expect(end.firstByteMs).toBeGreaterThanOrEqual(0);
    expect(isStopped).toBe(true);
  });

  test.each(LEAVINGS)("over %s by %s, before it took all of its reply", async (_, how, mode) => {
    const end = await endOfUntaken(mode, how, 30_000_000, 100_000);

    expect(end).toMatchObject({ outcome: "client-left", stage: "reply" });
    expect(end.bytes).toBeLessThan(30_000_000);
  });
});

describe("an exchange over HTTP/2 whose client left", () => {
  const ways = LEAVINGS.filter(([, , { version }]) => version === "2.0");

  test.each(ways)("over %s by %s, before it took the last of its reply", async (_, how, mode) => {
    const end = await endOfUntaken(mode, how, 250_000, 10_000);

    expect(end).toMatchObject({ outcome: "client-left", stage: "reply" });
  });
});

describe("an exchange that the server cut", () => {
  test.each(NAMED)("over %s, because its body threw", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ok(first(() => Promise.reject(new TypeError("the source broke"))))),
      async (asked) => expect(await asked.answer).toMatchObject({ isWhole: false }),
    );

    expect(end).toMatchObject({
      outcome: "server-cut",
      stage: "reply",
      bytes: 6,
      error: { message: "the source broke" },
    });
  });

  test.each(NAMED)("over %s, because its reply is none", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ({ status: 9999, headers: [], body: bytes("") })),
      async (asked) => expect(await asked.answer).toMatchObject({ status: 500, isWhole: true }),
    );

    expect(end).toMatchObject({ outcome: "server-cut", stage: "handler", error: { code: "REPLY_INVALID" } });
  });

  test.each(NAMED)("over %s, because its handler threw, as the reply says that was given for it", async (_, mode) => {
    const { promise, resolve } = signal<ExchangeEnd>();
    const failing = {
      end: promise,
      handler: () => {
        throw new Error("no");
      },
    };
    const onError = () => ({ status: 503, headers: [], body: bytes("later"), onEnd: resolve });
    const end = await endOf(
      mode,
      failing,
      async (asked) => expect(await asked.answer).toMatchObject({ status: 503, body: "later", isWhole: true }),
      {},
      { onError },
    );

    expect(end).toMatchObject({ outcome: "whole", stage: "reply", bytes: 5 });
  });

  test.each(NAMED)("over %s, because it was closed while the reply was written", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ok(first(() => NEVER))),
      async (asked, close) => {
        await asked.until("first,");
        await close();
        expect(await asked.answer).toMatchObject({ isWhole: false });
      },
    );

    expect(end).toMatchObject({ outcome: "server-cut", stage: "reply", bytes: 6, error: { code: "CLOSED" } });
  });

  test.each(NAMED)("over %s, because it was closed while the handler was at work", async (_, mode) => {
    const asked = signal();
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        asked.resolve();
        await new Promise((gone) => request.signal.addEventListener("abort", gone));
        return ok(bytes("too late"));
      }),
      async (_asked, close) => {
        await asked.promise;
        await close();
      },
    );

    expect(end).toMatchObject({ outcome: "server-cut", stage: "handler", bytes: 0, error: { code: "CLOSED" } });
  });
});

describe("an exchange that timed out", () => {
  test.each(NAMED)("over %s, because its body did not come", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(async (_head, request) => {
        await expect(request.read(1_000)).rejects.toMatchObject({ code: "TIMED_OUT" });
        return { status: 408, headers: [], body: bytes("too slow") };
      }),
      async (asked) => expect(await asked.answer).toMatchObject({ status: 408, body: "too slow" }),
      { method: "POST", body: { open: "begun" } },
      { bodyTimeoutMs: 100 },
    );

    expect(end).toMatchObject({ outcome: "timed-out", stage: "request", bytes: 8, error: { code: "TIMED_OUT" } });
  });

  // On Deno 2.9, node:tls takes whatever is written to it: a client that takes nothing is not noticed over HTTP/1.1.
  const noticed = NAMED.filter(([, { version, secure }]) => !("Deno" in globalThis && secure && version === "1.1"));

  test.each(noticed)("over %s, because its reply was not taken", async (_, mode) => {
    const end = await endOf(
      mode,
      watched(() => ok(new Uint8Array(30_000_000))),
      async (asked) => asked.pause(),
      { windowBytes: 100_000 },
      { stallTimeoutMs: 200 },
    );

    expect(end).toMatchObject({ outcome: "timed-out", stage: "reply", error: { code: "TIMED_OUT" } });
  });

  /*
   * Where a write within TLS fails, a session of Node's HTTP/2 takes it for done, and its next one waits for ever (24.21).
   * Nothing but the time-out tells then that the client is gone.
   */
  test("over HTTP/2 in TLS, or whose client is gone, once it was reset in the middle of its reply", async () => {
    async function* long(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 400; piece++) yield new Uint8Array(30_000);
    }
    const { handler, end } = watched(() => ok(long()));
    await withServer(handler, { tls: LOCALHOST, stallTimeoutMs: 200 }, async ({ port }) => {
      const tcp = connect(port, "127.0.0.1");
      tcp.on("error", () => {});
      const socket = connectTls({ socket: tcp, ca: LOCALHOST.cert, servername: "localhost", ALPNProtocols: ["h2"] });
      await once(socket, "secureConnect");
      socket.on("error", () => {});
      socket.write(REQUEST_WITH_WIDE_WINDOW);
      await once(socket, "data");
      socket.pause();
      tcp.resetAndDestroy();
      const found = await end;

      expect(found.stage).toBe("reply");
      expect(["client-left", "timed-out"]).toContain(found.outcome);
    });
  });
});
