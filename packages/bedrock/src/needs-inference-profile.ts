// The models that Bedrock still serves by their bare id, "on demand".
const ON_DEMAND_MODELS: readonly string[] = [
  "anthropic.claude-instant-",
  "anthropic.claude-v2",
  "anthropic.claude-3-haiku-",
  "anthropic.claude-3-sonnet-",
  "anthropic.claude-3-5-sonnet-20240620-",
];

/**
 * Says whether Bedrock refuses a bare model id with "on-demand throughput isn't supported" and wants an inference
 * profile instead.
 *
 * @example Usage
 * ```ts
 * import { needsInferenceProfile } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(needsInferenceProfile("anthropic.claude-opus-5"), true);
 * equal(needsInferenceProfile("us.anthropic.claude-opus-5"), false);
 * ```
 *
 * @param modelId The id as it would be sent; ARNs and profile ids never need one.
 * @returns True only for models of Anthropic that are not served on demand.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html | Supported models}
 */
export function needsInferenceProfile(modelId: string): boolean {
  return modelId.startsWith("anthropic.claude-") && !ON_DEMAND_MODELS.some((start) => modelId.startsWith(start));
}
