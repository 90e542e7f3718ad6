import { BEDROCK_PADDING } from "./bedrock-chunk.ts";
import { encodeChunks, padded, UNPADDED } from "./encode-chunks.ts";

/** Options for {@link encodeBedrockChunks}. */
export interface EncodeBedrockChunksOptions {
  /**
   * How many letters of {@link BEDROCK_PADDING} pad the chunk of the event at an index, in a field `p` that clients ignore.
   * Left out, chunks have no such field.
   */
  readonly paddingLength?: ((index: number) => number) | undefined;
}

/**
 * Encodes the events of a stream as Bedrock's InvokeModelWithResponseStream sends them, into one array: byte for byte what
 * {@link encodeClaudeEvent} gives for each, but faster than one by one.
 *
 * @example A stream at once
 * ```ts
 * import { ClaudeEventDecoder, encodeBedrockChunks } from "@claude-on-aws/streaming/claude";
 * import { deepEqual } from "node:assert/strict";
 *
 * const bytes = encodeBedrockChunks(['{"type":"ping"}', '{"type":"ping"}'], { paddingLength: (index) => 2 + 7 * index });
 * const events: unknown[] = [];
 * new ClaudeEventDecoder((event) => events.push(event), { framing: "event-stream" }).feed(bytes);
 *
 * deepEqual(events, [{ type: "ping" }, { type: "ping" }]);
 * ```
 *
 * @param events The JSON text of each event, passed on as it is. An `error` event is not a chunk but an exception:
 * {@link encodeClaudeEvent} makes it.
 * @param options Padding.
 * @returns The bytes of as many event-stream messages.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function encodeBedrockChunks(
  events: readonly string[],
  { paddingLength }: EncodeBedrockChunksOptions = {},
): Uint8Array<ArrayBuffer> {
  return encodeChunks(
    events,
    events.map((_, index) => (paddingLength === undefined ? UNPADDED : paddedWith(paddingLength(index)))),
  );
}

/** The end of a padded payload by the number of letters, encoded when it is first asked for. */
const PADDED: Uint8Array[] = [];

function paddedWith(letters: number): Uint8Array {
  const length = Math.min(Math.max(Math.trunc(letters) || 0, 0), BEDROCK_PADDING.length);
  return (PADDED[length] ??= padded(BEDROCK_PADDING.slice(0, length)));
}
