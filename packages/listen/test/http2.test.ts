import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import {
  block,
  DATA,
  END_HEADERS,
  END_STREAM,
  frame,
  GOAWAY,
  HEADERS,
  PING,
  PREFACE,
  REQUEST,
  RST_STREAM,
  SETTINGS,
} from "@claude-on-aws/fixtures/abuse";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { Handler } from "../src/index.ts";
import { bytes, until, withServer } from "./support/serve.ts";

const NOTHING = Buffer.alloc(0);
const OPENING = Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, NOTHING)]);
const number = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
};
/** Says goodbye, with the last stream and a code. */
const goodbye = (code: number): Buffer => frame(GOAWAY, 0, 0, Buffer.concat([number(0), number(code)]));
const get = (stream: number): Buffer => frame(HEADERS, END_HEADERS | END_STREAM, stream, REQUEST);

const QUESTION = Buffer.from("all read");
const ANSWER = frame(PING, 1, 0, QUESTION);

/** Waits until a ping is answered, before which all that was sent has been read, or the server hangs up. */
function untilAnswered(socket: Socket): Promise<void> {
  let received = Buffer.alloc(0);
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.includes(ANSWER)) resolve();
    });
  });
}

/** Sends frames; answers how many requests there were. */
async function targetsOf(...parts: readonly Buffer[]): Promise<number> {
  let count = 0;
  const handler: Handler = () => {
    count++;
    return { status: 200, headers: [], body: bytes("ok") };
  };
  await withServer(handler, {}, async ({ port }) => {
    const socket = connect(port, "127.0.0.1");
    socket.write(Buffer.concat([...parts, frame(PING, 0, 0, QUESTION)]));
    await untilAnswered(socket);
    socket.destroy();
    // It still answers others.
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const before = count;
    session.on("error", () => {});
    const stream = session.request({ ":path": "/" });
    const closed = new Promise((resolve) => stream.once("close", resolve));
    stream.resume();
    await closed;
    session.destroy();
    expect(count).toBe(before + 1);
    count = before;
  });
  return count;
}

describe("a client of HTTP/2", () => {
  test("is answered", async () => {
    expect(await targetsOf(OPENING, get(1), get(3))).toBe(2);
  });

  test.each([1, 2, 11])("is not answered any more after a goodbye with error %i", async (code) => {
    expect(await targetsOf(OPENING, goodbye(code), get(1), get(3))).toBe(0);
    expect(await targetsOf(OPENING, get(1), goodbye(code), get(3))).toBeLessThan(2);
  });

  test("gets no tunnel", async () => {
    const tunnel = block([
      [":method", "CONNECT"],
      [":authority", "example.com:443"],
    ]);

    expect(await targetsOf(OPENING, frame(HEADERS, END_HEADERS, 1, tunnel))).toBe(0);
  });

  test("that takes requests back at once leaves nothing under way", async () => {
    let begun = 0;
    let ended = 0;
    const handler: Handler = async (_head, request) => {
      begun++;
      await request.read(10).catch(() => {});
      return { status: 200, headers: [], body: bytes("ok"), onEnd: () => void ended++ };
    };
    await withServer(handler, { closeGraceMs: 60_000 }, async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      const taken = Array.from({ length: 50 }, (_, index) =>
        Buffer.concat([
          frame(HEADERS, END_HEADERS, 2 * index + 1, REQUEST),
          frame(RST_STREAM, 0, 2 * index + 1, number(8)),
        ]),
      );
      socket.write(Buffer.concat([OPENING, ...taken, frame(PING, 0, 0, QUESTION)]));
      await untilAnswered(socket);
      socket.destroy();
    });

    expect(ended).toBe(begun);
  });

  test("cannot send another length than it says", async () => {
    const outcomes: string[] = [];
    const handler: Handler = async (_head, request) => {
      await request.read(100).then(
        () => outcomes.push("read"),
        (error: { code: string }) => outcomes.push(error.code),
      );
      return { status: 200, headers: [], body: bytes("ok") };
    };
    const headers = block([
      [":method", "POST"],
      [":scheme", "http"],
      [":authority", "x"],
      [":path", "/"],
      ["content-length", "3"],
    ]);
    await withServer(handler, {}, async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.resume();
      socket.write(
        Buffer.concat([
          OPENING,
          frame(HEADERS, END_HEADERS, 1, headers),
          frame(DATA, END_STREAM, 1, Buffer.from("four")),
        ]),
      );
      await until(() => outcomes.length > 0);
      socket.destroy();
    });

    expect(outcomes).toEqual(["CLIENT_LEFT"]);
  });
});
