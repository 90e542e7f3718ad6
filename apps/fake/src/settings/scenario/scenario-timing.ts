/**
 * When the pieces of a stream come. What does not stream comes when the last piece would have.
 *
 * A token is four bytes of text, as everywhere in the fake. Pieces come by a schedule that is made when the stream begins: one
 * that is late makes none of the others late.
 */
export interface ScenarioTiming {
  /**
   * Time until the first piece, in milliseconds; the head of the reply does not wait.
   *
   * @default {0}
   */
  readonly firstTokenMs?: number | undefined;
  /**
   * How many tokens come in a second: each in a piece of its own, in a long text several.
   *
   * @default {all at once}
   */
  readonly tokensPerSecond?: number | undefined;
  /**
   * By how much of itself a gap is longer or shorter at most, from 0 to 1.
   *
   * @default {0}
   */
  readonly jitter?: number | undefined;
  /**
   * What the jitter is made from, a whole number: the same number makes the same gaps.
   *
   * @default {0}
   */
  readonly seed?: number | undefined;
  /** The pieces in which the text comes: they add up to it, or stand for it where the reply has none. */
  readonly chunks?: readonly string[] | undefined;
}
