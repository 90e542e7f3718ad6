import { setFlagsFromString } from "node:v8";

/**
 * Prepares a process that does nothing but serve a fake, before its first request.
 *
 * A record of the journal lives as long as a thousand requests take. V8 learns from the first collections, which are
 * small, that these records live long, and puts all that follow where only its large collections look; what they point to
 * is copied there after them. Told not to, Node answers 5 to 15 % more requests. It is a matter of the whole process, which
 * is why {@link serve} leaves it alone. Other runtimes gain nothing by it, and are left as they are.
 *
 * @example Usage
 * ```ts
 * import { createFakeCore, prepareProcess, serve } from "@claude-on-aws/fake/server";
 * import { match } from "node:assert/strict";
 *
 * prepareProcess();
 * const server = await serve(createFakeCore(), { port: 0 });
 * match(server.url, /^http:\/\/127\.0\.0\.1:/);
 * await server.close();
 * ```
 *
 * @see {@link https://nodejs.org/docs/latest-v24.x/api/v8.html#v8setflagsfromstringflags | v8.setFlagsFromString}
 */
export function prepareProcess(): void {
  if ("Bun" in globalThis || "Deno" in globalThis) return;
  setFlagsFromString("--no-allocation-site-pretenuring");
}
