import { connect } from "node:net";

/** What a load came to. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Sends the same bytes over keep-alive connections, each request behind the
 * answer to the one before, for a time.
 *
 * @throws {Error} when a connection is dropped, or an answer is not what was expected.
 */
export async function load(
  port: number,
  bytes: Buffer,
  connections: number,
  milliseconds: number,
): Promise<LoadResult> {
  const start = performance.now();
  const end = start + milliseconds;
  const counts = await Promise.all(Array.from({ length: connections }, () => onOneConnection(port, bytes, end)));
  return { requests: counts.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - start) / 1000 };
}

function onOneConnection(port: number, bytes: Buffer, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let requests = 0;
    let received: Buffer = Buffer.alloc(0);
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setNoDelay(true);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`The server hung up after ${requests} requests`)));
    socket.on("data", (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const length = answerLength(received);
      if (length === undefined) return;
      if (received.toString("latin1", 0, 12) !== "HTTP/1.1 200") {
        reject(new Error(received.toString("latin1", 0, 600)));
        return;
      }
      received = received.subarray(length);
      requests++;
      if (performance.now() < end) {
        socket.write(bytes);
      } else {
        socket.removeAllListeners("close");
        socket.end();
        resolve(requests);
      }
    });
  });
}

/** Length of the answer at the beginning, as soon as it is whole. */
function answerLength(bytes: Buffer): number | undefined {
  const head = bytes.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString("latin1", 0, head))?.[1];
  if (length !== undefined) return bytes.length >= head + 4 + Number(length) ? head + 4 + Number(length) : undefined;
  // Chunked: the last chunk is empty, and nothing else of the answer ends like that behind a line break.
  return bytes.subarray(-7).toString("latin1") === "\r\n0\r\n\r\n" ? bytes.length : undefined;
}
