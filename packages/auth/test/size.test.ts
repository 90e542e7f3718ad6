import { expect, test } from "vitest";
import { MEASURED_EXPORTS, measureExports } from "../bench/measure-exports.ts";

test.each(MEASURED_EXPORTS)("$names alone imports nothing, and weighs what it may", async (measured) => {
  const { gzipBytes, imports } = await measureExports(measured);

  expect(imports).toEqual([]);
  expect(gzipBytes).toBeGreaterThan(0);
  expect(gzipBytes).toBeLessThanOrEqual(measured.maxBytes);
});
