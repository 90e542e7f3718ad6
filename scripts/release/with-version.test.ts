import { expect, test } from "vitest";
import { withVersion } from "./with-version.ts";

test("withVersion() changes the version alone", () => {
  const text = '{\n  "name": "@scope/name",\n  "version": "0.0.0",\n  "other": { "version": "1" }\n}\n';
  expect(withVersion(text, "1.2.3")).toBe(text.replace("0.0.0", "1.2.3"));
});

test("withVersion() refuses a manifest without one", () => {
  expect(() => withVersion("{}", "1.2.3")).toThrow('deno.json: expected a "version"');
});
