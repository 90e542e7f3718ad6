import { FIELD_DECISIONS } from "@claude-on-aws/fetch";
import { BETAS } from "@claude-on-aws/models";

/** What becomes of something on its way to Amazon Bedrock; Claude Platform on AWS and Bedrock's Messages endpoint take the API as it is. */
export interface TranslationRow {
  /** A field of the body, or a value of `anthropic-beta`. */
  readonly subject: string;
  readonly decision: "drop" | "keep" | "move" | "ask for a beta";
  /** What stands in its place, or beside it; null where nothing does. */
  readonly as: string | null;
  /** Why, in words that follow "because", or who says so. */
  readonly reason: string;
}

/**
 * Lists what is translated for Amazon Bedrock.
 *
 * @returns Fields first, then betas.
 */
export function translationTable(): readonly TranslationRow[] {
  const fields = FIELD_DECISIONS.map(({ path, decision, beta = null, reason }): TranslationRow => ({
    subject: `body.${path.join(".")}`,
    decision: decision === "beta" ? "ask for a beta" : decision,
    as: beta,
    reason,
  }));
  const betas = BETAS.map(({ flag, onBedrock, nameOnBedrock = null, source }): TranslationRow => ({
    subject: `header.anthropic-beta ${flag}`,
    decision: onBedrock || nameOnBedrock !== null ? "move" : "drop",
    as: onBedrock ? "body.anthropic_beta" : nameOnBedrock === null ? null : `body.anthropic_beta ${nameOnBedrock}`,
    reason: source,
  }));
  return [...fields, ...betas];
}
