/**
 * Where the prices come from, by tag.
 *
 * @example Usage
 * ```ts
 * import { PRICE_SOURCES } from "@claude-on-aws/models";
 * import { match } from "node:assert/strict";
 *
 * match(PRICE_SOURCES.list, /about-claude\/pricing/);
 * ```
 */
export const PRICE_SOURCES = {
  list: "https://platform.claude.com/docs/en/about-claude/pricing, «Model pricing», September 2026",
  overview:
    "https://platform.claude.com/docs/en/about-claude/models/overview and the overview of the model, October 2026",
  retold:
    "two who retell Anthropic's list in November 2026: github.com/archid21/rightsize v0.10.2 and docs.laozhang.ai, 2026-11-10",
  dated:
    "github.com/kurofune/claudit v1.9.2 and github.com/TheKrush/PromptFuel v1.0.23, which read Anthropic's list on 2026-10-16 and 2026-10-24",
  oldList: "https://docs.anthropic.com/en/docs/about-claude/pricing, August 2025: of models that later lists leave out",
  multipliers:
    "the same list, «Prompt caching»: writes for five minutes cost 1.25 of the input, those for an hour 2; of this model no source prints them",
} as const;

/** A tag of {@link PRICE_SOURCES}. */
export type PriceSource = keyof typeof PRICE_SOURCES;
