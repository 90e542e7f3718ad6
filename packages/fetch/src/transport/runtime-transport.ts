import { builtinModule } from "./builtin-module.ts";
import { createFetchTransport } from "./fetch-transport.ts";
import { createNodeHttpTransport } from "./node-http-transport.ts";
import { createOverflowTransport } from "./overflow-transport.ts";
import type { ProxyEnvironment } from "./resolve-proxy.ts";
import type { Transport } from "./transport.ts";

/** The variable that says how many requests Bun's `fetch` sends at once in a process. Bun reads it when the process starts. */
const BUN_VARIABLE = "BUN_CONFIG_MAX_HTTP_REQUESTS";

/** What holds where nothing else is said; the 257th would wait. */
const BUN_DEFAULT = 256;

/** These are left to the rest of the program. */
const LEFT_TO_OTHERS = 16;

/**
 * Says how many exchanges Bun's `fetch` is given at once.
 *
 * @param env The environment that the process was started with.
 * @returns The number; at least one.
 */
export function bunExchanges(env: ProxyEnvironment): number {
  const given = Number(env[BUN_VARIABLE]);
  return Math.max(1, (Number.isInteger(given) && given > 0 ? given : BUN_DEFAULT) - LEFT_TO_OTHERS);
}

/**
 * Makes the best transport of this runtime: `node:http` on Node and Deno, `fetch` on Bun, with `node:http` beyond what that sends
 * at once, and `fetch` wherever there is nothing else.
 *
 * @param env The environment that the process was started with.
 * @returns The transport.
 */
export function createRuntimeTransport(env: ProxyEnvironment = {}): Transport {
  const [http, https] = [builtinModule("node:http"), builtinModule("node:https")];
  if (http === undefined || https === undefined) return createFetchTransport();
  const overNodeHttp = createNodeHttpTransport({ http, https });
  return isBun() ? createOverflowTransport(createFetchTransport(), overNodeHttp, bunExchanges(env)) : overNodeHttp;
}

/** Whether this is Bun. */
export const isBun = (): boolean => typeof process === "object" && process.versions?.["bun"] !== undefined;
