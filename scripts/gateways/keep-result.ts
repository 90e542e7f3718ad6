import type { GatewayCheckResult } from "../../apps/fake/src/gateway-checks.ts";
import type { KeptResult } from "./gateway-set-up.ts";

/** What differs from run to run, and what stands in its place. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/check-[A-Z2-7]{20}/g, "check-…"],
  [/ #[0-9a-f]{4}›/g, "›"],
  [/req_[0-9A-Za-z]{10,}/g, "req_…"],
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:…"],
];

/**
 * Makes of a result what is kept: the same for the same gateway, whenever it is asked.
 *
 * @param result The result.
 * @returns Without its demand and its source, which the table of checks has.
 */
export function keepResult({ id, verdict, found, reason }: GatewayCheckResult): KeptResult {
  const stable = found && VOLATILE.reduce((text, [volatile, instead]) => text.replace(volatile, instead), found);
  return {
    id,
    verdict,
    ...(stable === undefined ? {} : { found: stable }),
    ...(reason === undefined ? {} : { reason }),
  };
}
