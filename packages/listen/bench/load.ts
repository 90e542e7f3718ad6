/**
 * The generator of the load, a process of its own: sends one request again and again over keep-alive connections, each after
 * the reply to the one before. Runs on Bun, whose sockets cost least.
 *
 * Usage: load.ts PORT CONNECTIONS MILLISECONDS TARGET BODY-BYTES. Prints how many were answered in a second.
 */
interface BunSocket {
  write(bytes: Uint8Array): number;
  end(): void;
}
declare const Bun: {
  connect(options: {
    hostname: string;
    port: number;
    socket: {
      open(socket: BunSocket): void;
      data(socket: BunSocket, chunk: Buffer): void;
      drain(socket: BunSocket): void;
      close(): void;
    };
  }): Promise<BunSocket>;
};

const [port = "", connections = "", milliseconds = "", target = "/", bodyBytes = "0"] = process.argv.slice(2);
/** How long nothing comes after a reply. */
const QUIET_MS = 100;

const head = [
  `POST ${target} HTTP/1.1`,
  `host: 127.0.0.1:${port}`,
  "content-type: application/json",
  "accept: */*",
  "user-agent: bench/1.0",
  "authorization: Bearer 0123456789abcdef0123456789abcdef",
  `content-length: ${bodyBytes}`,
  "",
  "",
];
const request = Buffer.from(head.join("\r\n") + "x".repeat(Number(bodyBytes)));

/** Replies to the same request have the same length: that of the first is measured, those of the others are counted. */
function lengthOfReply(): Promise<number> {
  return new Promise((resolve) => {
    let length = 0;
    let quiet: NodeJS.Timeout | undefined;
    void Bun.connect({
      hostname: "127.0.0.1",
      port: Number(port),
      socket: {
        open: (socket) => void socket.write(request),
        data: (socket, chunk) => {
          length += chunk.length;
          clearTimeout(quiet);
          quiet = setTimeout(() => socket.end(), QUIET_MS);
        },
        drain: () => {},
        close: () => resolve(length),
      },
    });
  });
}

const replyBytes = await lengthOfReply();
const end = performance.now() + Number(milliseconds);
let answered = 0;

function onOneConnection(): Promise<void> {
  return new Promise((done) => {
    let received = 0;
    let unsent = 0;
    const send = (socket: BunSocket): void => {
      received = 0;
      unsent = request.length - socket.write(request);
    };
    void Bun.connect({
      hostname: "127.0.0.1",
      port: Number(port),
      socket: {
        open: send,
        data: (socket, chunk) => {
          received += chunk.length;
          if (received < replyBytes) return;
          answered++;
          if (performance.now() < end) send(socket);
          else socket.end();
        },
        drain: (socket) => {
          if (unsent > 0) unsent -= socket.write(request.subarray(-unsent));
        },
        close: () => done(),
      },
    });
  });
}

const start = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, onOneConnection));
console.log(JSON.stringify({ answered, seconds: (performance.now() - start) / 1000 }));
