/** What a client gave to `fetch`, in one form. */
export interface ClientRequest {
  /** Upper-case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Null where there is none. */
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | null;
}

const utf8 = /* @__PURE__ */ new TextEncoder();

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
export function readClientRequest(input: RequestInfo | URL, init: RequestInit = {}): ClientRequest {
  const { body = null, method = "GET", headers, redirect = "follow", signal = null } = init;
  const bytes = bytesOf(body);
  if (!(input instanceof Request) && bytes !== undefined) {
    const read = new Headers(headers);
    if (typeof body === "string" && !read.has("content-type")) read.set("content-type", "text/plain;charset=UTF-8");
    return { method: method.toUpperCase(), url: new URL(input), headers: read, body: bytes, redirect, signal };
  }
  const duplex = body instanceof ReadableStream ? { duplex: "half" } : {};
  const request = new Request(input, { ...init, ...duplex });
  return {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
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
