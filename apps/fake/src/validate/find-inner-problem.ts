import type { BodyCircumstances } from "../exchange/operation.ts";
import { findBetaField } from "./find-beta-field.ts";
import { findCacheProblem } from "./find-cache-problem.ts";
import { findToolChoiceProblem } from "./find-tool-choice-problem.ts";
import { findToolProblem } from "./find-tool-problem.ts";
import { findToolSchemaProblem } from "./find-tool-schema-problem.ts";
import { type CacheMarker, listCacheMarkers } from "./list-cache-markers.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** One thing that is asked of the inside of a body: it says what is wrong, in the words of the Claude API. */
interface InnerCheck {
  readonly name: string;
  readonly find: (
    input: JsonObject,
    circumstances: BodyCircumstances,
    markers: () => readonly CacheMarker[],
  ) => string | undefined;
}

/**
 * What is asked of the inside of a body, in the order in which it is asked: the first that fails is what the client is
 * told. The services do not say which wins; the order is the fake's own.
 */
export const INNER_CHECKS: readonly InnerCheck[] = [
  {
    name: "beta-fields",
    find: (input, { form, betas, provider, model }, markers) =>
      form.betaFields ? undefined : findBetaField(input, betas, provider, markers, model),
  },
  { name: "tool-names", find: findToolProblem },
  { name: "tool-schemas", find: ({ tools }) => findToolSchemaProblem(tools) },
  { name: "tool-choice", find: (input, { facts }) => findToolChoiceProblem(input, facts) },
  {
    name: "cache-markers",
    find: (_input, _circumstances, markers) =>
      findCacheProblem(markers().map(({ path, marker }) => ({ path, ttl: marker["ttl"] }))),
  },
];

/**
 * Finds what is wrong inside of a body whose fields all have their form: a field that needs a beta, a schema of a tool, a
 * choice of tools, the markers of prompt caching. Every operation that takes messages asks this.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 */
export function findInnerProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  let markers: readonly CacheMarker[] | undefined;
  const listMarkers = (): readonly CacheMarker[] => (markers ??= listCacheMarkers(input));
  for (const { find } of INNER_CHECKS) {
    const words = find(input, circumstances, listMarkers);
    if (words !== undefined) return words;
  }
  return undefined;
}
