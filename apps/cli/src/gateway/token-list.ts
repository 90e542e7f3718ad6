import { readTokenFile, tokenId, type TokenRecord } from "@claude-on-aws/gateway";
import type { Terminal } from "../command.ts";
import type { TokenFlags } from "./token-options.ts";

/** Whether a token opens anything. */
type TokenState = "good" | "expired" | "revoked";

/**
 * Prints what there is of tokens.
 *
 * @throws {GatewayError} `TOKENS_UNUSABLE`.
 */
export async function runTokenList({ file, json }: TokenFlags, terminal: Terminal, now: Date): Promise<void> {
  const records = await readTokenFile(file);
  if (json) {
    const tokens = records.map(({ name, groups, createdAt, expiresAt, revokedAt, sha256 }) => ({
      id: tokenId({ sha256 }),
      name,
      groups,
      createdAt,
      expiresAt,
      revokedAt,
      state: stateOf({ expiresAt, revokedAt }, now),
    }));
    terminal.out(JSON.stringify({ file, tokens }));
    return;
  }
  for (const line of formatTable(records, now)) terminal.out(line);
}

function stateOf({ expiresAt, revokedAt }: Pick<TokenRecord, "expiresAt" | "revokedAt">, now: Date): TokenState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? "expired" : "good";
}

const HEADING = ["ID", "NAME", "STATE", "UNTIL", "GROUPS"];

function formatTable(records: readonly TokenRecord[], now: Date): readonly string[] {
  const rows = records.map((record) => [
    tokenId(record),
    record.name,
    stateOf(record, now),
    record.expiresAt ?? "-",
    record.groups.join(", ") || "-",
  ]);
  const widths = HEADING.map((_, column) => Math.max(...[HEADING, ...rows].map((row) => row[column]?.length ?? 0)));
  return [HEADING, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
