import {
  block,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  frame,
  GOAWAY,
  HEADERS,
  PADDED,
  PING,
  PREFACE,
  PRIORITY,
  REQUEST,
  RST_STREAM,
  SETTINGS,
  WINDOW_UPDATE,
} from "./http2-frames.ts";

type Random = () => number;

const whole = (random: Random, below: number): number => Math.floor(random() * below);

const NOTHING = Buffer.alloc(0);
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const repeat = (count: number, make: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(index)));
const noise = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => whole(random, 256)));

/** What is sent after the preface. */
const ATTACKS: readonly ((random: Random) => Buffer)[] = [
  // Rapid reset: each request is taken back at once.
  (random) =>
    repeat(20 + whole(random, 200), (index) =>
      Buffer.concat([
        frame(HEADERS, END_HEADERS | END_STREAM, 2 * index + 1, REQUEST),
        frame(RST_STREAM, 0, 2 * index + 1, number(8)),
      ]),
    ),
  (random) => repeat(50 + whole(random, 500), () => frame(SETTINGS, 0, 0, NOTHING)),
  (random) => repeat(50 + whole(random, 500), () => frame(PING, 0, 0, Buffer.alloc(8))),
  // A block of headers that never ends.
  (random) =>
    Buffer.concat([
      frame(HEADERS, 0, 1, REQUEST),
      repeat(whole(random, 300), () => frame(CONTINUATION, 0, 1, block([["x", "y".repeat(100)]]))),
    ]),
  (random) => frame(HEADERS, END_HEADERS, 1, noise(random, 1 + whole(random, 200))),
  (random) => frame(whole(random, 256), whole(random, 256), whole(random, 8), noise(random, whole(random, 100))),
  (random) =>
    frame(
      HEADERS,
      END_HEADERS | PADDED,
      1,
      Buffer.concat([Buffer.from([255]), REQUEST.subarray(0, whole(random, 20))]),
    ),
  () => frame(DATA, 0, 0, Buffer.from("data of no stream")),
  () => frame(DATA, END_STREAM, 7, Buffer.from("data of an idle stream")),
  () => frame(HEADERS, END_HEADERS | END_STREAM, 2, REQUEST),
  () => frame(WINDOW_UPDATE, 0, 0, number(0)),
  () => repeat(3, () => frame(WINDOW_UPDATE, 0, 0, number(0x7f_ff_ff_ff))),
  () => frame(PRIORITY, 0, 1, Buffer.concat([number(1), Buffer.from([0])])),
  () => frame(GOAWAY, 0, 0, Buffer.alloc(8)),
  () => frame(DATA, 0, 1, NOTHING, 0xff_ff_ff),
  (random) => frame(SETTINGS, 0, 0, noise(random, 6 * (1 + whole(random, 20)))),
  (random) => frame(SETTINGS, 0, 0, noise(random, 5)),
  // A body that is never sent.
  () => frame(HEADERS, END_HEADERS, 1, REQUEST),
  () => frame(HEADERS, END_HEADERS | END_STREAM, 1, block([["Upper", "case"]])),
  () => frame(HEADERS, END_HEADERS | END_STREAM, 1, NOTHING),
];

const OPENING = Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, NOTHING)]);
/** A client that says goodbye as soon as it is there. */
export const GOODBYE_HTTP2: Buffer = Buffer.concat([OPENING, frame(GOAWAY, 0, 0, Buffer.alloc(8))]);
/** A client that begins a request and never ends it. */
export const UNENDED_HTTP2: Buffer = Buffer.concat([OPENING, frame(HEADERS, END_HEADERS, 1, REQUEST)]);

/** A connection of HTTP/2 that goes wrong; the same numbers make the same one. */
export function malformedHttp2(random: Random): Buffer {
  const attack = ATTACKS[whole(random, ATTACKS.length)] as (random: Random) => Buffer;
  const bytes = Buffer.concat([OPENING, attack(random)]);
  // One in four is cut as well.
  return random() < 0.25 ? bytes.subarray(0, whole(random, bytes.length)) : bytes;
}
