import { GatewayError } from "../gateway-error.ts";
import type { GatewaySettings } from "../settings/gateway-settings.ts";
import { isLoopbackHost } from "./head/read-host.ts";
import { readTokenFile } from "./tokens/read-token-file.ts";

/**
 * Checks, before a gateway listens where others can reach it, that what they send cannot be read on the way, and that it knows who they
 * are. On loopback nothing is asked.
 *
 * @example Nobody listens in public by mistake
 * ```ts
 * import { checkListening } from "@claude-on-aws/gateway";
 * import { rejects } from "node:assert/strict";
 *
 * await checkListening({});
 * await rejects(checkListening({ listen: { host: "0.0.0.0" } }), { code: "SETTINGS_INVALID" });
 * ```
 *
 * @param settings Where it listens, and who is served.
 * @param now The time; the clock's by default.
 * @throws {GatewayError} `SETTINGS_INVALID` where it must not start; `TOKENS_UNUSABLE` where its tokens cannot be read.
 */
export async function checkListening(
  { listen = {}, callers = {} }: Pick<GatewaySettings, "listen" | "callers">,
  now: Date = new Date(),
): Promise<void> {
  const { host = "127.0.0.1", tls, tlsEndsInFront = false } = listen;
  if (isLoopbackHost(host.toLowerCase())) return;
  if (tls === undefined && !tlsEndsInFront) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      `Cannot listen on ${host} in plain text: others can read tokens on the way. Give listen.tls a certificate, or set listen.tlsEndsInFront where something in front ends TLS`,
    );
  }
  const { issuers = [], frontEnd, tokensFile } = callers;
  if (issuers.length > 0 || frontEnd !== undefined) return;
  if (tokensFile !== undefined && (await hasToken(tokensFile, now))) return;
  throw new GatewayError(
    "SETTINGS_INVALID",
    `Cannot listen on ${host} without callers: nobody would be served, or everybody. ${tokensFile === undefined ? "Name callers.tokensFile, callers.issuers or callers.frontEnd" : `${tokensFile} has no token that is good: make one with \`claude-on-aws gateway token add NAME\``}`,
  );
}

async function hasToken(path: string, now: Date): Promise<boolean> {
  return (await readTokenFile(path)).some(
    ({ expiresAt, revokedAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now.getTime()),
  );
}
