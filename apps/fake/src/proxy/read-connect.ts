import { parseAuthority, type ProxyTarget } from "./parse-authority.ts";

/** A CONNECT request that was read. */
export interface ConnectRequest {
  /** Absent where its first line cannot be read. */
  readonly target?: ProxyTarget | undefined;
  /** How many bytes it takes; what follows belongs to the tunnel. */
  readonly length: number;
}

/** More than any client sends with a CONNECT. */
export const MAX_CONNECT_BYTES = 16_384;

const END = "\r\n\r\n";

/**
 * Reads a CONNECT request.
 *
 * @param seen What was received so far.
 * @returns `undefined` where its end is still to come.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 | RFC 9110}, section 9.3.6
 */
export function readConnect(seen: Uint8Array): ConnectRequest | undefined {
  const text = Buffer.from(seen.buffer, seen.byteOffset, Math.min(seen.length, MAX_CONNECT_BYTES)).toString("latin1");
  const end = text.indexOf(END);
  if (end < 0) return text.length < MAX_CONNECT_BYTES ? undefined : { length: text.length };
  const [line = ""] = text.split("\r\n", 1);
  const [method, authority = "", version = "", ...rest] = line.split(" ");
  const isValid = method === "CONNECT" && rest.length === 0 && /^HTTP\/1\.[01]$/.test(version);
  return { target: isValid ? parseAuthority(authority) : undefined, length: end + END.length };
}
