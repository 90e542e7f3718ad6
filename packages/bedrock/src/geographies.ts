/**
 * Every geography that has inference profiles. There is none for Canada: its regions use `us` and `global`.
 *
 * @example Usage
 * ```ts
 * import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(GEOGRAPHIES.find((name) => "eu.anthropic.claude-opus-5".startsWith(`${name}.`)), "eu");
 * ```
 */
export const GEOGRAPHIES = ["us", "eu", "jp", "au", "in", "apac", "us-gov", "global"] as const;

/** What comes before the dot in an inference profile's id: where its requests may run. */
export type Geography = (typeof GEOGRAPHIES)[number];
