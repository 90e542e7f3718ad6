import { seededRandom } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { isTokenLike } from "./is-token-like.ts";

const SMALL = "abcdefghijklmnopqrstuvwxyz";
const BASE62 = `${SMALL}${SMALL.toUpperCase()}0123456789`;
const WORDS = 20_000;

/** How many of 20,000 words that are drawn by chance may pass for words, by what they are drawn from and their length. */
const MOST_MISSED: readonly (readonly [name: string, alphabet: string, length: number, most: number])[] = [
  ["base64", `${BASE62}+/`, 16, 160],
  ["base64url", `${BASE62}-_`, 16, 160],
  ["small and capital letters", `${SMALL}${SMALL.toUpperCase()}`, 16, 80],
  ["small letters", SMALL, 16, 120],
  ["base62", BASE62, 16, 20],
  ["hexadecimal digits", "0123456789abcdef", 16, 5],
  ["base64", `${BASE62}+/`, 24, 10],
  ["base64url", `${BASE62}-_`, 24, 10],
  ["base62", BASE62, 24, 5],
];

describe("isTokenLike()", () => {
  test.each(MOST_MISSED)("of %s (%s) sees through all but few words of %i", (_, alphabet, length, most) => {
    const random = seededRandom(20_261_130);
    const draw = (): string => Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
    const missed = Array.from({ length: WORDS }, draw).filter((word) => !isTokenLike(word));

    expect(missed.length).toBeLessThanOrEqual(most);
  });

  test.each([
    "AWSJavaScriptSDK",
    "maxJournalBodyBytes",
    "BedrockRuntimeClientResolvedConfig",
    "zlib.gzipSync",
    "fs.fsyncSync",
    "SRGB8_ALPHA8",
    "image/svg+XML",
    "MAX_VIEWS_OVR",
    "node_modules/.bin/tsc",
    "ClaudePlatformOnAWS/Get_URL+Path",
    "x-amzn-RequestId",
    "CLAUDE_CODE_USE_ANTHROPIC_AWS",
    "Mozilla/5.0_(X11;_Linux_x86_64)",
  ])("leaves %s", (word) => {
    expect(isTokenLike(word)).toBe(false);
  });
});
