import type { HttpHandler } from "msw";
// Not from "msw" itself: that opens a channel for web sockets, which keeps a Deno process alive.
import { http } from "msw/core/http";
import { isImpersonated } from "../terms/is-impersonated.ts";
import { type BaseUrl, findBaseUrl } from "./base-urls.ts";

type Answer = (request: Request) => Promise<Response>;

/**
 * Makes the msw handlers of a fake. They take whatever is sent to a host that the fake stands in for, or under one of its
 * base URLs, because none of that must leave the process; everything else is left to the handlers of others.
 *
 * @param baseUrls Where the fake stands besides the hosts of AWS.
 * @param answer Answers a request; whatever route it is for, and whether there is one.
 * @returns In the order in which msw asks them.
 */
export function createHandlers(baseUrls: readonly BaseUrl[], answer: Answer): readonly HttpHandler[] {
  const isAnswered = ({ request }: { readonly request: Request }): boolean => {
    const url = new URL(request.url);
    return isImpersonated(url.hostname) || findBaseUrl(baseUrls, url) !== undefined;
  };
  return [http.all(isAnswered, ({ request }) => answer(request))];
}
