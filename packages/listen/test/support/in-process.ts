import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { Handler } from "../../src/index.ts";
import { HeldBytes } from "../../src/body/held-bytes.ts";
import { Http1Connection } from "../../src/http1/connection.ts";
import { NodeSocket } from "../../src/http1/node-socket.ts";
import { createDateHeader } from "../../src/date-header.ts";
import { resolveLimits } from "../../src/limits.ts";
import { defaultOnError, type Service, UnderWay } from "../../src/service.ts";
import { Watch } from "../../src/watch.ts";

/** A request as a server understood it. */
export interface Understood {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Absent where the server gave up on the connection before it told of it. */
  readonly body?: string;
}

/** What came of some bytes: the requests that were whole, and what was answered. */
export interface Result {
  readonly requests: readonly Understood[];
  readonly written: string;
}

/** A connection without a network. */
class Wire extends Duplex {
  written = "";

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written += chunk.toString("latin1");
    done();
  }

  // What node:http asks of a socket.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
}

/** Lets everybody go on who waits for nothing from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((next) => setImmediate(next));
}

async function feed(wire: Wire, pieces: readonly Uint8Array[]): Promise<void> {
  wire.on("error", () => {});
  for (const piece of pieces) {
    // Both readers may write over what they are given.
    wire.push(Buffer.from(piece));
    await new Promise((next) => setImmediate(next));
  }
  await settle();
}

/** Hands bytes to a connection of ours. */
export async function understand(pieces: readonly Uint8Array[]): Promise<Result> {
  const requests: Understood[] = [];
  const handler: Handler = async (head, request) => {
    const body = await request.read(10_000_000);
    requests.push({
      method: head.method,
      target: head.target,
      headers: head.headers.flat(),
      body: Buffer.from(body ?? []).toString("latin1"),
    });
    return { status: 200, headers: [["date", "now"]], body: new Uint8Array() };
  };
  const service: Service = {
    handler,
    onError: defaultOnError,
    onRefused: () => {},
    date: createDateHeader(Date.now),
    limits: resolveLimits({}),
    watch: new Watch([1_000]),
    held: new HeldBytes(10_000_000),
    underWay: new UnderWay(),
    connections: new Set(),
  };
  const wire = new Wire();
  const connection = new Http1Connection(new NodeSocket(wire as unknown as Socket), service, false);
  await feed(wire, pieces);
  connection.close();
  return { requests, written: wire.written };
}

let server: Server | undefined;
let understood: Understood[] = [];

function startNode(): Server {
  const started = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    const chunks: Buffer[] = [];
    const into = understood;
    const { method = "", url: target = "", rawHeaders: headers } = request;
    const index = into.push({ method, target, headers }) - 1;
    request.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      into[index] = { method, target, headers, body: Buffer.concat(chunks).toString("latin1") };
      response.end();
    });
  });
  // Beyond 2,000 it would leave out the rest without a word.
  started.maxHeadersCount = 0;
  return started;
}

/** Hands bytes to `node:http`, one connection at a time. */
export async function understandLikeNode(pieces: readonly Uint8Array[]): Promise<Result> {
  server ??= startNode();
  understood = [];
  const requests = understood;
  const wire = new Wire();
  server.emit("connection", wire);
  await feed(wire, pieces);
  wire.destroy();
  return { requests, written: wire.written };
}
