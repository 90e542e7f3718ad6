import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { connect, type Socket } from "node:net";

/** Writes requests to a server byte for byte, one after the other on each of a few connections. */
export class RawClient {
  readonly #sockets: readonly Connection[];

  constructor(port: number, connections: number) {
    this.#sockets = Array.from({ length: connections }, () => new Connection(port));
  }

  /** Sends all of them; resolves to the status of each, in order. */
  async sendAll(requests: readonly WireRequest[]): Promise<readonly number[]> {
    const statuses: number[] = Array.from({ length: requests.length }, () => 0);
    let next = 0;
    const work = async (connection: Connection): Promise<void> => {
      for (let at = next++; at < requests.length; at = next++) {
        statuses[at] = await connection.send(requests[at] as WireRequest);
      }
    };
    await Promise.all(this.#sockets.map(work));
    return statuses;
  }

  /** Hangs up. */
  close(): void {
    for (const connection of this.#sockets) connection.close();
  }
}

/** One connection, kept alive. */
class Connection {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async send(request: WireRequest): Promise<number> {
    const socket = (this.#socket ??= connect({ port: this.#port, host: "127.0.0.1" }).setNoDelay(true));
    socket.write(toBytes(request));
    const { status, keepsAlive } = await readReply(socket, request.method === "HEAD");
    if (!keepsAlive) {
      socket.destroy();
      this.#socket = undefined;
    }
    return status;
  }

  close(): void {
    this.#socket?.destroy();
  }
}

function toBytes({ method, target, headers, body }: WireRequest): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const length = `content-length: ${body.length}\r\n`;
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}${length}\r\n`, "latin1"), body]);
}

interface ReadReply {
  readonly status: number;
  readonly keepsAlive: boolean;
}

/** Reads a reply whose body has a length or comes in chunks. */
function readReply(socket: Socket, isHead: boolean): Promise<ReadReply> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const finish = (settle: () => void): void => {
      socket.off("data", read);
      socket.off("error", fail);
      socket.off("close", closed);
      settle();
    };
    const fail = (error: Error): void => finish(() => reject(error));
    const closed = (): void => fail(new Error(`The server hung up after ${seen.length} bytes`));
    const read = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      const reply = parseReply(seen, isHead);
      if (reply !== undefined) finish(() => resolve(reply));
    };
    socket.on("data", read);
    socket.on("error", fail);
    socket.on("close", closed);
  });
}

function parseReply(seen: Buffer, isHead: boolean): ReadReply | undefined {
  const end = seen.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = seen.toString("latin1", 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const keepsAlive = !head.includes("connection: close");
  const body = seen.length - end - 4;
  if (isHead) return { status, keepsAlive };
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const isWhole = length === undefined ? seen.toString("latin1").endsWith("0\r\n\r\n") : body >= Number(length);
  return isWhole ? { status, keepsAlive } : undefined;
}
