import type { Config, Endpoint, Problem } from "@claude-on-aws/env";

/**
 * Lists what is wrong with a configuration for requests to one of its endpoints: what is wrong with Bedrock does not stop a
 * request to Mantle beside it, nor the reverse.
 *
 * @param config The configuration.
 * @param endpoint The endpoint.
 * @returns The problems.
 */
export function problemsOf(config: Config, endpoint: Endpoint): readonly Problem[] {
  const [first] = config.endpoints;
  if (endpoint === first) return config.problems;
  return [...config.problems.filter((problem) => !first.problems.includes(problem)), ...endpoint.problems];
}
