import type { HttpHandler } from "msw";
// Not from "msw" itself: that opens a channel for web sockets, which keeps a Deno process alive.
import { http } from "msw/core/http";
import { OPERATIONS } from "../operations/operations.ts";
import type { Operation } from "../exchange/operation.ts";
import { isImpersonated } from "../terms/is-impersonated.ts";

type Answer = (request: Request) => Promise<Response>;

/**
 * Makes one msw handler for each operation, at any host, and after them one for every other request to a host that the
 * fake stands in for: none of these must leave the process.
 *
 * @returns In the order in which msw asks them.
 */
export function createHandlers(answer: Answer): readonly HttpHandler[] {
  const resolve = ({ request }: { readonly request: Request }): Promise<Response> => answer(request);
  return [
    ...OPERATIONS.map((operation) => METHODS[operation.method as keyof typeof METHODS](pattern(operation), resolve)),
    http.all(({ request }) => isImpersonated(new URL(request.url).hostname), resolve),
  ];
}

const METHODS = { GET: http.get, POST: http.post, DELETE: http.delete, PUT: http.put, PATCH: http.patch };

/** A regular expression, because msw would read the colons in a model ID as names. */
function pattern({ path }: Operation): RegExp {
  const segments = path
    .slice(1)
    .split("/")
    .map((segment) => (segment.startsWith("{") ? "[^/]+" : segment.replaceAll(".", "\\.")));
  return new RegExp(`^https?://[^/]+/${segments.join("/")}$`);
}
