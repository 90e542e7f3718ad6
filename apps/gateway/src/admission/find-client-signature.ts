import type { RequestHead } from "@claude-on-aws/listen";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import type { GatewayRoute, RequestForm } from "../terms/gateway-route.ts";
import { refuse } from "../refusals/own-refusals.ts";

/** The switch of Claude Code that leaves signing to a gateway, by the form in which it then writes. */
const SWITCHES: Readonly<Record<RequestForm, string>> = {
  messages: "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  mantle: "CLAUDE_CODE_SKIP_MANTLE_AUTH",
  bedrock: "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
};

/** What has other clients show a token in place of a signature. */
const ELSEWHERE: Readonly<Record<RequestForm, string>> = {
  messages: "elsewhere give the client the token as its API key, and no AWS credentials",
  mantle: "elsewhere give the client the token as its API key, and no AWS credentials",
  bedrock: "with AWS's SDKs set AWS_BEARER_TOKEN_BEDROCK to the token",
};

const SIGNED = /^\s*AWS4-/i;
const SIGNED_QUERY = /[?&]X-Amz-Signature=/i;

/**
 * Refuses what the client signed itself: its signature is for the gateway's host, and would hold nowhere else.
 *
 * @param head The request, as received.
 * @param route What it asks for.
 * @returns The refusal; `undefined` where the client left signing to the gateway.
 */
export function findClientSignature(head: RequestHead, { form, target }: GatewayRoute): OwnRefusal | undefined {
  const isSigned = head.headers.some(([name, value]) => isAuthorization(name) && SIGNED.test(value));
  if (!isSigned && !SIGNED_QUERY.test(target)) return undefined;
  return refuse(
    "CLIENT_SIGNED",
    `Cannot forward the request: the client signed it with AWS Signature Version 4, for this gateway's host; expected a token of the gateway and no signature. In Claude Code set ${SWITCHES[form]}=1 and ANTHROPIC_AUTH_TOKEN; ${ELSEWHERE[form]}`,
  );
}

const isAuthorization = (name: string): boolean =>
  name.length === "authorization".length && name.toLowerCase() === "authorization";
