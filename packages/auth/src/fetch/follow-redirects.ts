import { AuthError } from "../errors.ts";

/** A request, as far as a redirect depends on it and changes it. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  /** Whether the body of the first request goes with it. */
  readonly keepsBody: boolean;
}

/** An answer, as far as a redirect depends on it; a `Response` is one. */
export interface HopAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  /** Absent where it comes from no browser. */
  readonly type?: ResponseType;
  readonly body: { readonly cancel: () => unknown } | null;
}

/** As many as the Fetch standard allows. */
const MAX_REDIRECTS = 20;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request, and again wherever it is redirected to within its origin. What proves who sent it never leaves for
 * another: neither headers nor body.
 *
 * @param first The request.
 * @param send Sends it, authenticated for where it goes, and follows no redirect itself.
 * @returns The answer that is no redirect.
 * @throws {AuthError} `REDIRECT_REFUSED` for one to another origin, or for too many.
 * @see {@link https://fetch.spec.whatwg.org/#http-redirect-fetch | Fetch standard, HTTP-redirect fetch}
 */
export async function followRedirects<Answer extends HopAnswer>(
  first: Hop,
  send: (hop: Hop) => Promise<Answer>,
): Promise<Answer> {
  let hop = first;
  for (let followed = 0; ; followed++) {
    const response = await send(hop);
    const next = nextHop(hop, response);
    if (next === undefined) return response;
    await response.body?.cancel();
    if (followed === MAX_REDIRECTS) throw refused(hop, `it was redirected more than ${MAX_REDIRECTS} times`);
    if (next.url.origin !== hop.url.origin) throw refused(hop, `it was redirected to "${next.url.origin}"`);
    hop = next;
  }
}

/** Where an answer leads; `undefined` where it is none that leads on. */
function nextHop(hop: Hop, response: HopAnswer): Hop | undefined {
  // A browser does not show where to.
  if (response.type === "opaqueredirect")
    throw refused(hop, "it was redirected, and this runtime does not say where to");
  const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
  if (location === null) return undefined;
  if (!URL.canParse(location, hop.url)) throw refused(hop, "it was redirected to what is no URL");
  const url = new URL(location, hop.url);
  const becomesGet =
    response.status === 303
      ? hop.method !== "GET" && hop.method !== "HEAD"
      : response.status <= 302 && hop.method === "POST";
  return becomesGet ? { url, method: "GET", keepsBody: false } : { ...hop, url };
}

const refused = ({ url }: Hop, reason: string): AuthError =>
  new AuthError(
    "REDIRECT_REFUSED",
    `Cannot send the request to "${url.origin}" authenticated: ${reason}; expected an answer, or a redirect within that origin. Use the URL that it leads to, if you trust it`,
  );
