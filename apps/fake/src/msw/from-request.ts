import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { ReceivedRequest } from "../terms/wire.ts";
import { type BaseUrl, findBaseUrl } from "./base-urls.ts";

/**
 * Makes a wire request out of a WHATWG `Request`, as far as that carries one: the path is normalized; headers are
 * sorted, in lower case, and joined.
 *
 * @param baseUrls Where its path may begin behind that of a base URL.
 * @returns Marked as reconstructed.
 */
export async function fromRequest(request: Request, baseUrls: readonly BaseUrl[]): Promise<ReceivedRequest> {
  const url = new URL(request.url);
  const headers = [...request.headers];
  // `fetch` sets the host itself and does not show it.
  if (headerValue(headers, "host") === undefined) headers.unshift(["host", url.host]);
  const basePath = findBaseUrl(baseUrls, url)?.path ?? "";
  return {
    method: request.method,
    // A base URL itself is asked for its root.
    target: (url.pathname.slice(basePath.length) || "/") + url.search,
    headers,
    httpVersion: "1.1",
    body: new Uint8Array(await request.arrayBuffer()),
    wire: "reconstructed",
    ...(basePath === "" ? {} : { basePath }),
    ...(url.protocol === "https:" ? { secure: true } : {}),
  };
}
