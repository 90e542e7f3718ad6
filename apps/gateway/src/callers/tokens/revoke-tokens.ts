import { GatewayError } from "../../gateway-error.ts";
import { editTokenFile, type EditTokenFileOptions } from "./edit-token-file.ts";
import { tokenId, type TokenRecord } from "./token-record.ts";
import { TOKEN_PREFIX } from "../../terms/token-prefix.ts";
import { hashToken, isWholeToken } from "./token-text.ts";

/** What {@link revokeTokens} takes beside the file. */
export interface RevokeTokensOptions extends EditTokenFileOptions {
  /**
   * The time.
   *
   * @default {new Date()}
   */
  readonly now?: Date | undefined;
}

/**
 * Revokes every token of a caller, or one by its ID or by itself, as somebody finds it that leaked. A gateway that runs refuses it a second later at most. The records stay, so that
 * the gateway can say of a token that it was revoked.
 *
 * @example Ending what was made
 * ```ts
 * import { addToken, revokeTokens } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 * import { mkdtemp } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const file = join(await mkdtemp(join(tmpdir(), "tokens-")), "tokens.json");
 * await addToken(file, { name: "ci" });
 * const revoked = await revokeTokens(file, "ci");
 *
 * equal(revoked.length, 1);
 * ```
 *
 * @param path The file of tokens.
 * @param nameOrId The name of a caller, the ID of a token, or a token.
 * @param options The time; and how long is waited for others who write the file.
 * @returns What was revoked; nothing where all of it was revoked before.
 * @throws {GatewayError} `TOKEN_UNKNOWN` where no token has the name or the ID; `TOKENS_UNUSABLE`, `TOKENS_LOCKED`.
 */
export function revokeTokens(
  path: string,
  nameOrId: string,
  { now = new Date(), ...options }: RevokeTokensOptions = {},
): Promise<readonly TokenRecord[]> {
  const hash = isWholeToken(nameOrId) ? hashToken(nameOrId) : undefined;
  // A token that was cut is as good as one.
  const shown = nameOrId.startsWith(TOKEN_PREFIX) ? "the token" : JSON.stringify(nameOrId);
  return editTokenFile(
    path,
    (records) => {
      const isMeant = (record: TokenRecord): boolean =>
        record.name === nameOrId || tokenId(record) === nameOrId || record.sha256 === hash;
      if (!records.some(isMeant)) {
        throw new GatewayError(
          "TOKEN_UNKNOWN",
          `Cannot revoke ${shown}: no token in ${path} has this name or ID; list them to see what there is`,
        );
      }
      const revokedAt = now.toISOString();
      const isRevoked = (record: TokenRecord): boolean => isMeant(record) && record.revokedAt === null;
      const changed = records.map((record) => (isRevoked(record) ? { ...record, revokedAt } : record));
      return { records: changed, result: changed.filter((record, index) => record !== records[index]) };
    },
    options,
  );
}
