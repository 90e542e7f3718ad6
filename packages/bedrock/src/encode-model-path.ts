import { BedrockError } from "./bedrock-error.ts";

/** Options for {@link encodeModelPath}. */
export interface EncodeModelPathOptions {
  /**
   * How a colon is written: `raw` as Anthropic's SDKs and Claude Code do, which leave alone whatever a path may
   * hold (`@` and `$` too); `encoded` (`%3A`) as AWS's SDKs do, which encode all but letters, digits and `-._~`.
   *
   * @default {"encoded"}
   */
  readonly colon?: "raw" | "encoded" | undefined;
}

// What encodeURIComponent leaves alone although RFC 3986 reserves it.
const RESERVED = /[!'()*]/g;

// What RFC 3986 allows in a segment although encodeURIComponent encodes it.
const ALLOWED_IN_SEGMENT = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Writes a model id or ARN as one segment of a URL path, as in `/model/{segment}/invoke`.
 *
 * A slash is always `%2F`. Both spellings of the colon name the same model, but a signature covers the spelling that
 * was sent.
 *
 * @example Usage
 * ```ts
 * import { encodeModelPath } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * const id = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
 *
 * equal(encodeModelPath(id), "us.anthropic.claude-sonnet-4-5-20250929-v1%3A0");
 * equal(encodeModelPath(id, { colon: "raw" }), id);
 * ```
 *
 * @param modelId The id or ARN, not yet encoded.
 * @param options How a colon is written.
 * @returns The segment; {@link decodeModelPath} gives the id back.
 * @throws {BedrockError} `MODEL_PATH_ENCODING` where the text holds half a surrogate pair and so has no UTF-8 form.
 *
 * @see Observed in Claude Code 2.1.329 and `@anthropic-ai/bedrock-sdk` 1.1.2 (raw), and in
 * `@aws-sdk/client-bedrock-runtime` 3.1162.0 and botocore 1.43.11 (encoded).
 */
export function encodeModelPath(modelId: string, options: EncodeModelPathOptions = {}): string {
  let segment: string;
  try {
    segment = encodeURIComponent(modelId);
  } catch (cause) {
    throw new BedrockError(
      "MODEL_PATH_ENCODING",
      modelId,
      "Cannot write model id",
      "expected text without half surrogate pairs",
      { cause },
    );
  }
  return options.colon === "raw"
    ? segment.replace(ALLOWED_IN_SEGMENT, decodeURIComponent)
    : segment.replace(RESERVED, encodeCharacter);
}
