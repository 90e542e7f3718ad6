import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { RunningFront } from "./reference-gateway.ts";

const HEAD_END = "\r\n\r\n";
const LAST_CHUNK = "0\r\n\r\n";

/** A front that goes by chunks where a length stands there, too: what comes behind the last one is a request to it. */
export async function startSmugglingFront(url: string): Promise<RunningFront> {
  const { port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const gateway = connect({ host: "127.0.0.1", port: Number(port) });
    for (const socket of [client, gateway]) {
      open.add(socket);
      socket.on("error", () => client.destroy()).on("close", () => open.delete(socket));
    }
    gateway.pipe(client);
    let held = Buffer.alloc(0);
    client.on("data", (piece) => {
      held = Buffer.concat([held, piece]);
      const passed = takeRequest(held);
      if (passed === undefined) return;
      held = Buffer.alloc(0);
      gateway.write(passed);
    });
    client.on("end", () => gateway.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Takes what goes on; `undefined` where a request with two lengths is not whole. */
function takeRequest(held: Buffer): Buffer | undefined {
  const headEnd = held.indexOf(HEAD_END);
  const head = held.toString("latin1", 0, Math.max(headEnd, 0));
  if (!/transfer-encoding: chunked/i.test(head)) return held;
  const bodyAt = headEnd + HEAD_END.length;
  if (held.length < bodyAt + Number(/content-length: (\d+)/i.exec(head)?.[1])) return undefined;
  return held.subarray(held.indexOf(LAST_CHUNK, bodyAt) + LAST_CHUNK.length);
}
