import { findBeta } from "@claude-on-aws/models";
import type { Translation } from "../../translate/translation.ts";

/** What Amazon Bedrock is sent of the betas that a client asked for. */
export interface TranslatedBetas {
  /** For the body, each once, in the client's order. */
  readonly flags: readonly string[];
  readonly translations: readonly Translation[];
}

/** What becomes of a beta that no table has: services add some each month. */
export type UnknownBetas = "drop" | "forward";

/** Betas of what Amazon Bedrock has no place for: the field that they bring is dropped with them. */
const IN_HEADER = "header.anthropic-beta";
const IN_BODY = "body.anthropic_beta";

/**
 * Translates the values of the header `anthropic-beta` to those that Amazon Bedrock takes in a body. One that it does not take
 * would refuse the whole request, with `invalid beta flag`.
 *
 * @param asked The values of the header, in the client's order.
 * @param given What stands in the body already; it is taken as it is.
 * @param unknown What becomes of a value that is not in `BETAS`.
 * @returns The values for the body, and what was changed.
 */
export function translateBetas(
  asked: readonly string[],
  given: readonly string[],
  unknown: UnknownBetas,
): TranslatedBetas {
  const flags = new Set(given);
  const translations: Translation[] = [];
  for (const flag of new Set(asked)) {
    const beta = findBeta(flag);
    const name = beta?.onBedrock === true || (beta === undefined && unknown === "forward") ? flag : beta?.nameOnBedrock;
    const change = { subject: IN_HEADER, before: flag, range: null };
    if (name === undefined) {
      const reason = beta === undefined ? "it is not known to take it" : "it does not take it";
      translations.push({
        ...change,
        action: "drop",
        place: null,
        after: null,
        reason: `Amazon Bedrock refuses a request with a beta that it does not take, and ${reason}`,
      });
      continue;
    }
    flags.add(name);
    const reason =
      name === flag
        ? "Amazon Bedrock reads betas in the body"
        : "Amazon Bedrock has it under another name, and reads betas in the body";
    translations.push({ ...change, action: "move", place: IN_BODY, after: name, reason });
  }
  return { flags: [...flags], translations };
}
