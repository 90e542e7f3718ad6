import { describe, expect, test } from "vitest";
import type { Cut, ExchangeEnd, Reply } from "../src/index.ts";
import { ask, type Mode, MODES, modesOf } from "./support/ask.ts";
import { bytes, signal, withServer } from "./support/serve.ts";

const WAYS: readonly Cut["by"][] = ["close", "reset"];
const IN_EVERY_MODE = MODES.flatMap((mode) => WAYS.map((by) => [mode.name, by, mode] as const));
const LONG = "x".repeat(1_000_000);

interface Seen {
  readonly end: ExchangeEnd;
  readonly answer: Awaited<Awaited<ReturnType<typeof ask>>["answer"]>;
  /** How the client's connection ended, as Node calls it; HTTP/2 says it of the stream. */
  readonly error: string | undefined;
}

/** What a client sees of a reply that is broken off, and how the exchange ended on the other side. */
async function see(mode: Mode, reply: Omit<Reply, "status" | "headers"> & Partial<Reply>): Promise<Seen> {
  const { promise, resolve } = signal<ExchangeEnd>();
  let seen: Seen | undefined;
  await withServer(
    () => ({ status: 200, headers: [], ...reply, onEnd: resolve }),
    mode.options,
    async (server) => {
      const asked = await ask(mode, server);
      const answer = await asked.answer;
      asked.leave("end");
      seen = { end: await promise, answer, error: await asked.error };
    },
  );
  return seen as Seen;
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield bytes("one,");
  yield bytes("two,");
}

describe.each(IN_EVERY_MODE)("a reply over %s that asks for a %s", (_, by, mode) => {
  const isReset = mode.version === "2.0" || (by === "reset" && !(mode.secure && "Deno" in globalThis));
  const error = isReset ? (mode.version === "2.0" ? "ERR_HTTP2_STREAM_ERROR" : "ECONNRESET") : undefined;

  test("after nothing", async () => {
    const { answer, end, error: found } = await see(mode, { body: bytes("never"), cut: { by, after: "nothing" } });
    expect(answer).toMatchObject({ status: undefined, body: "", isWhole: false });
    expect(end).toMatchObject({ outcome: "server-cut", stage: "reply", bytes: 0, error: { code: "CUT" } });
    expect(end).not.toHaveProperty("firstByteMs");
    expect(found).toBe(error);
  });

  test("after its bytes", async () => {
    const { answer, end, error: found } = await see(mode, { body: bytes("some"), cut: { by, after: "body" } });
    expect(answer).toMatchObject({ status: 200, body: "some", isWhole: false });
    expect(end).toMatchObject({ outcome: "server-cut", stage: "reply", bytes: 4, error: { code: "CUT" } });
    expect(found).toBe(error);
  });

  test("after its pieces", async () => {
    const { answer, end } = await see(mode, { body: pieces(), cut: { by, after: "body" } });
    expect(answer).toMatchObject({ status: 200, body: "one,two,", isWhole: false });
    expect(end).toMatchObject({ outcome: "server-cut", bytes: 8, error: { code: "CUT" } });
  });

  test("before it has as much as it says", async () => {
    const headers = [["content-length", "10"]] as const;
    const { answer, end } = await see(mode, { headers, body: bytes("some"), cut: { by, after: "body" } });
    expect(answer).toMatchObject({ status: 200, headers: { "content-length": "10" }, body: "some", isWhole: false });
    expect(end).toMatchObject({ outcome: "server-cut", bytes: 4, error: { code: "CUT" } });
  });

  test("after more than fits into a connection at once", async () => {
    const { answer, end } = await see(mode, { body: bytes(LONG), cut: { by, after: "body" } });
    expect(answer.isWhole).toBe(false);
    // What the client has not taken yet is lost to it with a reset.
    if (by === "close") expect(answer.body.length).toBe(LONG.length);
    expect(end).toMatchObject({ outcome: "server-cut", bytes: LONG.length, error: { code: "CUT" } });
  });
});

describe("a reply that is broken off", () => {
  test.each(modesOf("2.0").map((mode) => [mode.name, mode] as const))(
    "leaves the other streams over %s alone",
    async (_, mode) => {
      const { promise: gone, resolve: left } = signal();
      const { promise: asked, resolve: came } = signal();
      async function* late(): AsyncGenerator<Uint8Array> {
        yield bytes("first,");
        came();
        await gone;
        yield bytes("last");
      }
      const cut: Cut = { by: "reset", after: "nothing" };
      const handler = ({ target }: { target: string }): Reply =>
        target === "/cut"
          ? { status: 200, headers: [], body: new Uint8Array(), cut }
          : { status: 200, headers: [], body: late() };
      await withServer(handler, mode.options, async (server) => {
        const other = await ask(mode, server, { target: "/other" });
        await asked;
        await other.askBeside("/cut").closed;
        left();
        expect(await other.answer).toMatchObject({ body: "first,last", isWhole: true });
      });
    },
  );

  test("tells the source of its body that nobody needs it", async () => {
    const { promise, resolve } = signal<string>();
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: true, value: undefined }),
        return: () => {
          resolve("told");
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    await see(MODES[0] as Mode, { body, cut: { by: "close", after: "nothing" } });
    expect(await promise).toBe("told");
  });

  test("has nothing to lack where it has no body", async () => {
    const { answer, end } = await see(MODES[0] as Mode, {
      status: 204,
      body: new Uint8Array(),
      cut: { by: "close", after: "body" },
    });
    expect(answer).toMatchObject({ status: 204, isWhole: true });
    expect(end).toMatchObject({ outcome: "whole" });
  });
});
