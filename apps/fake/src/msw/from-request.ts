import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { ReceivedRequest } from "../terms/wire.ts";

/**
 * Makes a wire request out of a WHATWG `Request`, as far as that carries one: the path is normalized; headers are
 * sorted, in lower case, and joined.
 *
 * @returns Marked as reconstructed.
 */
export async function fromRequest(request: Request): Promise<ReceivedRequest> {
  const url = new URL(request.url);
  const headers = [...request.headers];
  // `fetch` sets the host itself and does not show it.
  if (headerValue(headers, "host") === undefined) headers.unshift(["host", url.host]);
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    httpVersion: "1.1",
    body: new Uint8Array(await request.arrayBuffer()),
    wire: "reconstructed",
  };
}
