import type { Config, Problem } from "@claude-on-aws/env";
import { MODEL_ALIASES, resolveModel } from "@claude-on-aws/models/resolve";
import { describeModels } from "./describe-models.ts";

/**
 * Lets what was found at the start of the client hold, where it had to find it: the list of profiles, credentials.
 *
 * @param config The configuration.
 * @returns The configuration of a request.
 */
export function withStart(config: Config): Config {
  const { start } = config;
  if (start === null) return config;
  if (!asksForAlias(config)) return { ...config, start: null };
  const replaced: ReadonlySet<Problem> = new Set(config.endpoints[0].problems);
  const problems = [...config.problems.filter((problem) => !replaced.has(problem)), ...start.endpoints[0].problems];
  return { ...config, endpoints: start.endpoints, problems };
}

const SUFFIX_1M = /\[1m\]$/i;

/** Whether what the configuration asks for, whatever the command line does, is an alias that it pins to nothing. */
function asksForAlias(config: Config): boolean {
  const requested = config.model.requested?.value ?? null;
  const models = describeModels(config, []);
  if (resolveModel(requested, { ...models, fromConfiguration: true }).pin !== null) return false;
  const word = requested?.replace(SUFFIX_1M, "").trim().toLowerCase();
  // In a configuration the word `default` is none.
  return word === undefined || MODEL_ALIASES.some((alias) => alias === word && alias !== "default");
}
