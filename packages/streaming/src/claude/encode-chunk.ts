import { encodeMessage } from "../event-stream/encode-message.ts";
import { CHUNK_HEADERS } from "./bedrock-chunk.ts";
import { encodeBase64 } from "./encode-base64.ts";
import { encodeChunks, padded, UNPADDED } from "./encode-chunks.ts";

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

/** From this length on, the runtime's own Base64 is faster, although its digits are copied twice. */
const NATIVE_FROM_LENGTH = 512;

/**
 * Encodes one event as a `chunk` message.
 *
 * @param json The JSON text of the event, passed on as it is.
 * @param padding Text of the field `p`; left out, there is none.
 * @returns The bytes of the message.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 */
export function encodeChunk(json: string, padding?: string): Uint8Array<ArrayBuffer> {
  if (json.length < NATIVE_FROM_LENGTH) {
    return encodeChunks([json], [padding === undefined ? UNPADDED : padded(padding)]);
  }
  // Base64 needs no escaping, so the wrapper is written around it.
  const wrapper = `{"bytes":"${encodeBase64(json)}"${padding === undefined ? "" : `,"p":${JSON.stringify(padding)}`}}`;
  return encodeMessage({ headers: CHUNK_HEADERS, payload: ENCODER.encode(wrapper) });
}
