import { type AddressInfo, createServer, type Socket } from "node:net";

/** A proxy that lets nothing through. */
export interface RecordingProxy {
  /** Value for `HTTPS_PROXY` and `HTTP_PROXY`. */
  readonly url: string;
  /** Every place that was asked for, `host:port`, each once, in the order of the first request. */
  readonly refused: () => readonly string[];
  readonly close: () => Promise<void>;
}

const MAX_LINE_BYTES = 16_384;
const REFUSAL = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/** Starts a proxy on a free port of the loopback interface. It notes where a client wanted to go, and refuses. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let line = "";
    const read = (chunk: Uint8Array): void => {
      line += Buffer.from(chunk).toString("latin1");
      const end = line.indexOf("\r\n");
      if (end === -1 && line.length < MAX_LINE_BYTES) return;
      socket.off("data", read);
      refused.add(parseProxyTarget(line.slice(0, end === -1 ? undefined : end)));
      // What else is sent is read and dropped, so that the client sees the answer instead of a reset.
      socket.resume();
      socket.end(REFUSAL);
    };
    socket.on("data", read);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => [...refused],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Reads where a request to a proxy is meant to go.
 *
 * @param line Its first line: `CONNECT host:port HTTP/1.1`, or `GET http://host/path HTTP/1.1`.
 * @returns `host:port`, or the line's beginning in quotes where it is no such request.
 */
export function parseProxyTarget(line: string): string {
  const [method = "", target = ""] = line.split(" ");
  if (method === "CONNECT" && target !== "") return target;
  if (URL.canParse(target)) {
    const { protocol, hostname, port } = new URL(target);
    if (hostname !== "") return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  }
  return JSON.stringify(line.slice(0, 80));
}
