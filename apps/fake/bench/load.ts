/**
 * The generator of the load, a process of its own on a core of its own: sends
 * the same bytes over keep-alive connections, each request after the answer
 * to the one before, for a time. Runs on Bun, whose sockets cost least.
 *
 * Usage: load.ts PORT CONNECTIONS MILLISECONDS, with the request on standard input.
 */
interface BunSocket {
  write(bytes: Uint8Array): number;
  end(): void;
  data: Connection;
}
declare const Bun: {
  stdin: { bytes(): Promise<Uint8Array> };
  connect(options: {
    hostname: string;
    port: number;
    data: Connection;
    socket: {
      open(socket: BunSocket): void;
      data(socket: BunSocket, chunk: Buffer): void;
      drain(socket: BunSocket): void;
      close(socket: BunSocket): void;
      error(socket: BunSocket, error: Error): void;
    };
  }): Promise<BunSocket>;
};

/** Where a connection is in its answer. */
interface Connection {
  requests: number;
  /** Bytes of the answer so far. */
  received: number;
  /** Length of the answer; `undefined` where it is chunked or its head is not whole. */
  length: number | undefined;
  chunked: boolean;
  head: string;
  /** The last bytes that came. */
  tail: Buffer;
  /** Bytes of the request that the socket did not take yet. */
  unsent: number;
  done: () => void;
}

/** What a load came to. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Bytes of the last answer. */
  readonly answerBytes: number;
}

const [port = 0, connections = 0, milliseconds = 0] = process.argv.slice(2).map(Number);
const request = await Bun.stdin.bytes();
let answerBytes = 0;
const start = performance.now();
const end = start + milliseconds;

function send(socket: BunSocket): void {
  const { data } = socket;
  Object.assign(data, { received: 0, length: undefined, chunked: false, head: "" });
  data.unsent = request.length - socket.write(request);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** Reads the head of an answer as soon as it is whole. */
function readHead(connection: Connection, chunk: Buffer): void {
  connection.head += chunk.toString("latin1", 0, 4096);
  const at = connection.head.indexOf("\r\n\r\n");
  if (at < 0) return;
  if (!connection.head.startsWith("HTTP/1.1 200")) fail(connection.head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(connection.head.slice(0, at + 2))?.[1];
  if (length === undefined) connection.chunked = true;
  else connection.length = at + 4 + Number(length);
}

/** The last chunk is empty, and nothing else of the answers ends like that after a line break. */
const END = Buffer.from("\r\n0\r\n\r\n");

async function onOneConnection(): Promise<number> {
  const connection: Connection = {
    requests: 0,
    received: 0,
    length: undefined,
    chunked: false,
    head: "",
    tail: Buffer.alloc(0),
    unsent: 0,
    done: () => {},
  };
  const done = new Promise<void>((resolve) => (connection.done = resolve));
  await Bun.connect({
    hostname: "127.0.0.1",
    port,
    data: connection,
    socket: {
      open: send,
      data(socket, chunk) {
        if (connection.length === undefined && !connection.chunked) readHead(connection, chunk);
        connection.received += chunk.length;
        const { tail } = connection;
        connection.tail = (chunk.length < END.length ? Buffer.concat([tail, chunk]) : chunk).subarray(-END.length);
        const complete = connection.chunked ? connection.tail.equals(END) : connection.length === connection.received;
        if (!complete) return;
        connection.requests++;
        answerBytes = connection.received;
        if (performance.now() < end) {
          send(socket);
        } else {
          connection.done();
          socket.end();
        }
      },
      drain(socket) {
        if (connection.unsent > 0) connection.unsent -= socket.write(request.subarray(-connection.unsent));
      },
      close() {
        if (performance.now() < end) fail(`The server hung up after ${connection.requests} requests`);
      },
      error: (_, error) => fail(error.message),
    },
  });
  await done;
  return connection.requests;
}

// A server that is gone in the middle of an answer must not keep this process.
setTimeout(() => fail("The server stopped answering"), 2 * milliseconds + 10_000);

const counts = await Promise.all(Array.from({ length: connections }, onOneConnection));
const result: LoadResult = {
  requests: counts.reduce((sum, count) => sum + count, 0),
  seconds: (performance.now() - start) / 1000,
  answerBytes,
};
console.log(JSON.stringify(result));
process.exit(0);
