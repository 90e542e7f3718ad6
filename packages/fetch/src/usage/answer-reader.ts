import type { Usage } from "./usage.ts";

/** Reads an answer as it goes by, and changes nothing of it. It holds 64 KiB at most: a longer event goes by unread. */
export interface AnswerReader {
  /**
   * Takes the next bytes; they are not kept.
   *
   * @param bytes What came.
   */
  readonly feed: (bytes: Uint8Array) => void;
  /** Whether all of the answer has come: its end may follow. */
  readonly isWhole: boolean;
  /** Whether what came ends where something of who relays it may stand. */
  readonly isBetweenEvents: boolean;
  /** What was used so far; null where the answer did not say, and nothing of it was to be counted. */
  readonly usage: Usage | null;
  /** Whether `usage` is the service's last word. Of an answer that broke off before, it is what was said so far, and an estimate of the rest. */
  readonly isCounted: boolean;
  /**
   * Tokens that what streamed can be at most: no token is less than a byte of what the model wrote. What it thought and what
   * tools of the service did may be more than streamed.
   */
  readonly mostStreamedTokens: number;
  /** The type of the error that stood in it; null where none did. */
  readonly errorType: string | null;
  /** Why it is not whole though it has an end, as a code in capitals: `fetch` ends streams so that broke off. Null otherwise. */
  readonly brokenBy: string | null;
  /** What ends a stream that broke off, so that its reader knows; undefined where nothing can be written there. */
  readonly endBroken: (message: string) => Uint8Array | undefined;
}

/** Most bytes of an event that are held to be read; a longer one goes by unread. */
export const MAX_EVENT_BYTES = 65_536;

/** So many bytes are a token of English, roughly, where a stream broke off before the service said how many there were. */
const BYTES_A_TOKEN = 4;

/**
 * Estimates the tokens of what streamed.
 *
 * @param bytes How much of text came.
 * @returns The tokens, rounded up.
 */
export const tokensOf = (bytes: number): number => Math.ceil(bytes / BYTES_A_TOKEN);
