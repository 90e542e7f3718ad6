/** Most markers of prompt caching in one request. */
const MAX_CACHE_MARKERS = 4;

/** A marker of prompt caching: the block that has it, and how long it holds. */
export interface PlacedMarker {
  readonly path: string;
  /** Five minutes where it does not say. */
  readonly ttl: unknown;
}

/**
 * Finds what is wrong with the markers of prompt caching: too many, or one that holds longer than one before it.
 *
 * @param markers In the order in which they are processed: tools, system, messages.
 * @returns The words of the Claude API, which Amazon Bedrock passes on.
 * @see {@link https://github.com/twentyhq/twenty/issues/26217 | Too many}
 * @see {@link https://github.com/Portkey-AI/gateway/issues/1762 | The wrong order}
 * @see {@link https://github.com/strands-agents/harness-sdk/issues/3571 | The wrong order, through Converse}
 */
export function findCacheProblem(markers: readonly PlacedMarker[]): string | undefined {
  if (markers.length > MAX_CACHE_MARKERS) {
    return `A maximum of ${MAX_CACHE_MARKERS} blocks with cache_control may be provided. Found ${markers.length}.`;
  }
  let afterShort = false;
  for (const { path, ttl } of markers) {
    if (ttl !== "1h") afterShort = true;
    else if (afterShort) return `${path}.cache_control.ttl: ${WRONG_ORDER}`;
  }
  return undefined;
}

const WRONG_ORDER =
  "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. " +
  "Note that blocks are processed in the following order: `tools`, `system`, `messages`.";
