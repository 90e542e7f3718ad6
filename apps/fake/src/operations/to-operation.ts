import type { Route } from "@claude-on-aws/endpoints";
import type { BuiltOperation, Operation } from "../exchange/operation.ts";

/**
 * Joins a route, which is the service's own, and what the fake makes of it.
 *
 * @returns One row of the table of operations.
 */
export const toOperation = (
  { operation, provider, plane, method, path, action, onlyBehindBaseUrl }: Route,
  built: BuiltOperation | undefined,
): Operation => ({
  name: operation,
  provider,
  method,
  path,
  action,
  ...(onlyBehindBaseUrl === undefined ? {} : { onlyBehindBaseUrl }),
  ...(plane === undefined ? {} : { plane }),
  ...(built === undefined ? {} : { built }),
});
