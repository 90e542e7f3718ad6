import { findBeta } from "@claude-on-aws/models";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { speaksMessagesApi } from "../exchange/speaks-messages-api.ts";
import { fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { betasOf } from "./betas-of.ts";

/**
 * Checks whether the service takes the betas that a request asks for.
 *
 * @returns `beta-unknown` where it does not; `not-applicable` where it asks for none.
 */
export function checkBetas(exchange: Exchange, { facts }: FakeSettings): Verdict {
  const betas = betasOf(exchange);
  if (betas.length === 0) return "not-applicable";
  const { provider, operation } = exchange.route;
  if (!speaksMessagesApi(exchange.route)) {
    if (facts.unknownBetasOnBedrock === "accept" || betas.every((flag) => findBeta(flag)?.onBedrock === true))
      return undefined;
    const throughConverse = operation?.built?.form?.startsWith("converse") === true;
    const words = "invalid beta flag";
    return fault("beta-unknown", throughConverse ? `The model returned the following errors: ${words}` : words);
  }
  if (provider === "mantle" && !facts.betaHeaderOnMantle) {
    return fault("beta-unknown", "anthropic-beta: header is not supported");
  }
  if (facts.unknownBetasOnMessagesApi === "accept") return undefined;
  const unknown = betas.filter((flag) => findBeta(flag) === undefined);
  if (unknown.length === 0) return undefined;
  const listed = unknown.map((flag) => `\`${flag}\``).join(", ");
  return fault(
    "beta-unknown",
    `Unexpected value(s) ${listed} for the \`anthropic-beta\` header. Please consult our documentation at docs.claude.com or try again without the header.`,
  );
}
