import { BedrockError } from "./bedrock-error.ts";

/**
 * Reads a model id or ARN from one segment of a URL path, whichever way its colons are written.
 *
 * It decodes once: a `%25` in the segment is a percent sign in the id.
 *
 * @example Usage
 * ```ts
 * import { decodeModelPath } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(decodeModelPath("anthropic.claude-3-haiku-20240307-v1%3A0"), "anthropic.claude-3-haiku-20240307-v1:0");
 * equal(decodeModelPath("anthropic.claude-3-haiku-20240307-v1:0"), "anthropic.claude-3-haiku-20240307-v1:0");
 * ```
 *
 * @param segment The segment as it is in the request, without the slashes around it.
 * @returns The model id or ARN.
 * @throws {BedrockError} `MODEL_PATH_ENCODING` where a percent sign begins no valid UTF-8 sequence.
 */
export function decodeModelPath(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new BedrockError(
      "MODEL_PATH_ENCODING",
      segment,
      "Cannot read model id from path segment",
      "expected every % to begin a percent-encoded UTF-8 sequence",
      { cause },
    );
  }
}
