import type { WireReply } from "../terms/wire.ts";

/**
 * The body of a reply in one piece, where all of it is ready: its bytes, or the parts of a stream that was written at once.
 *
 * @returns The body as it is, where its pieces come one after another.
 */
export const bytesIfReady = ({ body }: Pick<WireReply, "body">): WireReply["body"] =>
  Array.isArray(body) ? Buffer.concat(body) : body;
