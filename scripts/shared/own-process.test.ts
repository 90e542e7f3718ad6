import { describe, expect, test } from "vitest";
import { findOwnProcessReasons } from "./own-process.ts";

describe("findOwnProcessReasons()", () => {
  test.each([
    ["const server = setupServer(...handlers);", "msw"],
    ["vi.useFakeTimers();", "clock"],
    ["vi.stubGlobal('fetch', fetch);", "replaced"],
    ['const fake = useFake({ transport: "msw" });', "msw"],
    ['vi.stubEnv("HOME", home);', "environment"],
    ["const { heapUsed } = process.memoryUsage();", "heap"],
    ["process.env[name] = value;", "environment"],
    ["delete process.env[name];", "environment"],
  ])("finds why %s is alone in its process", (text, reason) => {
    expect(findOwnProcessReasons(text)).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    'const home = process.env["HOME"];\nconst fake = useFake();\nvi.spyOn(console, "error");',
    "vi.useFakeTimers();\nafterEach(() => void vi.useRealTimers());",
    'vi.stubEnv("HOME", home);\nafterEach(() => {\n  vi.unstubAllEnvs();\n});',
    "const held = process.memoryUsage().arrayBuffers;",
  ])("lets all others share one, and what takes back what it changes: %j", (text) => {
    expect(findOwnProcessReasons(text)).toEqual([]);
  });
});
