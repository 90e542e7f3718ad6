import { revokeTokens, tokenId } from "@claude-on-aws/gateway";
import type { Terminal } from "../command.ts";
import type { TokenFlags } from "./token-options.ts";

/** What revokes tokens. */
export interface TokenRevokeFlags extends TokenFlags {
  /** The name of a caller, the ID of a token, or a token. */
  readonly nameOrId: string;
}

/**
 * Revokes tokens, and prints which.
 *
 * @throws {GatewayError} Where there is none such, or it cannot be written down.
 */
export async function runTokenRevoke(flags: TokenRevokeFlags, terminal: Terminal, now: Date): Promise<void> {
  const { file, json, nameOrId } = flags;
  const revoked = await revokeTokens(file, nameOrId, { now });
  if (json) {
    terminal.out(
      JSON.stringify({ file, revoked: revoked.map((record) => ({ id: tokenId(record), name: record.name })) }),
    );
    return;
  }
  if (revoked.length === 0) terminal.out("Nothing to do: it was revoked before.");
  for (const record of revoked)
    terminal.out(`Revoked ${tokenId(record)} of ${record.name}; gateways refuse it within a second.`);
}
