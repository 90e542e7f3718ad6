import { needsInferenceProfile } from "@claude-on-aws/bedrock";
import { nearestName } from "@claude-on-aws/endpoints";
import { PROVIDER_TITLES, type Config, type Problem, type Provider } from "@claude-on-aws/env";
import { findProfiles, isServedBare, nearestModelIds } from "@claude-on-aws/models/profiles";
import { resolveGeography, type ResolvedModel } from "@claude-on-aws/models/resolve";
import { describeRequestProblem } from "./describe-request-problem.ts";
import { isAwsProvider } from "./foresee/addressee.ts";

interface Spelling {
  /** What an id of this spelling looks like. */
  readonly pattern: RegExp;
  readonly providers: readonly Provider[];
  readonly title: string;
}

const PROFILE_ID = /^[a-z-]+\.anthropic\./;

const SPELLINGS: readonly Spelling[] = [
  { pattern: /^arn:/, providers: ["bedrock"], title: "Amazon Bedrock" },
  { pattern: PROFILE_ID, providers: ["bedrock"], title: "Amazon Bedrock" },
  { pattern: /^anthropic\.[a-z0-9-]+:[0-9]+$/, providers: ["bedrock"], title: "Amazon Bedrock" },
  { pattern: /^anthropic\./, providers: ["bedrock", "mantle"], title: "Amazon Bedrock" },
  {
    pattern: /^claude-/,
    providers: ["anthropic-aws", "anthropic", "foundry", "vertex"],
    title: "Claude Platform on AWS and the Anthropic API",
  },
];

/**
 * Finds what is wrong between a model and the provider that gets it.
 *
 * @param provider The provider that gets the request.
 * @param model The model that is sent.
 * @param inferenceProfiles Ids of the system inference profiles that the account lists; empty if nobody asked.
 * @param config The configuration, for region and geography.
 * @returns The problems; empty if there are none.
 */
export function findModelProblems(
  provider: Provider,
  model: ResolvedModel,
  inferenceProfiles: readonly string[],
  config: Config,
): readonly Problem[] {
  const problems: Problem[] = [];
  const spelling = SPELLINGS.find(({ pattern }) => pattern.test(model.id));
  // A name of no known spelling may be that of a gateway's model or of a deployment.
  if (spelling !== undefined && !spelling.providers.includes(provider)) {
    const nearest = nearestModel(provider, model, config.region?.value ?? null);
    const values = { id: model.id, title: spelling.title, service: PROVIDER_TITLES[provider], nearest };
    problems.push(describeRequestProblem("modelOfOtherProvider", values));
  }
  if (provider !== "bedrock") return problems;
  const region = config.region?.value ?? "us-east-1";
  if (needsInferenceProfile(model.id) && !isServedBare(model.id, region)) {
    const [profile] = findProfiles(model.id, region);
    const geography = resolveGeography(region, config.model.regionPrefix?.value ?? null);
    const nearest = profile?.id ?? `${geography}.${model.id}`;
    problems.push(describeRequestProblem("profileNeeded", { id: model.id, place: region, nearest }));
  }
  if (inferenceProfiles.length > 0 && isProfileId(model.id) && !inferenceProfiles.includes(model.id)) {
    const nearest = nearestListed(model.id, inferenceProfiles) ?? "a profile that is listed";
    problems.push(
      describeRequestProblem("profileNotListed", { id: model.id, count: inferenceProfiles.length, nearest }),
    );
  }
  return problems;
}

/** Names the id that the provider takes, and the alias that stands for one. */
function nearestModel(provider: Provider, { id, model }: ResolvedModel, region: string | null): string {
  const nearest = isAwsProvider(provider) ? nearestModelIds(id, { provider, region })[0] : model?.id;
  if (nearest === undefined) return "an id of this provider";
  return model === null ? nearest : `${nearest} or an alias such as ${model.family}`;
}

/** The profile of the same model in another geography, or else the one that is called most alike. */
function nearestListed(id: string, listed: readonly string[]): string | undefined {
  const model = id.slice(id.indexOf("."));
  return listed.find((each) => each.endsWith(model)) ?? nearestName(id, listed);
}

function isProfileId(id: string): boolean {
  return PROFILE_ID.test(id);
}
