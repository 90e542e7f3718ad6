/** The form of every API key: visible characters of ASCII, nothing else. */
export const API_KEY: RegExp = /^[\x21-\x7e]{1,8192}$/;

/**
 * Says whether a text can be an API key at all, whoever issued it.
 *
 * @example Usage
 * ```ts
 * import { isApiKey } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(isApiKey("a-gateway's-token"), true);
 * equal(isApiKey("ABSK example\n"), false);
 * ```
 *
 * @param text Any text.
 * @returns Whether it is 1 to 8192 visible characters of ASCII, and so holds no space.
 */
export const isApiKey = (text: string): boolean => API_KEY.test(text);
