import type { Header } from "../header.ts";
import type { Authenticator } from "./authenticator.ts";

/**
 * Authenticates with headers that stay the same: a key, a token, or none where a gateway signs.
 *
 * @param own The headers.
 * @returns The authenticator.
 */
export function authenticateWithHeaders(own: readonly Header[]): Authenticator {
  const names = new Set(own.map(([name]) => name));
  return ({ headers }) =>
    Promise.resolve({ headers: [...headers.filter(([name]) => !names.has(name)), ...own], renew: null });
}
