import type { ConversationBlock } from "./conversation-blocks.ts";
import { addToDigest, closeDigest, type Digest, type DigestState, EMPTY_DIGEST } from "./text-digest.ts";

/** UTF-16 code units of a text that are read from its beginning, and from its end: a longer one costs no more. */
const MAX_CLIPPED = 64;

const addClipped = (state: DigestState, text: string): DigestState =>
  text.length <= 2 * MAX_CLIPPED
    ? addToDigest(state, text)
    : addToDigest(
        addToDigest(addToDigest(state, String(text.length)), text, 0, MAX_CLIPPED),
        text,
        text.length - MAX_CLIPPED,
      );

const digestOf = (kind: string, parts: readonly string[]): Digest =>
  closeDigest(parts.reduce(addClipped, addToDigest(EMPTY_DIGEST, kind)));

/** A text whose beginning can be compared with that of another one. */
export interface TextDigests<Value = Digest> {
  /** In UTF-16 code units. */
  readonly length: number;
  /** Of its first 1, 4, 16, 64 and 256 units, as far as it goes. */
  readonly beginnings: readonly Value[];
}

const MAX_BEGINNING = 256;

/** The digests of the beginnings of a text. */
export function textDigests(text: string): TextDigests {
  const beginnings: Digest[] = [];
  let state = EMPTY_DIGEST;
  let from = 0;
  for (let to = 1; to <= Math.min(text.length, MAX_BEGINNING); to *= 4) {
    state = addToDigest(state, text, from, to);
    beginnings.push(closeDigest(state));
    from = to;
  }
  return { length: text.length, beginnings };
}

/** The digest of thinking, with what proves that it was not altered. */
export const thinkingDigest = (parts: readonly string[]): Digest => digestOf("thinking", parts);

/** The digest of the ID of a tool call. */
export const callDigest = (id: string): Digest => digestOf("call", [id]);

/**
 * The digests of a message after each of its blocks: a message that goes on where another one ended has the digest of that
 * one among its own.
 *
 * @param max The most that are written out: the last ones.
 */
export function stepDigests(role: string, blocks: readonly ConversationBlock[], max: number): readonly Digest[] {
  let state = addToDigest(EMPTY_DIGEST, role);
  const steps: Digest[] = [];
  for (const [index, block] of blocks.entries()) {
    state = partsOf(block).reduce(addClipped, addToDigest(state, block.kind));
    if (index >= blocks.length - max) steps.push(closeDigest(state));
  }
  return steps;
}

function partsOf(block: ConversationBlock): readonly string[] {
  switch (block.kind) {
    case "text":
      return [block.text];
    case "thinking":
      return block.parts;
    case "call":
      return [block.id];
    case "result":
      return [block.call];
    case "other":
      return [block.type];
  }
}
