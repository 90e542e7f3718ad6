import { parseBearer } from "@claude-on-aws/endpoints";
import type { RequestHead } from "@claude-on-aws/listen";
import { refuse } from "../refusals/own-refusals.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";

/** What a credential is made of: JWTs with many groups are long. */
const CREDENTIAL = /^[\x21-\x7e]{1,16384}$/;

/** How a signature of AWS begins. */
const SIGV4 = /^aws4-/i;
const PRESIGNED = /[?&]X-Amz-Signature=/i;

/** What a 401 has to say. @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 | RFC 9110, section 11.6.1} */
const ASKS_FOR_BEARER = [["www-authenticate", 'Bearer realm="claude-on-aws gateway"']] as const;

/**
 * Refuses with 401.
 *
 * @param code Why.
 * @param message What is wrong, and the way out; never what was sent.
 */
export const refuseCaller = (
  code: "AUTHENTICATION_MISSING" | "AUTHENTICATION_INVALID" | "TOKEN_EXPIRED" | "TOKEN_REVOKED" | "CLIENT_SIGNED",
  message: string,
): OwnRefusal => refuse(code, message, ASKS_FOR_BEARER);

/**
 * Takes out of a head with what its client proves who it is: `authorization: Bearer …` or `x-api-key`, or both where they say the same,
 * as Claude Code sends them to a gateway in place of Claude Platform on AWS.
 *
 * @param head The request.
 * @returns The credential; or why it has none that can be looked at.
 */
export function readCredential({ headers, target }: RequestHead): string | OwnRefusal {
  let authorization: string | undefined;
  let apiKey: string | undefined;
  for (const [name, value] of headers) {
    if (name.length === 13 && name.toLowerCase() === "authorization") {
      if (authorization !== undefined) return twice("authorization");
      authorization = value;
    } else if (name.length === 9 && name.toLowerCase() === "x-api-key") {
      if (apiKey !== undefined) return twice("x-api-key");
      apiKey = value;
    }
  }
  const bearer = authorization === undefined || authorization === "" ? "" : readBearer(authorization);
  if (typeof bearer === "object") return bearer;
  const key = apiKey ?? "";
  if (bearer !== "" && key !== "" && bearer !== key) {
    return refuse(
      "REQUEST_AMBIGUOUS",
      "Cannot tell who asks: authorization and x-api-key differ; send one of them: unset ANTHROPIC_API_KEY where ANTHROPIC_AUTH_TOKEN holds the token of this gateway",
    );
  }
  const credential = bearer === "" ? key : bearer;
  if (credential === "") return refuseMissing(target);
  return CREDENTIAL.test(credential) ? credential : refuseCaller("AUTHENTICATION_INVALID", NO_TOKEN);
}

const NO_TOKEN =
  "Cannot tell who asks: the credential has characters that no token has, or is longer than 16384; send the token of this gateway as it was given out";

function readBearer(authorization: string): string | OwnRefusal {
  const bearer = parseBearer(`${authorization} `);
  if (bearer !== undefined) return bearer.slice(0, -1).trimEnd();
  if (SIGV4.test(authorization)) return refuseSigned();
  return refuseCaller(
    "AUTHENTICATION_INVALID",
    'Cannot tell who asks: authorization has another scheme than Bearer; send "authorization: Bearer TOKEN" with a token of this gateway, as ANTHROPIC_AUTH_TOKEN does',
  );
}

/** A signature covers the host that it was made for: it cannot go on from here. */
const refuseSigned = (): OwnRefusal =>
  refuseCaller(
    "CLIENT_SIGNED",
    "Cannot forward a request that the client signed: the signature is for this gateway's host. Let the gateway sign: set CLAUDE_CODE_SKIP_BEDROCK_AUTH, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH or CLAUDE_CODE_SKIP_MANTLE_AUTH to 1, by the provider that is switched on, and ANTHROPIC_AUTH_TOKEN to a token of this gateway",
  );

function refuseMissing(target: string): OwnRefusal {
  if (PRESIGNED.test(target)) return refuseSigned();
  return refuseCaller(
    "AUTHENTICATION_MISSING",
    "Cannot tell who asks: found neither authorization nor x-api-key; set ANTHROPIC_AUTH_TOKEN to a token of this gateway, which whoever runs it makes with `claude-on-aws gateway token add NAME`",
  );
}

const twice = (name: string): OwnRefusal =>
  refuse("REQUEST_AMBIGUOUS", `Cannot tell who asks: ${name} stands in the head twice; send it once`);
