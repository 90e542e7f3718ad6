import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { isImpersonated } from "../terms/is-impersonated.ts";

/** Methods whose requests carry no body, as far as a WHATWG `Request` is concerned. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Makes a WHATWG `Request` of a wire request, as far as one can carry it.
 *
 * @param request The request as it was received.
 * @param origin Where it was sent to, as far as that is known; otherwise its host, by
 *   `https` where that is a name of AWS.
 * @returns The request; `undefined` where it has no URL, or a method that a `Request` does not take.
 */
export function toRequest({ method, target, headers, body }: WireRequest, origin?: string): Request | undefined {
  const host = headerValue(headers, ":authority") ?? headerValue(headers, "host") ?? "localhost";
  const url = target.startsWith("/")
    ? `${origin ?? `${isImpersonated(host) ? "https" : "http"}://${host}`}${target}`
    : target;
  try {
    return new Request(url, {
      method,
      headers: toHeaders(headers),
      ...(WITHOUT_BODY.has(method) || body.length === 0 ? {} : { body: body as BodyInit }),
    });
  } catch {
    return undefined;
  }
}

function toHeaders(pairs: WireRequest["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    // Pseudo-headers of HTTP/2 are not headers of a request.
    if (name.startsWith(":")) continue;
    try {
      headers.append(name, value);
    } catch {
      // What the wire carried and a `Request` cannot is not shown to handlers.
    }
  }
  return headers;
}
