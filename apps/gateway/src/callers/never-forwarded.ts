import type { CallerSettings } from "../settings/caller-settings.ts";

/** With what a client proves who it is, here or elsewhere. */
const CREDENTIALS: readonly string[] = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

/**
 * Names of headers that end at the gateway, because they say who asks: a credential is never shown to a service that it was not made for,
 * and the header of a front end means something here alone, whoever sent it.
 *
 * @example Nobody's header goes on
 * ```ts
 * import { neverForwarded } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const ends = neverForwarded({ frontEnd: { header: "X-Client-Name", addresses: ["10.0.0.5"] } });
 * equal(ends.has("x-client-name"), true);
 * ```
 *
 * @param settings The header of a front end, where there is one.
 * @returns The names, in lower case.
 */
export function neverForwarded({ frontEnd }: Pick<CallerSettings, "frontEnd">): ReadonlySet<string> {
  return new Set([...CREDENTIALS, ...(frontEnd === undefined ? [] : [frontEnd.header.toLowerCase()])]);
}
