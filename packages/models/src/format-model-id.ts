import type { ModelId } from "./parse-model-id.ts";

/**
 * Writes a model id from its parts; the inverse of `parseModelId`.
 *
 * @example Usage
 * ```ts
 * import { formatModelId, parseModelId } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatModelId({ ...parseModelId("us.anthropic.claude-opus-5"), geography: "eu" }), "eu.anthropic.claude-opus-5");
 * ```
 *
 * @param id The parts.
 * @returns The id in lower case.
 */
export function formatModelId(id: ModelId): string {
  const [major, minor] = id.version;
  const version = minor === 0 ? `${major}` : `${major}-${minor}`;
  const name = id.familyLast ? `${version}-${id.family}` : `${id.family}-${version}`;
  const geography = id.geography === null ? "" : `${id.geography}.`;
  const date = id.date === null ? "" : `-${id.date}`;
  const revision = id.revision === null ? "" : `-${id.revision}`;
  return `${geography}${id.vendor ? "anthropic." : ""}claude-${name}${date}${revision}${id.context1m ? "[1m]" : ""}`;
}
