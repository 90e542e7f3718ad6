import type { WireReply } from "../terms/wire.ts";

/** Content types whose answers are streams, however much of them is ready at once. */
const STREAM_TYPES: readonly string[] = ["text/event-stream", "application/vnd.amazon.eventstream"];

/** Whether an answer is sent in chunks, as the services send their streams, and not with its length. */
export function isStreamed({ headers, body }: WireReply): boolean {
  if (!(body instanceof Uint8Array)) return true;
  for (const [name, value] of headers) {
    if (name === "content-type") return STREAM_TYPES.some((type) => value.startsWith(type));
  }
  return false;
}
