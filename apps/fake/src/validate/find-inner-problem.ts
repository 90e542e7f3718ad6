import type { BodyCircumstances } from "../exchange/operation.ts";
import { findBetaField } from "./find-beta-field.ts";
import { findCacheProblem } from "./find-cache-problem.ts";
import { findToolChoiceProblem } from "./find-tool-choice-problem.ts";
import { findToolProblem } from "./find-tool-problem.ts";
import { findToolSchemaProblem } from "./find-tool-schema-problem.ts";
import { listCacheMarkers } from "./list-cache-markers.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Finds what is wrong inside of a body whose fields all have their form: a field that needs a beta, a schema of a tool, a
 * choice of tools, the markers of prompt caching. Every operation that takes messages asks this.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 */
export function findInnerProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { form, betas, facts, provider } = circumstances;
  return (
    (form.betaFields ? undefined : findBetaField(input, betas, provider)) ??
    findToolProblem(input) ??
    findToolSchemaProblem(input["tools"]) ??
    findToolChoiceProblem(input, facts) ??
    findCacheProblem(listCacheMarkers(input).map(({ path, marker }) => ({ path, ttl: marker["ttl"] })))
  );
}
