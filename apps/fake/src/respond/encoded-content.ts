import type { ClaudeContentBlock } from "@claude-on-aws/streaming/claude";

/** The events of a message's content, written one behind the other. */
export interface EncodedContent {
  readonly bytes: Uint8Array;
  /** How many events these are. */
  readonly events: number;
}

/** How many texts are remembered, and how long each may be. */
const MAX_TEXTS = 64;
const MAX_TEXT_LENGTH = 16_384;

/**
 * Remembers how texts are written as events. A script says the same again and again, and no part of it changes from
 * answer to answer but the head and the end of its stream.
 *
 * @param encode Writes the events of a content.
 * @returns The same, which looks up what it wrote before; the texts that were not asked for longest go first.
 */
export function rememberTexts(
  encode: (content: readonly ClaudeContentBlock[]) => EncodedContent,
): (content: readonly ClaudeContentBlock[]) => EncodedContent {
  const known = new Map<string, EncodedContent>();
  return (content) => {
    const text = onlyText(content);
    if (text === undefined || text.length > MAX_TEXT_LENGTH) return encode(content);
    let encoded = known.get(text);
    if (encoded === undefined) {
      encoded = encode(content);
      const [oldest] = known.size >= MAX_TEXTS ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
    } else {
      known.delete(text);
    }
    known.set(text, encoded);
    return encoded;
  };
}

function onlyText([block, ...more]: readonly ClaudeContentBlock[]): string | undefined {
  if (block?.type !== "text" || more.length > 0 || block.citations?.length) return undefined;
  return (block as { readonly text: string }).text;
}
