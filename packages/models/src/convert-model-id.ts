import type { Geography } from "@claude-on-aws/bedrock";
import { findModel } from "./find-model.ts";
import { ModelError } from "./model-error.ts";
import { parseModelId } from "./parse-model-id.ts";

/** Who spells a model id: the first party (and Claude Platform on AWS), Bedrock, or Bedrock's Messages endpoint. */
export type ModelSpelling = "anthropic" | "bedrock" | "mantle";

/** Options for {@link convertModelId}. */
export interface ConvertModelIdOptions {
  /**
   * Geography to write before a Bedrock id; null writes the bare id of the foundation model.
   *
   * @default {null}
   */
  readonly geography?: Geography | null | undefined;
}

/**
 * Writes a model's id the way another provider spells it. A `[1m]` is kept.
 *
 * @example Usage
 * ```ts
 * import { convertModelId } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(convertModelId("claude-opus-4-6", "bedrock", { geography: "eu" }), "eu.anthropic.claude-opus-4-6-v1");
 * equal(convertModelId("us.anthropic.claude-haiku-4-5-20251001-v1:0", "mantle"), "anthropic.claude-haiku-4-5");
 * ```
 *
 * @param text The id in any spelling.
 * @param spelling Who is to spell it.
 * @param options The geography.
 * @returns The id in that spelling.
 * @throws {ModelError} `MODEL_ID` if the text is not an id, `MODEL_UNKNOWN` if the catalogue does not have the model,
 * `MODEL_NOT_SERVED` if Bedrock's Messages endpoint does not serve it.
 */
export function convertModelId(text: string, spelling: ModelSpelling, options: ConvertModelIdOptions = {}): string {
  const { context1m } = parseModelId(text);
  const model = findModel(text);
  if (model === undefined) {
    throw new ModelError("MODEL_UNKNOWN", text, "Cannot convert model id", "expected a model of the catalogue");
  }
  const suffix = context1m ? "[1m]" : "";
  if (spelling === "anthropic") return model.id + suffix;
  if (spelling === "bedrock") {
    const { geography = null } = options;
    return (geography === null ? model.bedrockId : `${geography}.${model.bedrockId}`) + suffix;
  }
  if (model.mantleId === null) {
    throw new ModelError(
      "MODEL_NOT_SERVED",
      text,
      "Cannot convert model id",
      "expected a model that Bedrock's Messages endpoint serves",
    );
  }
  return model.mantleId + suffix;
}
