import type { GatewaySettings } from "../settings/gateway-settings.ts";

/** What is decided when a gateway starts, and the words for it. */
const FIXED: readonly (readonly [what: string, read: (settings: GatewaySettings) => unknown])[] = [
  ["listen.port", ({ listen }) => listen?.port],
  ["listen.host", ({ listen }) => listen?.host],
  ["listen.http", ({ listen }) => listen?.http],
  // Files of other names are read; whether TLS is spoken at all is decided.
  ["listen.tls", ({ listen }) => listen?.tls !== undefined],
  ["drainMs", ({ drainMs }) => drainMs],
];

/**
 * Finds what a gateway that runs cannot follow.
 *
 * @param before The settings that it was started with.
 * @param after Other ones.
 * @returns The keys that differ, and hold after the next start only.
 */
export const findFixedChanges = (before: GatewaySettings, after: GatewaySettings): readonly string[] =>
  FIXED.filter(([, read]) => JSON.stringify(read(before)) !== JSON.stringify(read(after))).map(([what]) => what);
