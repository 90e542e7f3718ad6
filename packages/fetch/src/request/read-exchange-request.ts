import type { ExchangeRequest } from "../exchange.ts";
import type { Header } from "../header.ts";
import { remember } from "../translate/remember.ts";
import type { ClientRequest } from "./client-request.ts";
import { isPassedHeader } from "./is-passed-header.ts";

/** Stands before a target that has no origin of its own; nothing is sent there. */
const ORIGIN = "http://client.invalid";

// What `fetch` makes of a URL is made of a target as well: `/v1/files/../messages` is sent as `/v1/messages`, and has to be read so.
const parseTarget = /* @__PURE__ */ remember((target) => {
  const text = target.startsWith("/") ? ORIGIN + target : target;
  if (!URL.canParse(text, ORIGIN)) return { pathname: target, query: "" };
  const { pathname, search } = new URL(text, ORIGIN);
  return { pathname, query: search };
});

/** What HTTP calls a token; Bun would send another method in the place of what is none. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Reads what is to be exchanged, as `fetch` reads what it is given.
 *
 * @param request The request.
 * @returns The same in the form of all requests.
 * @throws {TypeError} The method is none.
 */
export function readExchangeRequest(request: ExchangeRequest): ClientRequest {
  const { method, target, headers, body, redirect = "follow", signal = null } = request;
  if (!TOKEN.test(method)) {
    throw new TypeError(`Cannot exchange: ${JSON.stringify(method)} is no method; expected one such as POST`);
  }
  return {
    method: method.toUpperCase(),
    ...parseTarget(target),
    headers: joinHeaders(headers),
    body,
    redirect,
    signal,
  };
}

const OUTER_SPACE = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** The headers that are for the service, the values of one name joined, as `Headers` does. */
function joinHeaders(given: readonly Header[]): readonly Header[] {
  const headers = new Map<string, string>();
  for (const [name, value] of given) {
    const lower = name.toLowerCase();
    if (!isPassedHeader(lower)) continue;
    const before = headers.get(lower);
    const trimmed = value.replace(OUTER_SPACE, "");
    headers.set(lower, before === undefined ? trimmed : `${before}, ${trimmed}`);
  }
  return [...headers];
}
