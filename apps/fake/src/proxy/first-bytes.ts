import type { Socket } from "node:net";

/** How long a peer may take to send what decides. */
const TIMEOUT_MS = 60_000;

/**
 * Reads from a socket until enough is there to decide, then leaves all of it to be read again.
 *
 * @param look Says what the bytes so far mean; `undefined` waits for more.
 * @param decided Told once. A peer that hangs up, or takes longer than a minute, is none of it: its socket is destroyed.
 */
export function readFirstBytes<Meaning>(
  socket: Socket,
  look: (seen: Buffer) => Meaning | undefined,
  decided: (meaning: Meaning) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  const expire = (): void => void socket.destroy();
  const read = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const meaning = look(seen);
    if (meaning === undefined) return;
    socket.off("readable", read);
    socket.off("timeout", expire);
    socket.setTimeout(0);
    socket.unshift(seen);
    decided(meaning);
  };
  socket.on("readable", read);
  socket.on("timeout", expire);
  socket.setTimeout(TIMEOUT_MS);
}
