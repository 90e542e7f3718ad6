import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StartDeadline } from "./deadline.ts";
import { hangUp } from "./hang-up.ts";
import { readFirstBytes } from "./read-first-bytes.ts";

const TIMEOUT_MS = 200;

/** A deadline that passes when it is told to. */
class ManualDeadline {
  #passed: (() => void) | undefined;
  afterMs: number | undefined;

  readonly begin: StartDeadline = (passed, afterMs) => {
    this.#passed = passed;
    this.afterMs = afterMs;
    return () => (this.#passed = undefined);
  };

  /** Whether it still can pass. */
  get isUnderWay(): boolean {
    return this.#passed !== undefined;
  }

  pass(): void {
    this.#passed?.();
  }
}

const server = createServer();
let deadline: ManualDeadline;
let client: Socket;
let accepted: Socket;

beforeEach(async () => {
  deadline = new ManualDeadline();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const connection = once(server, "connection");
  const { port } = server.address() as AddressInfo;
  client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  // It hangs up when it is cut off alone.
  client.on("error", () => {});
  [accepted] = (await connection) as [Socket];
  accepted.on("error", () => accepted.destroy());
});
afterEach(async () => {
  client.destroy();
  accepted.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends a byte, and another one whenever one was seen; resolves once so many were. */
function drip(count: number, read: (look: (bytes: Uint8Array) => undefined) => void): Promise<void> {
  client.resume();
  return new Promise((resolve) => {
    read((bytes) => void (bytes.length < count ? client.write("x") : resolve()));
    client.write("x");
  });
}

test("readFirstBytes() cuts off who sends byte by byte and never enough", async () => {
  const closed = once(accepted, "close");
  await drip(20, (look) => readFirstBytes(accepted, look, () => {}, TIMEOUT_MS, deadline.begin));
  expect(deadline.afterMs).toBe(TIMEOUT_MS);
  expect(accepted.destroyed).toBe(false);
  deadline.pass();

  await closed;
  expect(deadline.isUnderWay).toBe(false);
});

test("readFirstBytes() leaves alone who was decided about, with all that was sent", async () => {
  const said = new Promise<string>((resolve) => {
    const isThree = (bytes: Uint8Array): true | undefined => (bytes.length >= 3 ? true : void client.write("x"));
    const read = (): void => {
      expect(deadline.isUnderWay).toBe(false);
      deadline.pass();
      let text = "";
      accepted.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (text.length > 30) resolve(text);
        else client.write("x");
      });
    };
    readFirstBytes(accepted, isThree, read, TIMEOUT_MS, deadline.begin);
  });
  client.write("x");

  expect(await said).toMatch(/^x{31,}$/);
});

test("readFirstBytes() reads all pieces that came before it looked", async () => {
  const pieces = new PassThrough() as unknown as Socket;
  for (const piece of ["P", "RI", " ", "*", " and more"]) pieces.write(piece);
  const look = (bytes: Buffer): string | undefined => (bytes.length < 5 ? undefined : bytes.toString());
  const meaning = await new Promise((resolve) => readFirstBytes(pieces, look, resolve, TIMEOUT_MS, deadline.begin));
  pieces.end();
  const left = await text(pieces);

  expect([meaning, left]).toEqual([expect.stringMatching(/^PRI \*/), "PRI * and more"]);
});

test("readFirstBytes() waits no longer for who hangs up", async () => {
  readFirstBytes(
    accepted,
    () => undefined,
    () => {},
    TIMEOUT_MS,
    deadline.begin,
  );
  expect(deadline.isUnderWay).toBe(true);
  const closed = once(accepted, "close");
  client.destroy();

  await closed;
  expect(deadline.isUnderWay).toBe(false);
});

test("hangUp() cuts off who keeps sending", async () => {
  const closed = once(accepted, "close");
  hangUp(accepted, "403 Forbidden", "no\n", TIMEOUT_MS, deadline.begin);
  const [answer] = (await once(client, "data")) as [Buffer];
  for (let sent = 0; sent < 3; sent++) {
    const dropped = once(accepted, "data");
    client.write("x");
    await dropped;
  }
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n[^]*\r\n\r\nno\n$/);
  expect([deadline.afterMs, accepted.destroyed]).toEqual([TIMEOUT_MS, false]);
  deadline.pass();

  await closed;
  expect(deadline.isUnderWay).toBe(false);
});
