import type { Usage } from "../terms/usage.ts";

/** Reads an answer as it goes by, and changes nothing of it. What it holds is bounded. */
export interface AnswerReader {
  /**
   * Takes the next bytes; they are not kept.
   *
   * @param bytes What came.
   */
  readonly feed: (bytes: Uint8Array) => void;
  /** Whether all of the answer has come: its end may follow. */
  readonly isWhole: boolean;
  /** Whether what came ends where something of the gateway's own may stand. */
  readonly isBetweenEvents: boolean;
  /** What was used so far; null where the answer did not say, and nothing of it was to be counted. */
  readonly usage: Usage | null;
  /** The type of the error that stood in it; null where none did. */
  readonly errorType: string | null;
  /** Why it is not whole though it has an end, as a code in capitals: `fetch` ends streams so that broke off. Null otherwise. */
  readonly brokenBy: string | null;
  /** What ends a stream that broke off, so that its reader knows; undefined where nothing can be written there. */
  readonly endBroken: (message: string) => Uint8Array | undefined;
}

/** Most bytes of an event that are held to be read; a longer one goes by unread. */
export const MAX_EVENT_BYTES = 65_536;

/** So many characters are a token, where a stream broke off before the service said how many there were. */
const CHARACTERS_A_TOKEN = 4;

/**
 * Counts tokens of what streamed.
 *
 * @param characters How much of text came.
 * @returns The tokens, rounded up.
 */
export const tokensOf = (characters: number): number => Math.ceil(characters / CHARACTERS_A_TOKEN);
