import type { IncomingRequest } from "@claude-on-aws/listen";
import { createHash } from "node:crypto";

/** A body of which the beginning alone was kept. */
export interface Beginning {
  readonly body: Uint8Array;
  readonly bodyBytes: number;
  readonly bodySha256: string;
}

/**
 * Takes a body in to its end, and keeps the beginning.
 *
 * @param maxBytes The most that is taken in.
 * @param keptBytes The most that is kept.
 * @returns `undefined` where there is more of it; the rest is thrown away then.
 * @throws {ListenError} where the body ends before it is whole.
 */
export async function readBeginning(
  { stream }: Pick<IncomingRequest, "stream">,
  maxBytes: number,
  keptBytes: number,
): Promise<Beginning | undefined> {
  const hash = createHash("sha256");
  const kept: Uint8Array[] = [];
  let bodyBytes = 0;
  for await (const piece of stream) {
    if (bodyBytes < keptBytes) kept.push(new Uint8Array(piece.subarray(0, keptBytes - bodyBytes)));
    bodyBytes += piece.length;
    if (bodyBytes > maxBytes) return undefined;
    hash.update(piece);
  }
  return { body: Buffer.concat(kept), bodyBytes, bodySha256: hash.digest("hex") };
}
