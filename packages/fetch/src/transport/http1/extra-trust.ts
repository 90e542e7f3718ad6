/** What a connection in TLS is told to trust; nothing where the runtime knows by itself. */
export interface Trust {
  readonly ca?: string[];
}

/**
 * Lists whom to trust where that has to be said: `node:tls` of Deno knows the certificates of `NODE_EXTRA_CA_CERTS`, and takes them only
 * where they are given, as its `node:https` does. Without any, it is left at its own: each connection reads a list anew.
 *
 * @param tls The runtime's module.
 * @returns Options of a connection.
 */
export function extraTrust(tls: Partial<Pick<typeof import("node:tls"), "getCACertificates">>): Trust {
  const { getCACertificates } = tls;
  if (!("Deno" in globalThis) || getCACertificates === undefined) return {};
  return getCACertificates("extra").length === 0 ? {} : { ca: getCACertificates("default") };
}
