import { OPERATIONS } from "../operations/operations.ts";
import type { Operation } from "../exchange/operation.ts";
import type { Provider } from "../terms/provider.ts";

interface Candidate {
  readonly operation: Operation;
  /** The path's segments; `undefined` where any text may stand. */
  readonly segments: readonly (string | undefined)[];
  /** Names of the segments in braces, in order. */
  readonly names: readonly string[];
}

/** Candidates by provider, method and number of segments: a request is compared with a handful, not with all. */
const INDEX = new Map<string, Candidate[]>();

for (const operation of OPERATIONS) {
  const parts = operation.path.slice(1).split("/");
  const key = indexKey(operation.provider, operation.method, parts.length);
  const candidates = INDEX.get(key) ?? [];
  candidates.push({
    operation,
    segments: parts.map((part) => (part.startsWith("{") ? undefined : part)),
    names: parts.filter((part) => part.startsWith("{")).map((part) => part.slice(1, -1)),
  });
  INDEX.set(key, candidates);
}

function indexKey(provider: Provider, method: string, segmentCount: number): string {
  return `${provider} ${method} ${segmentCount}`;
}

/** An operation, and what stands in the path for its names. */
export interface FoundOperation {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the operation of a path as it was sent. A literal segment wins over a name in braces.
 *
 * @returns `undefined` where the provider has no such route.
 */
export function findOperation(provider: Provider, method: string, path: string): FoundOperation | undefined {
  const sent = path.slice(1).split("/");
  let best: Candidate | undefined;
  for (const candidate of INDEX.get(indexKey(provider, method, sent.length)) ?? []) {
    if (best !== undefined && best.names.length <= candidate.names.length) continue;
    if (fits(candidate.segments, sent)) best = candidate;
  }
  if (best === undefined) return undefined;
  const { operation, names, segments } = best;
  if (names.length === 0) return { operation, parameters: NO_PARAMETERS };
  // Without a prototype: a segment may be called anything.
  const parameters: Record<string, string> = Object.create(null);
  let named = 0;
  for (let position = 0; position < segments.length; position++) {
    const name = segments[position] === undefined ? names[named++] : undefined;
    if (name !== undefined) parameters[name] = sent[position] ?? "";
  }
  return { operation, parameters };
}

const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/** Whether a path has the segments of a route; what stands for a name is never empty. */
function fits(segments: Candidate["segments"], sent: readonly string[]): boolean {
  for (let position = 0; position < segments.length; position++) {
    const segment = segments[position];
    if (segment === undefined ? sent[position] === "" : segment !== sent[position]) return false;
  }
  return true;
}
