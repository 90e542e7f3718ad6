import { splitTarget } from "@claude-on-aws/endpoints";

/**
 * Reads the parameters of a query.
 *
 * @returns By name, decoded; of one that occurs twice, the first.
 */
export function queryParameters(target: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(splitTarget(target).query.slice(0, MAX_QUERY_LENGTH))) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Longer queries hold nothing that is asked for. */
const MAX_QUERY_LENGTH = 8192;
