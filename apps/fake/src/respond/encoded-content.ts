import type { ClaudeContentBlock } from "@claude-on-aws/streaming/claude";

/** The events of a message's content, written one after another. */
export interface EncodedContent {
  readonly bytes: Uint8Array;
  /** How many events they are. */
  readonly events: number;
}

/** How many texts are remembered, and how long each may be in UTF-16 code units. */
const MAX_TEXTS = 64;
const MAX_TEXT_LENGTH = 16_384;

/**
 * Remembers how texts are written as events. A script says the same again and again, and nothing in its stream changes from
 * answer to answer but the beginning and the end.
 *
 * @param encode Writes the events of a content.
 * @returns The same function, which looks up what it wrote before. The text that was not asked for the longest is forgotten
 * first.
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
