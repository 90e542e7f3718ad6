import { type AwsCredentials, parseServiceHost } from "@claude-on-aws/endpoints";
import { type CredentialsInput, toCredentialSource } from "../credential-source.ts";
import { AuthError } from "../errors.ts";
import type { Authentication } from "../keys/resolve-sdk-authentication.ts";
import { type RequestSigner, signRequest } from "../sigv4/sign-request.ts";
import { isUnsignable } from "../sigv4/unsignable-headers.ts";
import type { WireRequest } from "../sigv4/wire-request.ts";
import { classifyRefusal } from "./classify-refusal.ts";
import { followRedirects, type Hop } from "./follow-redirects.ts";
import { readBody } from "./read-body.ts";

/** Options for {@link authFetch}. */
export interface AuthFetchOptions {
  /** What signs: an access key, a function that gives one, or a source that can also refresh. Left out with a key. */
  readonly credentials?: CredentialsInput | undefined;
  /**
   * A key instead of a signature, as `resolveSdkAuthentication` decides it.
   *
   * @default {signature}
   */
  readonly authentication?: Authentication | undefined;
  /**
   * Signing name of the service.
   *
   * @default {what the AWS host of the URL says}
   */
  readonly service?: string | undefined;
  /**
   * Region in the credential scope.
   *
   * @default {what the AWS host of the URL says}
   */
  readonly region?: string | undefined;
  /**
   * What sends the request.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * What signs it.
   *
   * @default {signRequest}
   */
  readonly signer?: RequestSigner | undefined;
  /**
   * The longest body that is read into memory to be hashed, in bytes.
   *
   * @default {67_108_864}
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Headers that `fetch` itself, or the connection, sets after signing. */
const SET_BY_FETCH: ReadonlySet<string> = new Set([
  "accept-encoding",
  "accept-language",
  "content-length",
  "cookie",
  "host",
  "origin",
]);

/**
 * Wraps a `fetch` so that every request is authenticated: last, after every
 * other header is in place, and anew at every call.
 *
 * Where the service says that the credentials have ended, and their source can
 * refresh them, the request is sent once more, freshly signed.
 *
 * A redirect is followed within its origin alone, and what it leads to is authenticated anew; keys, tokens and the body never
 * go to another. `redirect` of the request says otherwise where it is `manual` or `error`.
 *
 * @example Usage
 * ```ts
 * import { authFetch } from "@claude-on-aws/auth";
 * import { match } from "node:assert/strict";
 *
 * const fetch = authFetch({
 *   credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *   fetch: async (_, init) => new Response(new Headers(init?.headers).get("authorization")),
 * });
 * const response = await fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/models");
 * match(await response.text(), /us-east-1\/aws-external-anthropic\/aws4_request/);
 * ```
 *
 * @param options What authenticates, for which service, and what sends.
 * @returns A function with the signature of `fetch`.
 * @throws {AuthError} From the returned function: `HEADER_UNDERSCORE`, `HEADER_DUPLICATED`, `BODY_TOO_LARGE`,
 * `HOST_MISSING` where neither host nor options say what to sign for, `CREDENTIALS_NOT_FOUND`, `REDIRECT_REFUSED` for a
 * redirect to another origin.
 */
export function authFetch(options: AuthFetchOptions): typeof globalThis.fetch {
  const { authentication, signer = signRequest, now = () => new Date(), maxBodyBytes = MAX_BODY_BYTES } = options;
  const source = options.credentials === undefined ? undefined : toCredentialSource(options.credentials);

  const authenticated = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const send = options.fetch ?? globalThis.fetch;
    checkHeaders(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    const request = new Request(input, init);
    const follow = (sendHop: (hop: Hop) => Promise<Response>): Promise<Response> => {
      const first = { url: new URL(request.url), method: request.method, keepsBody: true };
      return request.redirect === "follow" ? followRedirects(first, sendHop) : sendHop(first);
    };
    if (authentication !== undefined && authentication.method !== "sigv4") {
      const more = Object.entries(authentication.headers);
      const next = repeater(input, init, request);
      return follow((hop) => send(...withHeaders(...next(hop), more)));
    }
    if (source === undefined) {
      throw new AuthError("CREDENTIALS_NOT_FOUND", "Cannot sign request: neither credentials nor a key were given");
    }
    const scope = scopeOf(new URL(request.url), options);
    const body = await readBody(request, maxBodyBytes);
    const attempt = async (hop: Hop, credentials: AwsCredentials): Promise<Response> => {
      const sent = hop.keepsBody ? body : NO_BODY;
      const wire = toWire(hop, headersOf(request, hop), sent);
      const signedHeaders = wire.headers.map(([name]) => name.toLowerCase()).filter((name) => isSigned(name));
      const signed = await signer(wire, { ...scope, credentials, date: now(), signedHeaders });
      const headers = signed.headers.filter(([name]) => name.toLowerCase() !== "host");
      return send(...withBody(input, init, request, hop, headers, sent));
    };
    return follow(async (hop) => {
      const credentials = await source.get();
      const response = await attempt(hop, credentials);
      if (source.refresh === undefined || (response.status !== 401 && response.status !== 403)) return response;
      const refusal = await readRefusal(response);
      if (refusal === undefined || !(await source.refresh(refusal, credentials))) return response;
      const fresh = await source.get();
      await response.body?.cancel();
      return attempt(hop, fresh);
    });
  };
  return authenticated as typeof globalThis.fetch;
}

const isSigned = (lower: string): boolean => lower === "host" || !(isUnsignable(lower) || SET_BY_FETCH.has(lower));

/** @throws {AuthError} for names that do not arrive as they are sent. */
function checkHeaders(headers: RequestInit["headers"]): void {
  if (headers === undefined) return;
  const pairs = Array.isArray(headers) ? headers : headers instanceof Headers ? [...headers] : Object.entries(headers);
  const seen = new Set<string>();
  for (const [name = ""] of pairs) {
    const lower = name.toLowerCase();
    if (name.includes("_")) {
      throw new AuthError(
        "HEADER_UNDERSCORE",
        `Cannot sign header "${name}": the front end of AWS drops names with an underscore, which breaks the signature; rename it`,
        { header: lower },
      );
    }
    if (seen.has(lower)) {
      throw new AuthError(
        "HEADER_DUPLICATED",
        `Cannot sign header "${name}": it is given twice, and the two are joined on the way, which breaks the signature; give it once`,
        { header: lower },
      );
    }
    seen.add(lower);
  }
}

function scopeOf(url: URL, options: AuthFetchOptions): { readonly service: string; readonly region: string } {
  const named = parseServiceHost(url.host);
  const service = options.service ?? named?.service;
  const region = options.region ?? named?.region;
  if (service !== undefined && region !== undefined) return { service, region };
  throw new AuthError(
    "HOST_MISSING",
    `Cannot sign request to "${url.host}": it is no host of AWS that names service and region; pass both as options`,
  );
}

const NO_BODY = /* @__PURE__ */ new Uint8Array();

/** Headers that say something of a body, and go where it goes. */
const BODY_HEADERS: readonly string[] = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
];

function headersOf(request: Request, { keepsBody }: Hop): Headers {
  const headers = new Headers(request.headers);
  if (!keepsBody) for (const name of BODY_HEADERS) headers.delete(name);
  return headers;
}

function toWire({ url, method }: Hop, given: Headers, body: Uint8Array): WireRequest {
  const headers: [string, string][] = [["host", url.host]];
  for (const [name, value] of given) if (name !== "host") headers.push([name, value]);
  return { method, target: `${url.pathname}${url.search}`, headers, httpVersion: "1.1", body };
}

type FetchArguments = [input: string | URL | Request, init: RequestInit];

/** What is sent at a hop: how `fetch` was asked for it, and the request that this makes. */
type Asked = [input: RequestInfo | URL, init: RequestInit | undefined, request: Request];

/** How a request is made again where it was redirected: nothing is copied unless it may have to be. */
function repeater(input: RequestInfo | URL, init: RequestInit | undefined, request: Request): (hop: Hop) => Asked {
  const mayBeRepeated = request.body !== null && request.redirect === "follow";
  let kept = input instanceof Request && mayBeRepeated ? request.clone() : undefined;
  let isFirst = true;
  return (hop) => {
    if (isFirst) {
      isFirst = false;
      return [input, init, request];
    }
    const { body, ...rest } = init ?? {};
    const asked: RequestInit = {
      ...rest,
      method: hop.method,
      headers: headersOf(request, hop),
      signal: request.signal,
    };
    if (!hop.keepsBody || request.body === null) return [hop.url, asked, new Request(hop.url, asked)];
    if (body instanceof ReadableStream) {
      throw new AuthError(
        "REDIRECT_REFUSED",
        `Cannot follow the redirect within "${hop.url.origin}": the body was a stream, which is read once; expected one that can be sent again. Use the URL that it leads to`,
      );
    }
    if (kept === undefined) {
      const again = { ...asked, body: body ?? null };
      return [hop.url, again, new Request(hop.url, again)];
    }
    const repeated = new Request(hop.url, new Request(kept, asked));
    kept = repeated.clone();
    return [repeated, undefined, repeated];
  };
}

/** Redirects are followed here. */
const redirectOf = ({ redirect }: Request): RequestRedirect => (redirect === "follow" ? "manual" : redirect);

/** The request with more headers, its body untouched. */
function withHeaders(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  request: Request,
  more: readonly (readonly [string, string])[],
): FetchArguments {
  const headers = new Headers(request.headers);
  headers.delete("authorization");
  headers.delete("x-api-key");
  for (const [name, value] of more) headers.set(name, value);
  const redirect = redirectOf(request);
  // A body that is a stream was taken over by the request that was made of it.
  if (input instanceof Request || request.body !== null) return [request, { headers, redirect }];
  return [input, { ...init, headers, redirect }];
}

/** The request with its signed headers, and the bytes that were hashed. */
function withBody(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  request: Request,
  { url, method }: Hop,
  headers: WireRequest["headers"],
  body: Uint8Array,
): FetchArguments {
  const pairs = headers.map(([name, value]): [string, string] => [name, value]);
  const own = input instanceof Request ? { signal: request.signal } : {};
  const sent = body.length === 0 ? {} : { body: body as Uint8Array<ArrayBuffer> };
  const { body: _, duplex: __, ...rest } = { ...own, ...init } as RequestInit & { readonly duplex?: string };
  return [url.href, { ...rest, method, headers: pairs, redirect: redirectOf(request), ...sent }];
}

const MAX_ERROR_BYTES = 64 * 1024;

async function readRefusal(response: Response): Promise<ReturnType<typeof classifyRefusal>> {
  const body = await readBody(response.clone(), MAX_ERROR_BYTES).catch(() => new Uint8Array());
  const type = response.headers.get("x-amzn-errortype")?.split(":")[0];
  return classifyRefusal(response.status, type, new TextDecoder().decode(body));
}
