import type { ReceivedRequest } from "../terms/wire.ts";
import { route } from "./route.ts";

/** How many segments a base URL may have before the paths of the service. */
const MAX_SEGMENTS = 8;

/**
 * Takes off a request what stands before the path of a route, where it is one with that off. What its client signed is the whole.
 *
 * @param request The request; of a URL such as `http://127.0.0.1:4242/test-1/v1/messages`.
 * @returns The request with its path, and `/test-1` as its `basePath`; itself where it is a route as it stands, or none at all.
 */
export function underBasePath<Request extends Pick<ReceivedRequest, "method" | "target" | "headers" | "httpVersion">>(
  request: Request,
): Request & { readonly basePath?: string } {
  const { target } = request;
  let at = 0;
  for (let segments = 0; segments <= MAX_SEGMENTS && at >= 0; segments++) {
    const found = route({ ...request, target: target.slice(at), body: NO_BODY });
    if ((found.operation ?? found.elsewhere) !== undefined) {
      return at === 0 ? request : { ...request, target: target.slice(at), basePath: target.slice(0, at) };
    }
    at = target.indexOf("/", at + 1);
  }
  return request;
}

const NO_BODY = new Uint8Array();
