import { describe, expect, test } from "vitest";
import { findOwnProcessReasons } from "./own-process.ts";

describe("findOwnProcessReasons()", () => {
  test.each([
    ["const server = setupServer(...handlers);", "msw"],
    ["vi.useFakeTimers();", "clock"],
    ["vi.stubGlobal('fetch', fetch);", "replaced"],
    ["const fake = useFake();", "msw"],
    ["process.env[name] = value;", "environment"],
    ["delete process.env[name];", "environment"],
  ])("finds why %s is alone in its process", (text, reason) => {
    expect(findOwnProcessReasons(text)).toEqual([expect.stringContaining(reason)]);
  });

  test("lets all others share one", () => {
    const text = 'const home = process.env["HOME"];\ndescribe("useFake()", () => {});\nvi.spyOn(console, "error");';
    expect(findOwnProcessReasons(text)).toEqual([]);
  });
});
