import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { startDeadline, type StartDeadline } from "./deadline.ts";

/** How long a client may take to read what it is told. */
const LINGER_MS = 5_000;

/**
 * Answers an HTTP/1.1 request that no server saw, and ends the connection.
 *
 * @example A port that answers nobody
 * ```ts
 * import { hangUp } from "@claude-on-aws/listen";
 * import { match } from "node:assert/strict";
 * import { createServer } from "node:net";
 *
 * const server = createServer((socket) => hangUp(socket, "503 Service Unavailable", "Closed on Sundays\n"));
 * await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
 * const answer = await fetch(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
 * server.close();
 *
 * match(await answer.text(), /Sundays/);
 * ```
 *
 * @param socket Nothing reads from it yet, or no more.
 * @param status Status and what stands beside it: `403 Forbidden`.
 * @param text What the client is told, as plain text.
 * @param lingerMs How long the client has to read it and hang up, before its connection is cut; five seconds by default.
 * @param begin Begins that time; on the clock of the runtime by default.
 */
export function hangUp(
  socket: Socket,
  status: string,
  text: string,
  lingerMs: number = LINGER_MS,
  begin: StartDeadline = startDeadline,
): void {
  const body = Buffer.from(text);
  const head = [
    `HTTP/1.1 ${status}`,
    "content-type: text/plain; charset=utf-8",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  // Not the timeout of the socket: a client that keeps sending would never meet it.
  socket.once(
    "close",
    begin(() => socket.destroy(), lingerMs),
  );
  // What else is sent is dropped, so that the client sees the answer and not a reset.
  socket.resume();
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}
