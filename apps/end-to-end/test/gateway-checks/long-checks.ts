import { GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
import { shareOf } from "@claude-on-aws/fixtures";

/** They take long, and whatever they find they find of one service as of another. */
export const LONG_CHECKS: readonly string[] = ["long-body-forwarded", "stream-odd-pieces", "stream-many-at-once"];

const PROVIDERS = ["anthropic-aws", "bedrock", "mantle"] as const;

/** Of which service this runtime asks for what takes long. */
const askedLong: ReadonlySet<string> = new Set(shareOf(PROVIDERS));

/** The checks that are asked of a gateway to a service: all of them on one runtime at least. */
export const checksFor = (provider: string): readonly string[] =>
  GATEWAY_CHECKS.map(({ id }) => id).filter((id) => askedLong.has(provider) || !LONG_CHECKS.includes(id));
