/** The parameters of a query; of one that occurs twice, the first. */
export function queryParameters(target: string): ReadonlyMap<string, string> {
  const mark = target.indexOf("?");
  const parameters = new Map<string, string>();
  if (mark < 0) return parameters;
  for (const [name, value] of new URLSearchParams(target.slice(mark + 1, mark + 1 + MAX_QUERY_LENGTH))) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Longer queries hold nothing that is asked for. */
const MAX_QUERY_LENGTH = 8192;
