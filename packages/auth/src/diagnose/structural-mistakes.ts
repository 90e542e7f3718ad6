import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { CHECKS, checkSessionToken, type SignedRequest, signedValuesOf } from "../sigv4/verify-request.ts";
import { wrongService } from "../sigv4/wrong-service.ts";
import { isRedacted } from "./is-redacted.ts";
import type { FoundMistake } from "./parts.ts";

/**
 * Everything that is wrong whatever the arithmetic of the signature says.
 *
 * @param signed The request.
 * @param credentials Those of its access key, where they are known.
 * @returns The mistakes.
 */
export function structuralMistakes(
  signed: SignedRequest,
  credentials: AwsCredentials | undefined,
): readonly FoundMistake[] {
  const { scope } = signed.authorization;
  const found: FoundMistake[] = [];
  if (!SIGNATURE.test(signed.authorization.signature)) found.push({ code: "SIGNATURE_REDACTED" });
  for (const check of CHECKS) {
    const code = check(signed)?.code;
    if (code === undefined || code === "SIGNATURE_MISMATCH") continue;
    if (code === "WRONG_SERVICE") {
      found.push({ code, signed: scope.service, received: wrongService(signed.options.service, scope.service) });
    } else if (code === "WRONG_REGION") found.push({ code, signed: scope.region, received: signed.options.region });
    else if (code === "SIGNED_HEADER_MISSING") {
      for (const header of missingHeaders(signed)) {
        found.push({ code: header === "x-amz-security-token" ? "SESSION_TOKEN_MISSING" : code, header });
      }
    } else found.push({ code });
  }
  for (const header of lostHeaders(signed)) found.push({ code: "HEADER_LOST", header });
  for (const header of redactedHeaders(signed)) found.push({ code: "HEADER_REDACTED", header });
  const token = credentials === undefined ? "ACCESS_KEY_UNKNOWN" : checkSessionToken(signed, credentials)?.code;
  const isMarked = token === "SESSION_TOKEN_INVALID" && found.some(({ header }) => header === "x-amz-security-token");
  if (token !== undefined && token !== "SIGNATURE_MISMATCH" && !isMarked && !found.some(({ code }) => code === token)) {
    found.push({ code: token });
  }
  return found;
}

const SIGNATURE = /^[0-9a-f]{64}$/i;

/** Lower-case names that are signed and have a mark in place of their value. */
function redactedHeaders({ authorization, headers, request }: SignedRequest): readonly string[] {
  const names = new Set(authorization.signedHeaders.map((name) => name.toLowerCase()));
  return [...names].filter((name) => [signedValuesOf(headers, request, name) ?? []].flat().some(isRedacted));
}

/**
 * Lower-case names that are listed as signed and were not sent.
 *
 * @param signed The request.
 * @returns Their names, in lower case.
 */
export function missingHeaders({ authorization, headers, request }: SignedRequest): readonly string[] {
  return authorization.signedHeaders
    .map((name) => name.toLowerCase())
    .filter((name) => signedValuesOf(headers, request, name) === undefined);
}

/**
 * Lower-case names that are signed and were sent, and that the front end takes away.
 *
 * @param signed The request.
 * @returns Their names, in lower case.
 */
export function lostHeaders({ authorization, headers, options }: SignedRequest): readonly string[] {
  const { losesHeader } = options;
  if (losesHeader === undefined) return [];
  const names = new Set(authorization.signedHeaders.map((name) => name.toLowerCase()));
  return [...names].filter((name) => headers.has(name) && losesHeader(name));
}
