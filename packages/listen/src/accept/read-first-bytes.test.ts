import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readFirstBytes } from "./read-first-bytes.ts";
import { hangUp } from "./hang-up.ts";

let accept: (socket: Socket) => void;
let accepted: Socket;
const server = createServer((socket) => {
  accepted = socket;
  socket.on("error", () => socket.destroy());
  accept(socket);
});
let client: Socket;
let dripping: NodeJS.Timeout;

/** A client that sends a byte at a time, and hangs up when it is cut off alone. */
async function startDripping(): Promise<void> {
  client = connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {});
  client.resume();
  await once(client, "connect");
  dripping = setInterval(() => client.write("x"), 10);
}

beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  clearInterval(dripping);
  client.destroy();
  accepted.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test("readFirstBytes() cuts off who sends byte by byte and never enough", async () => {
  const cut = new Promise<number>((resolve) => {
    accept = (socket) => {
      let seen = 0;
      const look = (bytes: Buffer): undefined => void (seen = bytes.length);
      readFirstBytes(socket, look, () => {}, 200);
      socket.once("close", () => resolve(seen));
    };
  });
  await startDripping();

  expect(await cut).toBeGreaterThan(1);
});

test("readFirstBytes() leaves alone who was decided about, with all that was sent", async () => {
  const said = new Promise<string>((resolve) => {
    accept = (socket) => {
      const isThree = (bytes: Buffer): true | undefined => (bytes.length >= 3 ? true : undefined);
      const read = (): void => {
        let text = "";
        socket.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (text.length > 30) resolve(text);
        });
      };
      readFirstBytes(socket, isThree, read, 150);
      socket.once("close", () => resolve("cut off"));
    };
  });
  await startDripping();

  expect(await said).toMatch(/^x{31,}$/);
});

test("hangUp() cuts off who keeps sending", async () => {
  const cut = new Promise<true>((resolve) => {
    accept = (socket) => {
      hangUp(socket, "403 Forbidden", "no\n", 100);
      socket.once("close", () => resolve(true));
    };
  });
  await startDripping();

  expect(await cut).toBe(true);
});
