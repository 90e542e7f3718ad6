import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { startDeadline, type StartDeadline } from "./deadline.ts";

/** How long a peer may take to send what decides. */
const TIMEOUT_MS = 60_000;

/**
 * Reads from a socket until enough is there to decide, then leaves all of it to be read again.
 *
 * @example A port that speaks two protocols
 * ```ts
 * import { readFirstBytes } from "@claude-on-aws/listen";
 * import { equal } from "node:assert/strict";
 * import { connect, createServer } from "node:net";
 *
 * const server = createServer((socket) => {
 *   readFirstBytes(socket, (seen) => (seen[0] === 0x16 ? "TLS" : "plain text"), (protocol) => socket.end(protocol));
 * });
 * await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
 * const client = connect((server.address() as { port: number }).port, "127.0.0.1");
 * client.write("hello");
 * const said = await new Promise<string>((resolve) => client.once("data", (bytes) => resolve(String(bytes))));
 * client.destroy();
 * server.close();
 *
 * equal(said, "plain text");
 * ```
 *
 * @param socket Nothing reads from it yet.
 * @param look Says what the bytes so far mean; `undefined` waits for more. It has to bound how much it waits for.
 * @param decided Told once. A peer that hangs up is none of it, and neither is one that takes too long: its socket is destroyed.
 * @param timeoutMs How long it may take in all, however it sends its bytes; a minute by default.
 * @param begin Begins that time; on the clock of the runtime by default.
 */
export function readFirstBytes<Meaning>(
  socket: Socket,
  look: (seen: Buffer) => Meaning | undefined,
  decided: (meaning: Meaning) => void,
  timeoutMs: number = TIMEOUT_MS,
  begin: StartDeadline = startDeadline,
): void {
  let seen: Buffer = Buffer.alloc(0);
  // Not the timeout of the socket: each byte would begin it anew.
  const stop = begin(() => socket.destroy(), timeoutMs);
  const read = (): void => {
    // Bun and Deno give a piece at a time, and tell of no other before all are read.
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const meaning = look(seen);
      if (meaning === undefined) continue;
      socket.off("readable", read);
      socket.off("close", stop);
      stop();
      socket.unshift(seen);
      decided(meaning);
      return;
    }
  };
  socket.on("readable", read);
  socket.once("close", stop);
}
