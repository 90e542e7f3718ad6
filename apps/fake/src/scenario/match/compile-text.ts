import { refuse } from "../../input/read-json.ts";
import type { ScenarioText } from "../../settings/scenario/scenario-text.ts";

/** How much of a text a pattern is tried on, in UTF-16 code units: nothing else bounds what it costs. */
export const MAX_PATTERN_TEXT = 16_384;

/** Flags that say how a pattern is read. Others say where the next search begins, of which there is none. */
const PATTERN_FLAGS = /^[imsuv]*$/;

/**
 * Makes a test out of what a text must be like.
 *
 * @param path Where it stands, for the message of the error.
 * @returns Tells whether a text fits.
 * @throws {FakeError} `SCENARIO_VALUE` where it is no pattern.
 */
export function compileText(wanted: ScenarioText, path: string): (text: string) => boolean {
  if (typeof wanted === "string") return (text) => text.includes(wanted);
  const pattern = wanted instanceof RegExp ? ofRegExp(wanted) : compilePattern(wanted, path);
  return (text) => pattern.test(text.length > MAX_PATTERN_TEXT ? text.slice(0, MAX_PATTERN_TEXT) : text);
}

/** One that is global or sticky would remember where it was. */
const ofRegExp = ({ source, flags }: RegExp): RegExp => new RegExp(source, flags.replaceAll(/[dgy]/g, ""));

function compilePattern({ pattern, flags = "" }: Exclude<ScenarioText, string | RegExp>, path: string): RegExp {
  if (!PATTERN_FLAGS.test(flags)) refuse(flags, `${path}.flags`, "flags of i, m, s, u and v", "leave the others out");
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    return refuse(pattern, `${path}.pattern`, "a pattern of JavaScript", `correct it (${(error as Error).message})`);
  }
}
