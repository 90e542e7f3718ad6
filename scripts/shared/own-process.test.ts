import { describe, expect, test } from "vitest";
import { findOwnProcessReasons } from "./own-process.ts";

describe("findOwnProcessReasons()", () => {
  test.each([
    ["const server = setupServer(...handlers);", "msw"],
    ["vi.useFakeTimers();", "clock"],
    ["vi.spyOn(console, 'error');", "replaced"],
    ["process.env[name] = value;", "environment"],
    ["delete process.env[name];", "environment"],
  ])("finds why %s is alone in its process", (text, reason) => {
    expect(findOwnProcessReasons(text)).toEqual([expect.stringContaining(reason)]);
  });

  test("lets all others share one", () => {
    expect(findOwnProcessReasons('const home = process.env["HOME"];\nexpect(home).toBe("/");')).toEqual([]);
  });
});
