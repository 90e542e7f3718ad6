import { soakLength } from "@claude-on-aws/fixtures";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { malformedHttp1 } from "./support/malformed-http1.ts";
import { goodbyeHttp2, malformedHttp2, unendedHttp2 } from "./support/malformed-http2.ts";
import { seededRandom } from "./support/random.ts";
import { parseReply, sendBytes } from "./support/raw-http.ts";
import { type AbusedFake, startAbusedFake } from "./support/start-abused-fake.ts";

const BODY = JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 8, messages: [{ role: "user", content: "hi" }] });
const REQUEST = [
  "POST /v1/messages HTTP/1.1",
  "host: 127.0.0.1",
  "content-type: application/json",
  "x-api-key: aws-external-anthropic-api-key-EXAMPLE",
  "anthropic-version: 2023-06-01",
  "anthropic-workspace-id: wrkspc_01AbCdEf23GhIj",
  `content-length: ${BODY.length}`,
  "",
  BODY,
].join("\r\n");
const LAST_REQUEST = REQUEST.replace("\r\n", "\r\nconnection: close\r\n");

const MALFORMED = soakLength(10_000, 2_000);
const AT_ONCE = 64;
/** A server may wait for the rest of what was cut: we do not. */
const PATIENCE_MS = 20;
const OPEN_STREAMS = 2_000;
const LONG_REQUESTS = 300;
const LONG_BODY = "a".repeat(1_000_000);
/** Far above what a runtime keeps for itself, far below what a leak of any of these would take. */
const MEMORY_THAT_MAY_STAY = 100_000_000;

/** Sends bytes on a connection of its own, and hangs up at the first answer or when nothing comes. */
function poke(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(bytes);
      setTimeout(() => socket.destroy(), PATIENCE_MS);
    });
    socket.on("data", () => socket.destroy());
    // Reset by the server, which is its right.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve());
  });
}

/** Does something so many times, so many at once. */
async function repeatAtOnce(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The fake still answers, and its journal counted every request that reached it. */
async function expectToAnswer(fake: AbusedFake): Promise<void> {
  expect(parseReply(await sendBytes(fake.port, LAST_REQUEST)).status).toBe(200);
  const { handled, recorded } = await fake.state();
  expect(recorded).toBe(handled);
}

describe.each(["auto", "1"] as const)("serve() with http %o", (http) => {
  let fake: AbusedFake;
  beforeAll(async () => {
    fake = await startAbusedFake(http);
    // Warm, so that what the runtime keeps for good is there before it is measured.
    await repeatAtOnce(500, () => sendBytes(fake.port, LAST_REQUEST));
  });
  afterAll(() => fake.stop());

  const expectUnharmed = (): Promise<void> => expectToAnswer(fake);

  test("outlives malformed requests", async () => {
    const random = seededRandom(20_261_121);
    const half = (): Promise<void> =>
      repeatAtOnce(MALFORMED / 2, (index) =>
        poke(fake.port, index % 2 === 0 ? malformedHttp1(REQUEST, random) : malformedHttp2(random)),
      );
    await half();
    await expectUnharmed();
    // What the first half made the runtime take for good, the second must not take again.
    const before = await fake.state();
    await half();
    await expectUnharmed();
    const after = await fake.state();

    expect(after.residentBytes - before.residentBytes).toBeLessThan(MEMORY_THAT_MAY_STAY);
  }, 60_000);

  test("answers the quick while bodies come slowly, and forgets those that are cut", async () => {
    const slow = Array.from({ length: 200 }, async (_, index): Promise<string> => {
      const isCut = index % 2 === 0;
      const head = LAST_REQUEST.slice(0, -BODY.length);
      return new Promise((resolve, reject) => {
        let received = "";
        const socket = connect(fake.port, "127.0.0.1", async () => {
          socket.write(head);
          for (let at = 0; at < BODY.length && !socket.destroyed; at += 10) {
            if (isCut && at > 50) socket.destroy();
            else socket.write(BODY.slice(at, at + 10));
            await new Promise((next) => setTimeout(next, 20));
          }
        });
        socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
        socket.on("error", reject);
        socket.on("close", () => resolve(received));
      });
    });
    await expectUnharmed();
    const answers = await Promise.all(slow);

    expect(answers.filter((answer) => answer.startsWith("HTTP/1.1 200 ")).length).toBe(100);
    await expectUnharmed();
  });

  interface HeldStream {
    readonly socket: Socket;
    /** All that came, once it is closed. */
    readonly ended: Promise<string>;
  }

  /** Opens streams that the fake holds half-way. */
  async function openStreams(count: number, request: string): Promise<readonly HeldStream[]> {
    const streams: HeldStream[] = [];
    await repeatAtOnce(
      count,
      () =>
        new Promise<void>((opened, reject) => {
          const socket = connect(fake.port, "127.0.0.1", () => socket.write(request));
          let received = "";
          socket.on("data", (chunk: Buffer) => {
            received += chunk.toString("latin1");
            if (received.includes("first,")) opened();
          });
          socket.on("error", reject);
          streams.push({ socket, ended: new Promise((resolve) => socket.on("close", () => resolve(received))) });
        }),
    );
    return streams;
  }

  /** Opens streams, leaves half of them without a word, and lets the others go on; answers what those got. */
  async function holdStreams(): Promise<readonly string[]> {
    const streams = await openStreams(
      OPEN_STREAMS,
      "GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nx-hold: yes\r\nconnection: close\r\n\r\n",
    );
    await expectUnharmed();
    streams.forEach(({ socket }, index) => index % 2 === 0 && socket.destroy());
    await fake.release();
    const answers = await Promise.all(streams.map(({ ended }) => ended));
    return answers.map((answer) => parseReply(answer).body);
  }

  test("holds 2,000 open streams at once, and lets go of them", async () => {
    const first = await holdStreams();
    const before = await fake.state();
    const second = await holdStreams();

    expect([first, second].map((bodies) => bodies.filter((body) => body === "first,last").length)).toEqual([
      OPEN_STREAMS / 2,
      OPEN_STREAMS / 2,
    ]);
    await expectUnharmed();
    const after = await fake.state();
    expect(after.residentBytes - before.residentBytes).toBeLessThan(MEMORY_THAT_MAY_STAY);
  }, 60_000);

  test("does not keep what a client sent for as long as its answer takes", async () => {
    const request = LAST_REQUEST.replace("\r\n", "\r\nx-hold: yes\r\n")
      .replace(/content-length: \d+/, `content-length: ${LONG_BODY.length}`)
      .replace(BODY, LONG_BODY);
    const hangUp = async (streams: readonly HeldStream[]): Promise<void> => {
      for (const { socket } of streams) socket.destroy();
      await Promise.all(streams.map(({ ended }) => ended));
    };
    // Warm, as above.
    await hangUp(await openStreams(2 * AT_ONCE, request));
    const before = await fake.state();
    const streams = await openStreams(LONG_REQUESTS, request);
    const open = await fake.state();
    await hangUp(streams);
    await fake.release();

    expect(open.liveBytes - before.liveBytes).toBeLessThan((LONG_REQUESTS * LONG_BODY.length) / 2);
    await expectUnharmed();
  }, 60_000);

  test("hangs up on a head that never ends", async () => {
    const line = `x-flood: ${"a".repeat(1_000)}\r\n`;
    const before = await fake.state();
    await repeatAtOnce(
      200,
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(fake.port, "127.0.0.1", () => {
            socket.write("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n");
            for (let written = 0; written < 1_000 && !socket.destroyed; written++) socket.write(line);
          });
          socket.resume();
          socket.on("error", () => socket.destroy());
          socket.on("close", () => resolve());
        }),
    );

    await expectUnharmed();
    const after = await fake.state();
    expect(after.residentBytes - before.residentBytes).toBeLessThan(MEMORY_THAT_MAY_STAY);
  }, 60_000);
});

// Before it ended sessions later, the fake fell over this on Deno 2.9 in every second run.
test("outlives clients of HTTP/2 that say goodbye while others wait", async () => {
  const fake = await startAbusedFake("auto");
  const linger = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(fake.port, "127.0.0.1", () => socket.write(bytes));
      setTimeout(() => socket.destroy(), 2 * PATIENCE_MS);
      socket.resume();
      socket.on("error", () => socket.destroy());
      socket.on("close", () => resolve());
    });
  const sayGoodbyes = (): Promise<void> =>
    repeatAtOnce(1_500, (index) => linger(index % 2 === 0 ? goodbyeHttp2 : unendedHttp2));
  try {
    await sayGoodbyes();
    const before = await fake.state();
    await sayGoodbyes();
    await expectToAnswer(fake);
    const after = await fake.state();

    expect(after.residentBytes - before.residentBytes).toBeLessThan(MEMORY_THAT_MAY_STAY);
  } finally {
    await fake.stop();
  }
}, 60_000);
