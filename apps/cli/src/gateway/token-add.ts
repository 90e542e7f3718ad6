import { addToken, tokenId } from "@claude-on-aws/gateway";
import type { Terminal } from "../command.ts";
import { parseExpiry } from "./parse-expiry.ts";
import type { TokenFlags } from "./token-options.ts";

/** What makes a token. */
export interface TokenAddFlags extends TokenFlags {
  readonly name: string;
  readonly groups: readonly string[];
  /** As it was given. */
  readonly expires: string;
}

/**
 * Makes a token, and prints it: alone on standard output, so that a script can take it.
 *
 * @throws {CliError} `USAGE` where the end is none.
 * @throws {GatewayError} Where it cannot be made or written down.
 */
export async function runTokenAdd(flags: TokenAddFlags, terminal: Terminal, now: Date): Promise<void> {
  const { name, groups, file, json } = flags;
  const { token, record } = await addToken(file, { name, groups, expiresAt: parseExpiry(flags.expires, now), now });
  const { createdAt, expiresAt } = record;
  const id = tokenId(record);
  if (json) {
    terminal.out(JSON.stringify({ token, id, name, groups: record.groups, createdAt, expiresAt, file }));
    return;
  }
  terminal.out(token);
  const end = expiresAt === null ? "without an end" : `until ${expiresAt}`;
  terminal.error(`This is the token of ${name}, ${end}. It is shown once: ${file} holds its hash alone.`);
  terminal.error(`A gateway whose callers.tokensFile is that file takes it at once. Its ID is ${id}.`);
}
