import type { AwsCredentials } from "@claude-on-aws/endpoints";
import type { AwsV4Signer } from "aws4fetch";
import { peerMissing } from "../peer-missing.ts";
import { canonicalPath } from "../sigv4/canonical-path.ts";
import { canonicalQuery } from "../sigv4/canonical-query.ts";
import { splitRequestTarget } from "../sigv4/canonical-request.ts";
import { digest } from "../sigv4/digest.ts";
import type { HeaderLines } from "../sigv4/header-lines.ts";
import { prepareSigning, signingDate, type SignOptions } from "../sigv4/sign-request.ts";
import type { WireRequest } from "../sigv4/wire-request.ts";

const MAX_KEYS_PER_CREDENTIALS = 32;

const keys = new WeakMap<AwsCredentials, Map<string, ArrayBuffer>>();

/**
 * Signs a request with `aws4fetch`, the smallest signer for workers and
 * browsers.
 *
 * The result is that of `signRequest`: the same headers, the same signature.
 * That signer works on a WHATWG `URL` and `Headers`; where these would change
 * the path, the query, the host or a header, its canonical parts are put right.
 *
 * @example Usage
 * ```ts
 * import { signRequestWithAws4fetch } from "@claude-on-aws/auth/aws4fetch";
 * import { match } from "node:assert/strict";
 *
 * const signed = await signRequestWithAws4fetch(
 *   { method: "GET", target: "/v1/models", headers: [["host", "127.0.0.1:4242"]], httpVersion: "1.1", body: new Uint8Array() },
 *   {
 *     credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *     region: "us-east-1",
 *     service: "aws-external-anthropic",
 *   },
 * );
 * match(signed.headers.at(-1)?.[1] ?? "", /^AWS4-HMAC-SHA256 /);
 * ```
 *
 * @param request The request as it will go over the wire, with its host.
 * @param options What it is signed with, for which service and region.
 * @returns A new request; the one given is not changed.
 * @throws {AuthError} As `signRequest`; `PEER_MISSING` where the package is not installed.
 * @see {@link https://github.com/mhart/aws4fetch | aws4fetch 1.0.20}
 */
export async function signRequestWithAws4fetch(request: WireRequest, options: SignOptions): Promise<WireRequest> {
  const { AwsV4Signer: Signer } = await import("aws4fetch").catch(peerMissing("aws4fetch"));
  const { credentials, region, service } = options;
  const amzDate = signingDate(options);
  const payloadHash = options.payloadHash ?? (await digest.sha256Hex(request.body));
  const { headers, lines } = prepareSigning(request, options, amzDate, payloadHash);
  const { path, query } = splitRequestTarget(request.target);
  const { accessKeyId, secretAccessKey } = credentials;
  const host = lines.entries().find(([name]) => name === "host")?.[1] ?? "localhost";
  const signer = new Signer({
    method: request.method,
    url: urlOf(host, path, query),
    headers: headersOf(lines),
    accessKeyId,
    secretAccessKey,
    region,
    service,
    datetime: amzDate,
    allHeaders: true,
    cache: cacheOf(credentials),
  });
  putRight(signer, path, query, lines);
  return { ...request, headers: [...headers, ["authorization", await signer.authHeader()]] };
}

/** A `+` is a plus here, and a space to `URLSearchParams`. */
function urlOf(host: string, path: string, query: string): string {
  const url = `https://${host}${path}?${query.replaceAll("+", "%2B")}`;
  return URL.canParse(url) ? url : `https://localhost${path}?${query.replaceAll("+", "%2B")}`;
}

function headersOf(lines: HeaderLines): Headers {
  const headers = new Headers();
  for (const [name, value] of lines.entries()) {
    try {
      headers.set(name, value);
    } catch {
      // A pseudo-header, or a letter beyond Latin-1: put right below.
    }
  }
  return headers;
}

/** Replaces what WHATWG's types changed; leaves the signer its own work where they changed nothing. */
function putRight(signer: AwsV4Signer, path: string, query: string, lines: HeaderLines): void {
  if (signer.url.pathname !== path) signer.encodedPath = canonicalPath(path);
  if (!survivesSearchParams(query)) signer.encodedSearch = canonicalQuery(query);
  const entries = lines.entries();
  const kept = new Map(signer.headers);
  kept.set("host", signer.url.host);
  const survives = signer.signedHeaders === lines.names() && entries.every(([name, value]) => kept.get(name) === value);
  if (survives) return;
  signer.signableHeaders = entries.map(([name]) => name);
  signer.signedHeaders = lines.names();
  signer.canonicalHeaders = entries.map(([name, value]) => `${name}:${value}`).join("\n");
}

function survivesSearchParams(query: string): boolean {
  // A parameter without a name is dropped, and a fragment is not part of a query.
  if (/(?:^|&)=|#/.test(query)) return false;
  try {
    decodeURIComponent(query);
    return query.isWellFormed();
  } catch {
    return false;
  }
}

/** The signer keys its cache by the secret itself, so the cache lives no longer than the credentials. */
function cacheOf(credentials: AwsCredentials): Map<string, ArrayBuffer> {
  let cache = keys.get(credentials);
  if (cache === undefined || cache.size >= MAX_KEYS_PER_CREDENTIALS) keys.set(credentials, (cache = new Map()));
  return cache;
}
