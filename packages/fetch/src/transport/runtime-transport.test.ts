import { expect, test } from "vitest";
import { bunExchanges } from "./runtime-transport.ts";

test.each([
  [undefined, 240],
  ["", 240],
  ["many", 240],
  ["-1", 240],
  ["65336", 65_320],
  ["4", 1],
])("bunExchanges() of a process that was started with %j is %i", (limit, exchanges) => {
  expect(bunExchanges({ BUN_CONFIG_MAX_HTTP_REQUESTS: limit })).toBe(exchanges);
});
