import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { startServer } from "./server-process.ts";
import { commandOf, RUNTIME_NAMES } from "./servers.ts";

const STREAMS = 2_000;
/** Opened and left before anything is measured, so that what a runtime takes once is there. */
const WARM_UP_STREAMS = 200;
const AT_ONCE = 50;
const SETTLE_MS = 1_000;
const REQUEST = "GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n";

/** Prints what a stream that is open and idle costs, on each runtime: memory of the process, without that of the kernel. */
export async function measureMemory(): Promise<void> {
  console.log(`\nMemory for each of ${STREAMS} open, idle streams`);
  for (const runtime of RUNTIME_NAMES) {
    for (const http of ["1", "auto"]) {
      const name = `fake --http ${http} on ${runtime}`;
      const server = await startServer(name, commandOf(runtime, "idle-streams.ts", http));
      try {
        leave(await openStreams(server.port, WARM_UP_STREAMS));
        await delay(SETTLE_MS);
        const before = server.residentBytes();
        const sockets = await openStreams(server.port, STREAMS);
        await delay(SETTLE_MS);
        const each = (server.residentBytes() - before) / STREAMS / 1024;
        leave(sockets);
        console.log(`  ${name.padEnd(28)} ${each.toFixed(1).padStart(6)} KiB`);
      } finally {
        server.stop();
      }
    }
  }
}

const leave = (sockets: readonly Socket[]): void => {
  for (const socket of sockets) socket.destroy();
};

/** Opens streams, each until its first bytes came. */
async function openStreams(port: number, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  const open = async (): Promise<void> => {
    while (sockets.length < count) {
      const socket = connect(port, "127.0.0.1");
      sockets.push(socket);
      await new Promise((resolve, reject) => {
        socket.once("error", reject);
        socket.on("data", (chunk: Buffer) => chunk.includes("ping") && resolve(undefined));
        socket.write(REQUEST);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, open));
  return sockets;
}
