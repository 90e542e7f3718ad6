import { BEDROCK_PADDING } from "@claude-on-aws/streaming/claude";

/** Bedrock pads each chunk with two letters at least. */
const MIN_LENGTH = 2;

/** Coprime to the number of lengths, so that each of them comes before one comes again. */
const STEP = 17;

/**
 * Says how many letters pad a chunk. A chunk is padded by its place in the stream, so that an answer is the same each time.
 *
 * @param index Place of the chunk in its stream.
 * @returns From 2 to the length of `BEDROCK_PADDING`, exclusive.
 */
export const paddingLength = (index: number): number =>
  MIN_LENGTH + ((index * STEP) % (BEDROCK_PADDING.length - MIN_LENGTH));
