import {
  described,
  duration,
  listOf,
  numberFrom,
  objectOf,
  type Reader,
  text,
  wholeNumber,
} from "../../input/read-json.ts";
import type { ScenarioTiming } from "../../settings/scenario/scenario-timing.ts";

/** More than a timer can tell apart, and less than one a day. */
const [LEAST_TOKENS, MOST_TOKENS] = [0.001, 1_000_000];

const TIMING_READERS: { readonly [Name in keyof ScenarioTiming]-?: Reader } = {
  firstTokenMs: described("Time until the first piece, in milliseconds", duration),
  tokensPerSecond: described(
    "How many tokens come in a second; a token is four bytes of text",
    numberFrom(LEAST_TOKENS, MOST_TOKENS),
  ),
  jitter: described("By how much of itself a gap is longer or shorter at most", numberFrom(0, 1)),
  seed: described("What the jitter is made from; the same number makes the same gaps", wholeNumber(0)),
  chunks: described("The pieces in which the text comes: they add up to it, or stand for it", listOf(text, 1)),
};

/**
 * Reads when the pieces of a stream come.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const timing: Reader = objectOf(TIMING_READERS);
