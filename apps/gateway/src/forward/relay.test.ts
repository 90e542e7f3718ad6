import type { BodySource } from "@claude-on-aws/fetch";
import { encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import { EventStreamDecoder } from "@claude-on-aws/streaming/event-stream";
import { describe, expect, test } from "vitest";
import { createAnswerReader } from "../usage/create-answer-reader.ts";
import { Relay, type RelayOptions } from "./relay.ts";

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** A body that says nothing until it is told to. */
class Upstream implements BodySource {
  readonly #queue: (() => Uint8Array | null)[] = [];
  #wake: (() => void) | undefined;
  reads = 0;
  isCancelled = false;

  say(piece: string | Uint8Array | null | Error): void {
    this.#queue.push(() => {
      if (piece instanceof Error) throw piece;
      return typeof piece === "string" ? utf8.encode(piece) : piece;
    });
    this.#wake?.();
  }

  readonly read = async (): Promise<Uint8Array | null> => {
    this.reads += 1;
    while (this.#queue.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return (this.#queue.shift() as () => Uint8Array | null)();
  };

  readonly cancel = (): void => {
    this.isCancelled = true;
  };
}

/** A clock that is moved by hand. */
class Clock {
  nowMs = 0;
  #next = 1;
  readonly waiting = new Map<number, { at: number; callback: () => void }>();

  readonly timers = {
    setTimeout: (callback: () => void, delayMs: number): number => {
      this.waiting.set(this.#next, { at: this.nowMs + delayMs, callback });
      return this.#next++;
    },
    clearTimeout: (handle: unknown): void => void this.waiting.delete(handle as number),
  };

  pass(ms: number): void {
    const until = this.nowMs + ms;
    for (;;) {
      const due = [...this.waiting].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.waiting.delete(due[0]);
      this.nowMs = due[1].at;
      due[1].callback();
    }
    this.nowMs = until;
  }
}

function start(type: string, options: Partial<RelayOptions> = {}) {
  const upstream = new Upstream();
  const clock = new Clock();
  let signs = 0;
  const relay = new Relay({
    source: upstream,
    first: null,
    reader: createAnswerReader(type),
    hasEnd: true,
    pingAfterMs: 1000,
    timers: clock.timers,
    nowMs: () => clock.nowMs,
    onSign: () => (signs += 1),
    ...options,
  });
  const next = async (): Promise<string | undefined> => {
    const step = await relay.next();
    return step.done === true ? undefined : text(step.value);
  };
  return { upstream, clock, relay, next, signs: () => signs };
}

const SSE = "text/event-stream";
const STOP = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';
const PING = 'event: ping\ndata: {"type": "ping"}\n\n';

describe("a stream of server-sent events", () => {
  test("goes on as it comes, and ends with its end", async () => {
    const { upstream, next, clock } = start(SSE);
    upstream.say("event: a\n");
    upstream.say(`data: 1\n\n${STOP}`);
    upstream.say(null);
    expect([await next(), await next(), await next(), await next()]).toEqual([
      "event: a\n",
      `data: 1\n\n${STOP}`,
      undefined,
      undefined,
    ]);
    expect(clock.waiting.size).toBe(0);
  });

  test("reads nothing that nobody asks for", async () => {
    const { upstream, next } = start(SSE);
    upstream.say("a\n\n");
    upstream.say("b\n\n");
    await next();
    expect(upstream.reads).toBe(1);
  });

  test("is pinged in silence, and again, and what comes then is not lost", async () => {
    const { upstream, next, clock, signs } = start(SSE);
    upstream.say("event: a\ndata: 1\n\n");
    await next();
    const first = next();
    clock.pass(1000);
    expect(await first).toBe(PING);
    const second = next();
    clock.pass(1000);
    expect(await second).toBe(PING);
    upstream.say("event: b\ndata: 2\n\n");
    // It is there before anybody asks.
    await Promise.resolve();
    upstream.say(STOP);
    upstream.say(null);
    expect([await next(), await next(), await next()]).toEqual(["event: b\ndata: 2\n\n", STOP, undefined]);
    expect(signs()).toBe(5);
  });

  test("is not pinged within an event", async () => {
    const { upstream, next, clock } = start(SSE);
    upstream.say("event: a\ndata: 1\n\nevent: b");
    await next();
    const waiting = next();
    clock.pass(10_000);
    upstream.say("\ndata: 2\n\n");
    expect(await waiting).toBe("\ndata: 2\n\n");
    const quiet = next();
    clock.pass(1000);
    expect(await quiet).toBe(PING);
  });

  test("is not pinged as long as something comes, nor while the client takes nothing", async () => {
    const { upstream, next, clock } = start(SSE);
    for (let piece = 0; piece < 5; piece += 1) {
      const waiting = next();
      clock.pass(900);
      upstream.say(`data: ${piece}\n\n`);
      expect(await waiting).toBe(`data: ${piece}\n\n`);
    }
    clock.pass(60_000);
    expect(clock.waiting.size).toBe(0);
  });

  test("ends with an error where it breaks off between events", async () => {
    const { upstream, next, relay } = start(SSE);
    upstream.say("event: a\ndata: 1\n\n");
    upstream.say(null);
    await next();
    expect(await next()).toMatch(
      /^event: error\ndata: \{"type":"error","error":\{"type":"api_error","message":"Cannot /,
    );
    expect(await next()).toBeUndefined();
    expect(relay.brokenBy).toMatchObject({ code: "ANSWER_BROKEN" });
  });

  test("fails where it breaks off within one", async () => {
    const { upstream, next, relay } = start(SSE);
    const reason = new Error("reset");
    upstream.say("event: a\ndata: 1");
    upstream.say(reason);
    await next();
    await expect(next()).rejects.toBe(reason);
    expect(relay.brokenBy).toBe(reason);
  });

  test("is let go of when the client leaves, timers too", async () => {
    const { upstream, next, relay, clock } = start(SSE);
    upstream.say("event: a\ndata: 1\n\n");
    await next();
    const waiting = next();
    await relay.return();
    expect([upstream.isCancelled, clock.waiting.size]).toEqual([true, 0]);
    upstream.say(null);
    await waiting.catch(() => undefined);
    expect(await next()).toBeUndefined();
  });
});

describe("an event stream of Amazon Bedrock", () => {
  test("ends with an exception where it breaks off between messages", async () => {
    const { upstream, relay } = start("application/vnd.amazon.eventstream", { pingAfterMs: 0 });
    upstream.say(encodeClaudeEvent({ type: "ping" }));
    upstream.say(new Error("reset"));
    await relay.next();
    const { value } = await relay.next();
    const kinds: unknown[] = [];
    const decoder = new EventStreamDecoder(({ headers }) => kinds.push(headers[":exception-type"]?.value));
    decoder.feed(value ?? new Uint8Array());
    decoder.end();
    expect(kinds).toEqual(["modelStreamErrorException"]);
    expect((await relay.next()).done).toBe(true);
  });

  test("fails where it ends within one", async () => {
    const { upstream, relay } = start("application/vnd.amazon.eventstream", { pingAfterMs: 0 });
    upstream.say(encodeClaudeEvent({ type: "ping" }).subarray(0, -1));
    upstream.say(null);
    await relay.next();
    await expect(relay.next()).rejects.toMatchObject({ code: "ANSWER_BROKEN" });
  });
});

test("an answer in JSON fails where it ends too early", async () => {
  const { upstream, next } = start("application/json", { pingAfterMs: 0 });
  upstream.say('{"a":1');
  upstream.say(null);
  await next();
  await expect(next()).rejects.toMatchObject({ code: "ANSWER_BROKEN" });
});

test("what has no end of its own ends where it ends", async () => {
  const { upstream, next } = start("application/x-jsonl", { hasEnd: false, pingAfterMs: 0, first: utf8.encode("0") });
  upstream.say("1");
  upstream.say(null);
  expect([await next(), await next(), await next()]).toEqual(["0", "1", undefined]);
});
