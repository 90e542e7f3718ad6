import type { Config } from "@claude-on-aws/env";
import { CONTEXT_BETA, type ModelDecision, resolveModel } from "@claude-on-aws/models/resolve";
import type { ChosenModel } from "../dialects/rewrite-model.ts";
import { remember } from "../translate/remember.ts";
import { describeModels } from "./describe-models.ts";

/** Why a client's model is called otherwise, in words that follow "because". */
const REASONS: Readonly<Record<ModelDecision, string>> = {
  "as given": "a context window in brackets is not a part of the id",
  alias: "it is an alias of this model",
  pin: "the configuration pins the alias to it",
  override: "the configuration overrides the model with it",
  "listed profile": "the account lists this inference profile for the model",
  "derived profile": "this is the inference profile of the model in this region",
  spelling: "the service writes the id so",
};

/**
 * Makes what names the models of clients for the service that a configuration means: aliases, pins and overrides as Claude Code
 * follows them. A full id stays the model that it names, also where Claude Code would ask for a newer one.
 *
 * @param config The configuration.
 * @param inferenceProfiles Ids of the inference profiles that the account lists.
 * @returns A function of the client's model.
 */
export function createModelChooser(
  config: Config,
  inferenceProfiles: readonly string[],
): (asked: string) => ChosenModel {
  const options = { ...describeModels(config, inferenceProfiles), keepRetiredModels: true };
  // What the configuration says does not change.
  return remember((asked) => {
    const { id, decision, needs1mBeta } = resolveModel(asked, options);
    return { id, reason: REASONS[decision], betas: needs1mBeta ? [CONTEXT_BETA] : [] };
  });
}
