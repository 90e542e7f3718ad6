import type { HttpHandler } from "msw";
// Not from "msw" itself: that opens a channel for web sockets, which keeps a Deno process alive.
import { http } from "msw/core/http";
import { type Operation, operations } from "../operations.ts";

type Answer = (request: Request) => Promise<Response>;

/** The hosts of AWS that the fake stands in for: a request to one of them must not leave the process. */
const AWS_HOSTS =
  /^https?:\/\/(?:aws-external-anthropic|bedrock-mantle)\.[a-z0-9-]+\.api\.aws(?::\d+)?\/|^https?:\/\/bedrock(?:-runtime)?(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?::\d+)?\//;

/** The hosts of the services that give credentials. */
const CREDENTIAL_HOSTS =
  /^https?:\/\/(?:sts(?:-fips)?\.(?:[a-z0-9-]+\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)|portal\.sso\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|169\.254\.(?:169\.254|170\.23?))(?::\d+)?\//;

/**
 * One msw handler for each operation, at any host, and one behind them for
 * every other request to a host of AWS.
 */
export function createHandlers(answer: Answer): readonly HttpHandler[] {
  const resolve = ({ request }: { readonly request: Request }): Promise<Response> => answer(request);
  return [
    ...operations.map((operation) => METHODS[operation.method as keyof typeof METHODS](pattern(operation), resolve)),
    http.all(AWS_HOSTS, resolve),
    http.all(CREDENTIAL_HOSTS, resolve),
  ];
}

const METHODS = { GET: http.get, POST: http.post, DELETE: http.delete };

/** A regular expression, because msw would read the colons in a model ID as names. */
function pattern({ path }: Operation): RegExp {
  const segments = path
    .slice(1)
    .split("/")
    .map((segment) => (segment.startsWith("{") ? "[^/]+" : segment.replaceAll(".", "\\.")));
  return new RegExp(`^https?://[^/]+/${segments.join("/")}$`);
}
