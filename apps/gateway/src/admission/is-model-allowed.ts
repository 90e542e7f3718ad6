import { findModel, type Model } from "@claude-on-aws/models";
import { matchesPattern } from "./matches-pattern.ts";

/** A model as a client asks for it, and what a service is asked for in its place. */
export interface AskedModel {
  /** As the client names it. */
  readonly asked: string;
  /** As the service is asked for it. */
  readonly resolved: string;
  /** What the service would be asked for where the client asked for a name of the operator's. */
  readonly resolve: (name: string) => string;
}

/** ARNs that hold the id of a model; those of other kinds hold one that only their account knows. */
const ARN_OF_MODEL = /^arn:[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)\/(.+)$/i;

const CONTEXT_SUFFIX = /\[1m\]$/i;

/**
 * Says whether a model is one of those that an operator names.
 *
 * What the service is asked for decides, in each of its spellings, so that no alias, ARN, geography, case or context window in
 * brackets leads to another model. A name that only the operator's configuration turns into what no table knows, such as the ARN
 * of an application's profile, is judged as the client wrote it.
 *
 * @param patterns What the operator names: ids in any spelling, aliases, or patterns with `*`.
 * @param model The model.
 * @returns Whether it is.
 */
export function isModelAllowed(patterns: readonly string[], { asked, resolved, resolve }: AskedModel): boolean {
  const [askedModel, resolvedModel] = [modelOf(asked), modelOf(resolved)];
  const isNamed = (name: string): boolean => {
    const names = namesOf(name);
    return patterns.some(
      (pattern) =>
        names.some((each) => matchesPattern(pattern, each)) ||
        (!pattern.includes("*") && isSame(resolve(pattern), resolved)),
    );
  };
  const decides = resolvedModel !== undefined || bare(asked) === bare(resolved) ? resolved : asked;
  if (!isNamed(decides)) return false;
  // One model that the configuration turns into another one has to be allowed too.
  return askedModel === undefined || askedModel === resolvedModel || isNamed(asked);
}

const bare = (name: string): string => name.replace(CONTEXT_SUFFIX, "");

const idOf = (name: string): string => ARN_OF_MODEL.exec(bare(name))?.[1] ?? bare(name);

const modelOf = (name: string): Model | undefined => findModel(idOf(name));

const isSame = (first: string, second: string): boolean =>
  first === second || (modelOf(first) !== undefined && modelOf(first) === modelOf(second));

/** The spellings of a model; only the name itself where no table knows it. */
function namesOf(name: string): readonly string[] {
  const model = modelOf(name);
  if (model === undefined) return [bare(name)];
  const { id, bedrockId, mantleId } = model;
  const undated = mantleId === null ? [] : [mantleId, mantleId.slice("anthropic.".length)];
  return [bare(name), idOf(name), id, bedrockId, ...undated];
}
