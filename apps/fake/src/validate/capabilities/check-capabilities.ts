import { CONVERSE_WORDS_PREFIX, type ModelService } from "@claude-on-aws/models";
import type { Verdict } from "../../exchange/check.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import { findByCanonicalId } from "../../models/served-models.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { fault } from "../../terms/faults.ts";
import { betasOf } from "../betas-of.ts";

/**
 * Checks whether the model takes what the body asks of it. Behind an application inference profile that nobody created
 * nobody knows the model, and nothing is asked.
 *
 * @returns `capability-missing`, in the words of the model and in the envelope of the service.
 */
export function checkCapabilities(
  exchange: Exchange,
  { facts, models }: FakeSettings,
  { resources }: FakeState,
): Verdict {
  const { route, input, model } = exchange;
  const find = route.operation?.built?.findCapabilityProblem;
  if (find === undefined || input === undefined || model === undefined) return "not-applicable";
  const served = findByCanonicalId(model.model, models);
  if (served?.capabilities === undefined) return "not-applicable";
  const { capabilities } = served;
  const isOfProfile = model.requested.includes(":application-inference-profile/");
  if (isOfProfile && resources.profiles.find(model.requested) === undefined) return "not-applicable";
  const service = serviceOf(route);
  const isBare = model.requested === served.bedrockId || model.requested.includes(":foundation-model/");
  const words = find(
    input,
    { capabilities, id: served.datedId ?? served.id, isBare },
    { service, facts, betas: () => betasOf(exchange) },
  );
  if (words === undefined) return undefined;
  if (service === "converse") return fault("capability-missing", `${CONVERSE_WORDS_PREFIX}${words}`);
  const isInvoked = route.operation?.built?.form?.startsWith("invoke-model") === true;
  const isPassedOn =
    isInvoked && capabilities.claudeEnvelopeOnInvokeModel === "disputed" && facts.claudeEnvelopeOnInvokeModel;
  return fault("capability-missing", words, isPassedOn ? { envelope: "anthropic" } : {});
}

function serviceOf({ provider, operation }: Exchange["route"]): ModelService {
  if (provider !== "bedrock") return provider;
  return operation?.built?.form?.startsWith("converse") === true ? "converse" : "invoke-model";
}
