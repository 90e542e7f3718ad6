import { isObject } from "@claude-on-aws/endpoints";
import type { ServedModel } from "../models/served-models.ts";
import { raisesOutput } from "./raises-output.ts";

const THINKING_PAGE =
  "Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking";

/** With it a budget spans a whole turn of tool uses, and may exceed one answer. */
const INTERLEAVED = "interleaved-thinking-";

/**
 * Finds what is wrong with parameters that depend on each other or on the model.
 *
 * @param input A body of CreateMessage or InvokeModel that fits its schema.
 * @param model The model, where it is known which one answers.
 * @param maxOutputTokens Largest `max_tokens` of a model for which none is documented.
 * @returns The words of the Claude API.
 * @see {@link https://github.com/anthropics/claude-code/issues/24451 | More than the largest output}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/extended-thinking | Extended thinking}
 */
export function findParameterProblem(
  input: Readonly<Record<string, unknown>>,
  model: ServedModel | undefined,
  betas: readonly string[],
  maxOutputTokens: number,
): string | undefined {
  const maxTokens = input["max_tokens"] as number;
  if (model !== undefined) {
    const limit = model.maxOutputTokens ?? maxOutputTokens;
    if (maxTokens > limit && !raisesOutput(betas)) {
      return `max_tokens: ${maxTokens} > ${limit}, which is the maximum allowed number of output tokens for ${model.datedId ?? model.id}`;
    }
    if (typeof input["inference_geo"] === "string" && model.id.endsWith("-4-5")) {
      return `inference_geo: not supported for ${model.datedId ?? model.id}`;
    }
  }
  const thinking = input["thinking"];
  if (!isObject(thinking) || thinking["type"] !== "enabled") return undefined;
  // What the model does not take at all is said in the words for that.
  if (model?.capabilities?.thinking.enabled === "refused") return undefined;
  const interleaved = betas.some((beta) => beta.startsWith(INTERLEAVED));
  if ((thinking["budget_tokens"] as number) >= maxTokens && !interleaved) {
    return `\`max_tokens\` must be greater than \`thinking.budget_tokens\`. ${THINKING_PAGE}#max-tokens-and-context-window-size`;
  }
  const { temperature } = input;
  if (temperature === undefined || temperature === 1) return undefined;
  return `\`temperature\` may only be set to 1 when thinking is enabled. ${THINKING_PAGE}#important-considerations-when-using-extended-thinking`;
}
