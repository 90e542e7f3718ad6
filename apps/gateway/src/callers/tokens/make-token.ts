import { drawToken, hashToken } from "./token-text.ts";
import type { TokenRecord } from "./token-record.ts";

/** A token, and what is kept of it. */
export interface MadeToken {
  /** The secret: whoever made it says it once. */
  readonly token: string;
  readonly record: TokenRecord;
}

/** What a token is made for. */
export interface MakeTokenOptions {
  /** The caller whose it is. */
  readonly name: string;
  /**
   * Groups that the caller belongs to.
   *
   * @default {[]}
   */
  readonly groups?: readonly string[] | undefined;
  /**
   * When it ends.
   *
   * @default {null: never}
   */
  readonly expiresAt?: Date | null | undefined;
  /**
   * The time.
   *
   * @default {new Date()}
   */
  readonly now?: Date | undefined;
  /**
   * Where random bytes come from.
   *
   * @default {randomBytes of node:crypto}
   */
  readonly drawBytes?: ((length: number) => Uint8Array) | undefined;
}

/**
 * Makes a token: for a file of tokens, or for a gateway that starts without any.
 *
 * @example A token that nobody wrote down
 * ```ts
 * import { createIdentify, makeToken } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const { token, record } = makeToken({ name: "me" });
 * const identify = await createIdentify({}, { tokens: [record] });
 * const head = { method: "GET", target: "/v1/models", headers: [["x-api-key", token]], httpVersion: "1.1" } as const;
 * const caller = await identify(head, "127.0.0.1");
 *
 * equal("name" in caller && caller.name, "me");
 * ```
 *
 * @param options Whose it is, and until when.
 * @returns The token, `coagw_` and 72 hexadecimal digits, and its record.
 */
export function makeToken({
  name,
  groups = [],
  expiresAt = null,
  now = new Date(),
  drawBytes,
}: MakeTokenOptions): MadeToken {
  const token = drawToken(drawBytes);
  return {
    token,
    record: {
      name,
      sha256: hashToken(token),
      groups: [...new Set(groups)],
      createdAt: now.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      revokedAt: null,
    },
  };
}
