import { formatServiceHost } from "@claude-on-aws/endpoints";
import type { Config } from "@claude-on-aws/env";

// AWS's SDK takes no other host for an endpoint of FIPS.
const FIPS = /^fips-|-fips$/;

/**
 * Finds where the control plane of Amazon Bedrock is, as Claude Code does.
 *
 * @param config The configuration.
 * @returns Its origin, and the path of its base URL, without a slash where that is all; null where there is no such host.
 */
export function findControlPlane({
  region,
  controlPlaneUrl,
}: Pick<Config, "region" | "controlPlaneUrl">): { path: string; origin: string } | null {
  const given = controlPlaneUrl?.value ?? "";
  const isGiven = URL.canParse(given);
  const name = region?.value ?? "us-east-1";
  if (isGiven && FIPS.test(name)) return null;
  const url = isGiven ? given : `https://${formatServiceHost({ provider: "bedrock", plane: "control", region: name })}`;
  // An old client accepts any text as a region, and some make no host.
  if (!URL.canParse(url)) return null;
  const base = new URL(url);
  // A slash at the end is kept here, unlike for inference.
  return { path: base.pathname === "/" ? "" : base.pathname, origin: base.origin };
}
