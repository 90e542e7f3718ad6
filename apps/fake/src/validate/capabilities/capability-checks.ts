import {
  type ByService,
  type CapabilityRefusal,
  CONTEXT_BETA,
  type ModelCapabilities,
  type ModelService,
  NOT_ON_RUNTIME,
} from "@claude-on-aws/models";
import type { AskedWhere } from "../../exchange/capability.ts";
import { raisesOutput } from "../raises-output.ts";
import type { AskedOfModel } from "./asked-of-model.ts";

/** What is wrong, and the detail that its words name. */
export type CapabilityProblem = readonly [refusal: CapabilityRefusal, detail: string];

/** Looks for one kind of thing that the model does not take. */
export type CapabilityCheck = (
  asked: AskedOfModel,
  model: ModelCapabilities,
  where: AskedWhere,
) => CapabilityProblem | undefined;

const ABOVE_HIGH: ReadonlySet<string> = new Set(["xhigh", "max"]);

/** Fields of adaptive thinking that thinking between tools has not. */
const NOT_BETWEEN_TOOLS = ["display", "budget_tokens", "block_binding"] as const;

const findThinkingProblem: CapabilityCheck = ({ thinking, effort }, model, { facts }) => {
  const forms = model.thinking;
  const hasNone = forms.enabled === "refused" && forms.adaptive === "refused";
  switch (thinking?.["type"]) {
    case "enabled":
      if (forms.enabled !== "refused") return undefined;
      return [hasNone ? "thinking on a model without it" : "thinking enabled", ""];
    case "adaptive":
      if (forms.adaptive !== "refused") return undefined;
      return [hasNone ? "thinking on a model without it" : "thinking adaptive", ""];
    case "between_tools": {
      if (forms.between_tools === "refused") return ["thinking between tools", ""];
      const field = NOT_BETWEEN_TOOLS.find((name) => thinking[name] !== undefined);
      if (field !== undefined) return ["field between tools", field];
      return effort !== undefined && ABOVE_HIGH.has(effort) ? ["effort between tools", effort] : undefined;
    }
    case "disabled": {
      if (forms.disabled === "refused") {
        return [forms.between_tools === "taken" ? "thinking disabled where between_tools is" : "thinking disabled", ""];
      }
      const upToHigh =
        forms.disabled === "taken up to high" ||
        (forms.disabled === "disputed above high" && !facts.highEffortWithoutThinkingOnOpus48);
      return upToHigh && effort !== undefined && ABOVE_HIGH.has(effort)
        ? ["effort without thinking", effort]
        : undefined;
    }
    default:
      return undefined;
  }
};

const findEffortProblem: CapabilityCheck = ({ effort }, { effort: levels }) => {
  if (effort === undefined || levels === "unknown" || levels.includes(effort)) return undefined;
  return levels.length === 0 ? ["effort", ""] : ["effort level", effort];
};

/** The model's own `top_p`, by its card and by the reference of the API. */
const DEFAULT_TOP_P: ReadonlySet<number> = new Set([0.99, 1]);

const findSamplingProblem: CapabilityCheck = ({ temperature, topP, topK }, { sampling }) => {
  if (sampling === "defaults only") {
    if (temperature !== undefined && temperature !== 1) return ["sampling", "temperature"];
    if (topP !== undefined && !DEFAULT_TOP_P.has(topP)) return ["sampling", "top_p"];
    if (topK !== undefined) return ["sampling", "top_k"];
  }
  if (sampling !== "one of temperature and top_p") return undefined;
  return temperature === undefined || topP === undefined ? undefined : ["two of sampling", ""];
};

const findForcedToolProblem: CapabilityCheck = ({ forcesTool, thinking }, model, { facts }) => {
  if (!forcesTool) return undefined;
  if (model.forcedTools === "refused") return ["forced tools", ""];
  if (model.forcedTools === "disputed" && !facts.forcedToolsOnFable5) return ["forced tools of Fable 5", ""];
  const thinks =
    thinking?.["type"] === "enabled" || (thinking?.["type"] === "adaptive" && !facts.forcedToolsWithAdaptiveThinking);
  return thinks ? ["forced tools with thinking", ""] : undefined;
};

const findForcedToolProblemWhenCounting: CapabilityCheck = ({ forcesTool }, model) =>
  forcesTool && model.forcedToolsWhenCounting === "refused" ? ["forced tools", ""] : undefined;

const on = (cells: ByService, service: ModelService): string =>
  cells[service === "converse" || service === "invoke-model" ? "runtime" : service];

const findOutputFormatProblem: CapabilityCheck = ({ hasOutputFormat }, model, { service, facts }) => {
  if (!hasOutputFormat || (service === "mantle" && facts.outputFormatOnMantle)) return undefined;
  return on(model.outputFormat, service) === "refused" ? ["output format", ""] : undefined;
};

const findStrictToolProblem: CapabilityCheck = ({ tools }, model, { service }) => {
  if (on(model.strictTools, service) !== "refused") return undefined;
  const index = tools.findIndex(({ isStrict }) => isStrict);
  return index === -1 ? undefined : ["strict tool", String(index)];
};

const findServerToolProblem: CapabilityCheck = ({ tools }, _, { service }) => {
  if (service !== "converse" && service !== "invoke-model") return undefined;
  const index = tools.findIndex(({ type }) => NOT_ON_RUNTIME.test(type));
  return index === -1 ? undefined : ["tool of the server", `${index}: ${tools[index]?.type}`];
};

const findToolTypeProblem: CapabilityCheck = ({ tools }, { computerTools }, { service }) => {
  if (service !== "converse" && service !== "invoke-model") return undefined;
  const refused = tools.find(({ type }) => Object.hasOwn(computerTools, type) && computerTools[type] === "refused");
  return refused && ["tool type", refused.type];
};

/** The model of whose largest output the tables of Amazon Bedrock disagree; the others are held to theirs with the body. */
const DISPUTED_OUTPUT = "claude-sonnet-4-6";

const findOutputProblem: CapabilityCheck = ({ maxTokens }, { id }, { service, facts, betas }) => {
  const limit = facts.maxOutputTokensOfSonnet46OnBedrock;
  const isRuntime = service === "converse" || service === "invoke-model";
  if (id !== DISPUTED_OUTPUT || !isRuntime || maxTokens === undefined || maxTokens <= limit) return undefined;
  if (raisesOutput(betas())) return undefined;
  return ["output limit", `${maxTokens} > ${limit}`];
};

/** The window itself is not held to a length: nobody counts tokens here as the models do. */
const findContextBetaProblem: CapabilityCheck = (_, { contextBeta }, { service, facts, betas }) => {
  const isRuntime = service === "converse" || service === "invoke-model";
  if (facts.contextBetaOnOtherModels === "accept" || !isRuntime || contextBeta !== null) return undefined;
  return betas().includes(CONTEXT_BETA) ? ["context beta", ""] : undefined;
};

const findSystemRoleProblem: CapabilityCheck = ({ systemRole }, { systemRole: takes }) => {
  if (systemRole === "nowhere") return undefined;
  if (takes === "refused") return ["system role", ""];
  return systemRole === "first" && takes === "taken" ? ["system role first", ""] : undefined;
};

const findPrefillProblem: CapabilityCheck = ({ endsInPrefill }, { prefill }) =>
  endsInPrefill && prefill === "refused" ? ["prefill", ""] : undefined;

/** Everything that a model may not take, in the order in which it is asked; the services document none. */
export const CAPABILITY_CHECKS: readonly CapabilityCheck[] = [
  findContextBetaProblem,
  findOutputProblem,
  findOutputFormatProblem,
  findStrictToolProblem,
  findServerToolProblem,
  findToolTypeProblem,
  findThinkingProblem,
  findEffortProblem,
  findSamplingProblem,
  findForcedToolProblem,
  findSystemRoleProblem,
  findPrefillProblem,
];

/** What is asked of a body whose tokens are counted by the Messages API. */
export const CAPABILITY_CHECKS_WHEN_COUNTING: readonly CapabilityCheck[] = [findForcedToolProblemWhenCounting];

/** What Bedrock's Messages endpoint asks besides: it holds what is counted against the schema of inference. */
export const SCHEMA_CHECKS_WHEN_COUNTING: readonly CapabilityCheck[] = [findOutputFormatProblem, findStrictToolProblem];
