import { describe, expect, test } from "vitest";
import type { Handler, IncomingRequest } from "../src/index.ts";
import { ask, MODES } from "./support/ask.ts";
import { bytes, signal, text, withServer } from "./support/serve.ts";

const NAMED = MODES.map((mode) => [mode.name, mode] as const);

const ok = (body: string): { status: number; headers: []; body: Uint8Array } => ({
  status: 200,
  headers: [],
  body: bytes(body),
});

/** Answers with what was read of a body. */
const echo =
  (read: (request: IncomingRequest) => Promise<Uint8Array | undefined>): Handler =>
  async (_head, request) =>
    ok(text((await read(request)) ?? bytes("more")));

const readStream = async ({ stream }: IncomingRequest): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe.each(NAMED)("a body over %s", (_, mode) => {
  test("is read to its end", async () => {
    await withServer(
      echo((request) => request.read(100)),
      mode.options,
      async (server) => {
        const asked = await ask(mode, server, { method: "POST", body: "all of it" });
        const none = await ask(mode, server, { method: "POST" });

        expect(await asked.answer).toMatchObject({ status: 200, body: "all of it" });
        expect(await none.answer).toMatchObject({ status: 200, body: "" });
      },
    );
  });

  test("is read in the pieces in which it comes", async () => {
    await withServer(
      echo((request) => request.read(100)),
      mode.options,
      async (server) => {
        const asked = await ask(mode, server, { method: "POST", body: { open: "one," } });
        await new Promise((next) => setTimeout(next, 20));
        void asked.send("two,");
        void asked.send("three");
        void asked.finish();

        expect(await asked.answer).toMatchObject({ body: "one,two,three" });
      },
    );
  });

  test("is read after a while, when all of it came", async () => {
    const later = async (request: IncomingRequest): Promise<Uint8Array | undefined> => {
      await new Promise((next) => setTimeout(next, 50));
      return request.read(100_000);
    };
    const long = "x".repeat(90_000);
    await withServer(echo(later), mode.options, async (server) => {
      expect(await (await ask(mode, server, { method: "POST", body: long })).answer).toMatchObject({ body: long });
    });
  });

  test("is read up to a limit, and no further", async () => {
    await withServer(
      echo((request) => request.read(10)),
      mode.options,
      async (server) => {
        const fits = await ask(mode, server, { method: "POST", body: "x".repeat(10) });
        const declared = await ask(mode, server, { method: "POST", body: "x".repeat(11) });
        const open = await ask(mode, server, { method: "POST", body: { open: "x".repeat(11) } });

        expect((await fits.answer).body).toBe("x".repeat(10));
        expect((await declared.answer).body).toBe("more");
        await open.until("more");
        void open.finish();
        expect((await open.answer).isWhole).toBe(true);
      },
    );
  });

  test("is streamed", async () => {
    await withServer(echo(readStream), mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "one," } });
      void asked.send("two");
      void asked.finish();
      const none = await ask(mode, server);

      expect((await asked.answer).body).toBe("one,two");
      expect((await none.answer).body).toBe("");
    });
  });

  test("is streamed piece by piece, while the reply is", async () => {
    const reply: Handler = (_head, { stream }) => ({ status: 200, headers: [], body: stream });
    await withServer(reply, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "one" } });
      await asked.until("one");
      void asked.send("two");
      await asked.until("two");
      void asked.finish();

      expect(await asked.answer).toMatchObject({ body: "onetwo", isWhole: true });
    });
  });

  test("is not received faster than it is taken", async () => {
    const piece = "x".repeat(1_000_000);
    // More than all buffers between here and there hold.
    const total = 20_000_000;
    // On Deno 2.9, node:tls takes whatever is written to it over HTTP/1.1.
    const seesLimit = !("Deno" in globalThis && mode.secure && mode.version === "1.1");
    const go = signal();
    const handler: Handler = async (_head, { stream }) => {
      let received = 0;
      for await (const part of stream) {
        received += part.length;
        // The first piece was taken, and waits for us.
        await go.promise;
      }
      return ok(String(received));
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "" } });
      let sent = 0;
      for (let isTaken = true; isTaken && sent < total; sent += piece.length) {
        const taken = asked.send(piece).then(() => true);
        isTaken = await Promise.race([taken, new Promise<false>((next) => setTimeout(() => next(false), 200))]);
      }
      if (seesLimit) expect(sent).toBeLessThan(total);
      go.resolve();
      void asked.finish();

      expect((await asked.answer).body).toBe(String(sent));
    });
  });

  test("is left where it is by a handler that decides on the head", async () => {
    let isSeen = false;
    const handler: Handler = (head) => {
      isSeen = head.headers.some(([name]) => name === "x-seen");
      return { status: 401, headers: [], body: bytes("no") };
    };
    await withServer(handler, mode.options, async (server) => {
      const whole = await ask(mode, server, { method: "POST", headers: [["x-seen", "1"]], body: "x".repeat(500_000) });
      const open = await ask(mode, server, { method: "POST", body: { open: "begun" } });

      expect(await whole.answer).toMatchObject({ status: 401, body: "no", isWhole: true });
      await open.until("no");
      void open.finish();
      expect(await open.answer).toMatchObject({ status: 401, isWhole: true });
      expect(isSeen).toBe(false);
    });
  });

  test("is given once", async () => {
    const handler: Handler = async (_head, request) => {
      await request.read(100);
      const again = await request.read(100).catch((error: unknown) => error);
      expect(() => request.stream).toThrow(expect.objectContaining({ code: "BODY_TAKEN" }));
      return ok((again as { code: string }).code);
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: "once" });

      expect((await asked.answer).body).toBe("BODY_TAKEN");
    });
  });

  test("that is streamed is the same stream each time, and cannot be read", async () => {
    const handler: Handler = async (_head, request) => {
      const { stream } = request;
      expect(request.stream).toBe(stream);
      const read = await request.read(100).catch((error: unknown) => error);
      return ok((read as { code: string }).code + text(await readStream(request)));
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: "|once" });

      expect((await asked.answer).body).toBe("BODY_TAKEN|once");
    });
  });

  test("may be let go of in the middle", async () => {
    const handler: Handler = async (_head, { stream }) => {
      for await (const piece of stream) return ok(`${piece.length > 0}`);
      return ok("nothing");
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "one" } });
      await asked.until("true");
      // On Deno 2.9 a client in TLS that still writes when its connection ends takes the process with it.
      await asked.send("two");
      await asked.finish();

      expect(await asked.answer).toMatchObject({ body: "true", isWhole: true });
    });
  });

  test("fails for who still streams it when the reply is over", async () => {
    const failed = signal<unknown>();
    const handler: Handler = (_head, request) => {
      readStream(request).catch(failed.resolve);
      return ok("answered");
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "one" } });
      await asked.until("answered");

      expect(await failed.promise).toMatchObject({ code: "ANSWERED" });
      void asked.finish();
      expect((await asked.answer).isWhole).toBe(true);
    });
  });

  test("may fail for a handler that does not wait for it", async () => {
    const handler: Handler = (_head, request) => {
      void request.read(100);
      return ok("answered");
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: { open: "one" } });
      await asked.until("answered");
      asked.leave("end");

      expect((await (await ask(mode, server)).answer).body).toBe("answered");
    });
  });

  test("does not abort the signal of an exchange that is whole", async () => {
    const signals: AbortSignal[] = [];
    const handler: Handler = async (_head, request) => {
      signals.push(request.signal);
      await request.read(100);
      return ok("fine");
    };
    await withServer(handler, mode.options, async (server) => {
      const asked = await ask(mode, server, { method: "POST", body: "x" });
      await asked.answer;
      asked.leave("end");
      await new Promise((next) => setTimeout(next, 20));
    });

    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
