import type { Writable } from "node:stream";
import type { WireReply } from "../exchange.ts";

/** Writes a body and ends the stream; waits where the client reads slowly, stops where it is gone. */
export async function writeBody(stream: Writable, body: WireReply["body"]): Promise<void> {
  if (body instanceof Uint8Array) {
    stream.end(body);
    return;
  }
  for await (const chunk of body) {
    if (stream.destroyed) return;
    if (!stream.write(chunk)) await drained(stream);
  }
  stream.end();
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.once("drain", done);
    stream.once("close", done);
  });
}
