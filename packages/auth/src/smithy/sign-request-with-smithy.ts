import { AuthError } from "../errors.ts";
import { peerMissing } from "../peer-missing.ts";
import { splitRequestTarget } from "../sigv4/canonical-request.ts";
import { digest } from "../sigv4/digest.ts";
import { parseAmzDate } from "../sigv4/amz-date.ts";
import { sessionTokenOf } from "../sigv4/session-token.ts";
import { prepareSigning, signingDate, type SignOptions } from "../sigv4/sign-request.ts";
import type { WireRequest } from "../sigv4/wire-request.ts";
import { NativeSha256 } from "./native-sha256.ts";

/**
 * Signs a request with AWS's own signer, `@smithy/signature-v4`, on the
 * runtime's own hash.
 *
 * The result is that of `signRequest`: the same headers, the same signature.
 * A `date` header is left out of the signature, as that signer removes it.
 *
 * @example Usage
 * ```ts
 * import { signRequestWithSmithy } from "@claude-on-aws/auth/smithy";
 * import { match } from "node:assert/strict";
 *
 * const signed = await signRequestWithSmithy(
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
 * @throws {AuthError} As `signRequest`; `PEER_MISSING` where the package is not installed, `TARGET_UNSIGNABLE` where the
 * query holds bytes that are no UTF-8, or a parameter `__proto__`, which that signer cannot express.
 * @see {@link https://github.com/smithy-lang/smithy-typescript/tree/main/packages/signature-v4 | @smithy/signature-v4 5.7.5}
 */
export async function signRequestWithSmithy(request: WireRequest, options: SignOptions): Promise<WireRequest> {
  const { SignatureV4 } = await import("@smithy/signature-v4").catch(peerMissing("@smithy/signature-v4"));
  const { credentials, region, service } = options;
  const amzDate = signingDate(options);
  const payloadHash = options.payloadHash ?? (await digest.sha256Hex(request.body));
  const { headers, lines } = prepareSigning(request, options, amzDate, payloadHash);
  const { path, query } = splitRequestTarget(request.target);
  const { accessKeyId, secretAccessKey } = credentials;
  const sessionToken = sessionTokenOf(credentials);
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    service,
    sha256: NativeSha256,
  });
  const toSign = Object.fromEntries(lines.entries());
  const signed = await signer.sign(
    { method: request.method, protocol: "https:", hostname: "", path, query: parseQuery(query), headers: toSign },
    // Only what is to be signed is handed over; the second set lets through what is never signed otherwise.
    { signingDate: parseAmzDate(amzDate) ?? new Date(), signableHeaders: new Set(Object.keys(toSign)) },
  );
  return { ...request, headers: [...headers, ["authorization", signed.headers["authorization"] ?? ""]] };
}

function parseQuery(query: string): Record<string, string[]> {
  // Without a prototype: any name may occur.
  const parameters = Object.create(null) as Record<string, string[]>;
  for (const parameter of query.split("&")) {
    if (parameter === "") continue;
    const equals = parameter.indexOf("=");
    const name = decode(equals < 0 ? parameter : parameter.slice(0, equals));
    // It would leave this one out, and so sign another request.
    if (name === "__proto__") throw unsignable('the query has a parameter "__proto__"');
    (parameters[name] ??= []).push(equals < 0 ? "" : decode(parameter.slice(equals + 1)));
  }
  return parameters;
}

/** A `%` that starts no sequence stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
  } catch (cause) {
    throw unsignable("the query holds bytes that are no UTF-8", cause);
  }
}

const unsignable = (found: string, cause?: unknown): AuthError =>
  new AuthError("TARGET_UNSIGNABLE", `Cannot sign request with @smithy/signature-v4: ${found}; use signRequest`, {
    cause,
  });
