import { GatewayError } from "../../gateway-error.ts";
import { editTokenFile, type EditTokenFileOptions } from "./edit-token-file.ts";
import { type MadeToken, makeToken, type MakeTokenOptions } from "./make-token.ts";
import { isCallerName } from "./token-record.ts";

/**
 * Makes a token, and writes down what is kept of it.
 *
 * @example A token for thirty days
 * ```ts
 * import { addToken, readTokenFile } from "@claude-on-aws/gateway";
 * import { equal, match } from "node:assert/strict";
 * import { mkdtemp } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const file = join(await mkdtemp(join(tmpdir(), "tokens-")), "tokens.json");
 * const { token } = await addToken(file, { name: "ci", expiresAt: new Date(Date.now() + 30 * 86_400_000) });
 *
 * match(token, /^coagw_[0-9a-f]{72}$/);
 * equal((await readTokenFile(file))[0]?.name, "ci");
 * ```
 *
 * @param path The file of tokens; made where it is not there.
 * @param options Whose it is, and until when; and how long is waited for others who write the file.
 * @returns The token, which nobody can read again, and its record.
 * @throws {GatewayError} `TOKEN_INVALID` where a name is none, or the end is not to come; `TOKENS_UNUSABLE`, `TOKENS_LOCKED`.
 */
export async function addToken(path: string, options: MakeTokenOptions & EditTokenFileOptions): Promise<MadeToken> {
  const { name, groups = [], expiresAt, now = new Date() } = options;
  for (const each of [name, ...groups]) {
    if (isCallerName(each)) continue;
    throw new GatewayError(
      "TOKEN_INVALID",
      `Cannot make a token for ${JSON.stringify(each)}: expected a name of 1 to 128 visible characters without quotes, that does not begin with "-"`,
    );
  }
  if (expiresAt && !(expiresAt.getTime() > now.getTime())) {
    throw new GatewayError("TOKEN_INVALID", `Cannot make a token for ${name}: its end is not to come`);
  }
  const made = makeToken({ ...options, now });
  await editTokenFile(path, (records) => ({ records: [...records, made.record], result: undefined }), options);
  return made;
}
