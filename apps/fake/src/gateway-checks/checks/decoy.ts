import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";

/** A server that nobody should be sent to. */
export interface Decoy {
  /** Host and port. */
  readonly authority: string;
  /** How often somebody came. */
  readonly visits: () => number;
}

/** Lets something happen beside a decoy on loopback, and takes that away again. */
export async function withDecoy(happen: (decoy: Decoy) => Promise<void>): Promise<void> {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    await happen({ authority: `127.0.0.1:${port}`, visits: () => visits });
  } finally {
    server.close();
  }
}
