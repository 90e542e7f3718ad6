import { remember } from "../translate/remember.ts";
import type { Header } from "../header.ts";
import type { ClientRequest } from "./client-request.ts";
import { isPassedHeader } from "./is-passed-header.ts";

const utf8 = /* @__PURE__ */ new TextEncoder();

// Clients ask for few URLs, again and again.
const parseUrl = /* @__PURE__ */ remember((url) => {
  const { pathname, search } = new URL(url);
  return { pathname, query: search };
});

/**
 * Reads what a client gave to `fetch`.
 *
 * The two forms that clients of the Messages API use, a URL with text or bytes, are read without a `Request`, which costs more
 * than everything else here and would copy the body.
 *
 * @param input The first argument of `fetch`.
 * @param init The second.
 * @returns The request.
 * @throws {TypeError} What the runtime's own `Request` throws.
 */
export function readFetchRequest(input: RequestInfo | URL, init: RequestInit = {}): ClientRequest {
  const { body = null, method = "GET", headers, redirect = "follow", signal = null } = init;
  const bytes = bytesOf(body);
  if (!(input instanceof Request) && bytes !== undefined) {
    return {
      method: method.toUpperCase(),
      ...parseUrl(String(input)),
      headers: readHeaders(headers, typeof body === "string"),
      body: bytes,
      redirect,
      signal,
    };
  }
  const duplex = body instanceof ReadableStream ? { duplex: "half" } : {};
  const request = new Request(input, { ...init, ...duplex });
  return {
    method: request.method,
    ...parseUrl(request.url),
    headers: readHeaders(request.headers, false),
    body: request.body,
    redirect: request.redirect,
    signal: request.signal,
  };
}

/** The bytes of a body that is there already; `undefined` where it has to be read. */
function bytesOf(body: NonNullable<RequestInit["body"]> | null): Uint8Array | null | undefined {
  if (body === null) return null;
  if (typeof body === "string") return utf8.encode(body);
  return body instanceof Uint8Array ? body : undefined;
}

const CONTENT_TYPE = "content-type";

function readHeaders(given: RequestInit["headers"], isText: boolean): readonly Header[] {
  const headers: Header[] = [];
  let hasType = false;
  if (given !== undefined) {
    for (const header of given instanceof Headers ? given : new Headers(given)) {
      if (header[0] === CONTENT_TYPE) hasType = true;
      if (isPassedHeader(header[0])) headers.push(header);
    }
  }
  if (isText && !hasType) headers.push([CONTENT_TYPE, "text/plain;charset=UTF-8"]);
  return headers;
}
