/** When the pieces of a stream come. */
export interface ScenarioTiming {
  /** Time before the first event, in milliseconds. */
  readonly firstTokenMs?: number | undefined;
  /** How many tokens come in a second. */
  readonly tokensPerSecond?: number | undefined;
  /** By how much of itself a gap is longer or shorter at most, from 0 to 1. */
  readonly jitter?: number | undefined;
  /** What the jitter is made from: the same number makes the same gaps. */
  readonly seed?: number | undefined;
  /** The pieces into which the text is cut. */
  readonly chunks?: readonly string[] | undefined;
}
