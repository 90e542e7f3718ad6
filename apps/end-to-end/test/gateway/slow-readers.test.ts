import { readFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { platform } from "node:os";
import { describe, expect, test } from "vitest";
import { fetchOnto, MODEL } from "../support/fetch-providers.ts";
import { openGateway, TOKEN } from "../support/start-gateway.ts";

const MEGABYTE = 1_048_576;
const LENGTH = 64 * MEGABYTE;
const PIECE = new Uint8Array(65_536).fill(0x20);

/** What the operating system holds of one connection, in bytes. */
interface Queues {
  /** Sent, and not received by the other end yet. */
  readonly sent: number;
  /** Received, and not read yet. */
  readonly received: number;
}

/**
 * Says what the operating system holds of connections that have a port at one end.
 *
 * @returns The queues, by the ports of both ends: `local remote`.
 * @see {@link https://docs.kernel.org/networking/proc_net_tcp.html | /proc/net/tcp}
 */
async function readQueues(): Promise<ReadonlyMap<string, Queues>> {
  const lines = (await readFile("/proc/net/tcp", "utf8")).split("\n").slice(1);
  return new Map(
    lines.flatMap((line) => {
      const [, local = "", remote = "", , queues = ""] = line.trim().split(/\s+/);
      const [sent = "", received = ""] = queues.split(":");
      const port = (address: string): number => Number.parseInt(address.split(":")[1] ?? "", 16);
      const held = { sent: Number.parseInt(sent, 16), received: Number.parseInt(received, 16) };
      return queues === "" ? [] : [[`${port(local)} ${port(remote)}`, held] as const];
    }),
  );
}

const NONE: Queues = { sent: 0, received: 0 };
const totalOf = ({ sent, received }: Queues = NONE): number => sent + received;

/** A service that writes as fast as it is taken, and the connection that it writes to. */
async function openFlood(): Promise<{
  server: Server;
  url: string;
  begun: Promise<void>;
  socket: () => Socket | undefined;
  written: () => number;
}> {
  let flooded: Socket | undefined;
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  let written = 0;
  const server = createServer((socket) => {
    socket
      .on("error", () => {})
      .once("data", () => {
        flooded = socket;
        const head = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${LENGTH}\r\n\r\n`;
        // Counted when the operating system has taken it.
        const write = (bytes: Uint8Array): void =>
          void socket.write(bytes, () => {
            written += bytes.length;
            begin();
            if (written < LENGTH) write(PIECE);
          });
        write(new TextEncoder().encode(head));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, begun, socket: () => flooded, written: () => written };
}

const isLinux = platform() === "linux";
const skipped = isLinux ? "" : " (skipped: only Linux says what it holds of a connection)";

describe.skipIf(!isLinux)(`a client that reads nothing${skipped}`, () => {
  test("of a stream has the gateway hold less than a megabyte, and the service wait", async () => {
    const service = await openFlood();
    const gateway = await openGateway({
      upstreams: [
        {
          name: "platform",
          provider: "anthropic-aws",
          region: "us-east-1",
          fetch: fetchOnto(service.url, "anthropic-aws"),
        },
      ],
    });
    const port = Number(new URL(gateway.url).port);
    const client = connect({ host: "127.0.0.1", port });
    client.on("error", () => {}).pause();
    await new Promise<void>((resolve) => client.once("connect", resolve));
    const body = JSON.stringify({ model: MODEL, max_tokens: 1, messages: [], stream: true });
    client.write(
      `POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await service.begun;
    const ofSystem = (): string[] => {
      const [near, far, own] = [service.socket()?.localPort, service.socket()?.remotePort, client.localPort];
      // Both ends of both connections.
      return [`${near} ${far}`, `${far} ${near}`, `${own} ${port}`, `${port} ${own}`];
    };
    const look = async (): Promise<{ readonly written: number; readonly queued: number }> => {
      const written = service.written();
      const queues = await readQueues();
      expect(ofSystem().map((name) => queues.has(name))).toEqual([true, true, true, true]);
      return { written, queued: ofSystem().reduce((sum, name) => sum + totalOf(queues.get(name)), 0) };
    };
    // All buffers between here and there are full where what is taken, and where it lies, stays the same.
    let seen = { written: -1, queued: 0 };
    for (let now = await look(); now.written !== seen.written || now.queued !== seen.queued; now = await look()) {
      seen = now;
      for (let turn = 0; turn < 200; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(seen.written).toBeLessThan(LENGTH);
    // What the operating system does not hold, nor the client's own runtime has read ahead, the gateway does.
    expect(seen.written - seen.queued - client.bytesRead).toBeLessThan(MEGABYTE);

    client.destroy();
    await gateway.recorded(1);
    await gateway.close();
    service.socket()?.destroy();
    service.server.close();
  });
});
