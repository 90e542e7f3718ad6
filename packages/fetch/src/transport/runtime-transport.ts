import { builtinModule } from "./builtin-module.ts";
import { createFetchTransport } from "./fetch-transport.ts";
import { createNodeHttpTransport } from "./node-http-transport.ts";
import { createOverflowTransport } from "./overflow-transport.ts";
import type { Transport } from "./transport.ts";

/**
 * Bun's `fetch` sends no more than 256 requests at once in a process, whatever is set in it; the 257th would wait. A few are left
 * to the rest of the program.
 */
const BUN_EXCHANGES = 240;

/**
 * Makes the best transport of this runtime: `node:http` on Node and Deno, `fetch` on Bun, with `node:http` beyond what that sends
 * at once, and `fetch` wherever there is nothing else.
 *
 * @returns The transport.
 */
export function createRuntimeTransport(): Transport {
  const [http, https] = [builtinModule("node:http"), builtinModule("node:https")];
  if (http === undefined || https === undefined) return createFetchTransport();
  const overNodeHttp = createNodeHttpTransport({ http, https });
  return isBun() ? createOverflowTransport(createFetchTransport(), overNodeHttp, BUN_EXCHANGES) : overNodeHttp;
}

/** Whether this is Bun. */
export const isBun = (): boolean => typeof process === "object" && process.versions?.["bun"] !== undefined;
