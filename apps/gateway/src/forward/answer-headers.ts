import type { Header } from "@claude-on-aws/fetch";
import type { UpstreamAnswer } from "./send.ts";

/** Headers of an answer that are for the gateway, and of no use to its clients. */
const NOT_RELAYED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "alt-svc",
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "set-cookie",
  "strict-transport-security",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const RATE_LIMITS = "anthropic-ratelimit-";

/**
 * Writes the headers of an answer for the client: those of the service as they were, its ids and `retry-after` among them.
 *
 * @param answer The answer.
 * @param caps What the gateway says of its own caps; where there is something, the service's own limits are not shown.
 * @returns The headers.
 */
export function answerHeaders({ headers }: Pick<UpstreamAnswer, "headers">, caps: readonly Header[]): Header[] {
  const relayed: Header[] = [...caps];
  for (const header of headers) {
    if (NOT_RELAYED.has(header[0]) || (caps.length > 0 && header[0].startsWith(RATE_LIMITS))) continue;
    relayed.push(header);
  }
  return relayed;
}
