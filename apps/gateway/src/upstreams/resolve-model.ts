import type { ClaudeFetch } from "@claude-on-aws/fetch";

/** So many names are remembered for an upstream: strangers may make up more. */
const MAX_REMEMBERED = 256;

/** Where a request of the Messages API would go, whatever the host. */
const MESSAGES = "https://api.anthropic.com/v1/messages";

/**
 * Makes what says under which name a service is asked for a model: what `fetch` would write into the request, asked of `fetch` itself.
 *
 * @param fetch What sends to the service.
 * @returns A function of the name that a client uses. It gives the name back where nothing would be sent.
 */
export function createModelResolver(fetch: ClaudeFetch): (asked: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    const body = JSON.stringify({ model: asked, max_tokens: 1, messages: [] });
    const { request } = await fetch.plan(MESSAGES, { method: "POST", body });
    const resolved = request?.model ?? asked;
    // What could not be planned may be planned later.
    if (request === null) return resolved;
    if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value ?? "");
    known.set(asked, resolved);
    return resolved;
  };
}
