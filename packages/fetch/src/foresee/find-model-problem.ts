import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { Problem } from "@claude-on-aws/env";
import { findModelRefusal } from "./find-model-refusal.ts";
import { refusalOf } from "./refusals.ts";

/**
 * Says what a service of AWS has against a model, whoever asks for it.
 *
 * @example Usage
 * ```ts
 * import { findModelProblem } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const problem = findModelProblem("us.anthropic.claude-opus-5", "bedrock", "eu-central-1");
 * equal(problem?.code, "PROFILE_NOT_IN_REGION");
 * equal(problem?.fix, "Ask for eu.anthropic.claude-opus-5 or global.anthropic.claude-opus-5.");
 * ```
 *
 * @param id The id or ARN as it is sent.
 * @param provider Whose service is asked.
 * @param region The region that is asked; null for any.
 * @returns A warning with the refusal; `undefined` where nothing is known against the model.
 */
export function findModelProblem(id: string, provider: AwsProvider, region: string | null): Problem | undefined {
  const foreseen = findModelRefusal(id, { provider, region, hostRegion: region });
  const refusal = foreseen === undefined ? undefined : refusalOf(foreseen.code, provider);
  return foreseen === undefined || refusal === undefined ? undefined : { ...foreseen, refusal };
}
