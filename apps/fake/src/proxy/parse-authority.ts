/** Where a request to a proxy is meant to go. */
export interface ProxyTarget {
  /** In lower case; an IPv6 address stands in brackets. */
  readonly host: string;
  readonly port: number;
}

/** No name of DNS is longer. */
const MAX_HOST_LENGTH = 255;

/**
 * Reads `host:port`, as it stands in a CONNECT request.
 *
 * @param defaultPort Port where none is named; without it, one has to be.
 * @returns `undefined` where it is no such text.
 */
export function parseAuthority(text: string, defaultPort?: number): ProxyTarget | undefined {
  const found = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text);
  const [, host = "", digits] = found ?? [];
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === "" || host.length > MAX_HOST_LENGTH || port === undefined || port > 65_535) return undefined;
  return { host: host.toLowerCase(), port };
}

/** Writes `host:port`. */
export const formatAuthority = ({ host, port }: ProxyTarget): string => `${host}:${port}`;
