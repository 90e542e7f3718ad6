import { CAPABILITY_WORDS } from "@claude-on-aws/models";
import type { AskedModel, AskedWhere, FindCapabilityProblem } from "../../exchange/capability.ts";
import type { AskedOfModel } from "./asked-of-model.ts";
import {
  CAPABILITY_CHECKS,
  CAPABILITY_CHECKS_WHEN_COUNTING,
  type CapabilityCheck,
  type CapabilityProblem,
  SCHEMA_CHECKS_WHEN_COUNTING,
} from "./capability-checks.ts";
import { readConverseBody } from "./read-converse-body.ts";
import { findParameterProblem } from "../find-parameter-problem.ts";
import { readMessagesBody } from "./read-messages-body.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const findAmong =
  (checksOf: (where: AskedWhere) => readonly CapabilityCheck[], read: (input: JsonObject) => AskedOfModel) =>
  (input: JsonObject, model: AskedModel, where: AskedWhere): string | undefined => {
    const asked = read(input);
    for (const check of checksOf(where)) {
      const problem = check(asked, model.capabilities, where);
      if (problem !== undefined) return wordsOf(problem, model);
    }
    return undefined;
  };

function wordsOf([refusal, detail]: CapabilityProblem, { id, capabilities }: AskedModel): string {
  const effort = capabilities.effort === "unknown" ? [] : capabilities.effort;
  return CAPABILITY_WORDS[refusal].words(detail, { id, effort });
}

/** Says what of a body of CreateMessage or InvokeModel the model does not take. */
export const findMessagesCapabilityProblem: FindCapabilityProblem = findAmong(
  () => CAPABILITY_CHECKS,
  readMessagesBody,
);

/** Says what of a body of Converse the model does not take. */
export const findConverseCapabilityProblem: FindCapabilityProblem = (input, model, where) =>
  findAmongConverse(input, model, where) ?? findThinkingLimits(input, where);

const findAmongConverse: FindCapabilityProblem = findAmong(() => CAPABILITY_CHECKS, readConverseBody);

/** What depends on thinking, as the Messages API demands it of its own bodies. */
function findThinkingLimits(input: JsonObject, { facts, betas }: AskedWhere): string | undefined {
  const { maxTokens, temperature, thinking } = readConverseBody(input);
  const body = { max_tokens: maxTokens, temperature, thinking };
  return thinking && findParameterProblem(body, undefined, betas(), facts.maxOutputTokens);
}

/** Says what of a body whose tokens the Messages API counts the model does not take. */
export const findCountedCapabilityProblem: FindCapabilityProblem = findAmong(
  ({ service }) =>
    service === "mantle"
      ? [...SCHEMA_CHECKS_WHEN_COUNTING, ...CAPABILITY_CHECKS_WHEN_COUNTING]
      : CAPABILITY_CHECKS_WHEN_COUNTING,
  readMessagesBody,
);

/** Says whether CountTokens of Bedrock's runtime counts for the model, under the id that it was named by. */
export const findCountingCapabilityProblem: FindCapabilityProblem = (_, model, { facts }) => {
  const counts = model.capabilities.countTokensOnRuntime;
  const isRefused = counts === "none" || (counts === "bare id" && !model.isBare && !facts.countTokensThroughProfiles);
  return isRefused ? wordsOf(["count tokens", ""], model) : undefined;
};
