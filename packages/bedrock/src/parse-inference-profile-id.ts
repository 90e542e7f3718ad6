import { BedrockError } from "./bedrock-error.ts";
import { GEOGRAPHIES, type Geography } from "./geographies.ts";

/** The parts of a system inference profile's id. */
export interface InferenceProfileId {
  readonly geography: Geography;
  /** The model that it routes to, such as `anthropic.claude-opus-5`. */
  readonly modelId: string;
}

/**
 * Splits the id of a system inference profile.
 *
 * @example Usage
 * ```ts
 * import { parseInferenceProfileId } from "@claude-on-aws/bedrock";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(parseInferenceProfileId("eu.anthropic.claude-opus-5"), {
 *   geography: "eu",
 *   modelId: "anthropic.claude-opus-5",
 * });
 * ```
 *
 * @param text The id, not an ARN.
 * @returns Its geography and its model; joined by a dot, they give the id back.
 * @throws {BedrockError} `PROFILE_ID` where it does not begin with a geography.
 */
export function parseInferenceProfileId(text: string): InferenceProfileId {
  const dot = text.indexOf(".");
  const geography = GEOGRAPHIES.find((name) => name === text.slice(0, Math.max(dot, 0)));
  const modelId = text.slice(dot + 1);
  if (geography === undefined || modelId === "") {
    throw new BedrockError(
      "PROFILE_ID",
      text,
      "Cannot parse inference profile id",
      `expected one of ${GEOGRAPHIES.join(", ")} before a dot and a model id`,
    );
  }
  return { geography, modelId };
}
