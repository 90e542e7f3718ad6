import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeSettings, type SettingsFile, type SettingsSource } from "./index.ts";

const PRECEDENCE: readonly SettingsSource[] = ["managed", "project-local", "project", "user"];

describe("mergeSettings()", () => {
  test("takes every value from the file of the highest precedence that has it, in whatever order they come", () => {
    const order = fc.shuffledSubarray([...PRECEDENCE], { minLength: 1 });
    fc.assert(
      fc.property(order, (sources) => {
        const files: SettingsFile[] = sources.map((source) => ({
          source,
          value: { model: source, env: { SHARED: source, [source]: "1" }, modelOverrides: { "claude-opus-5": source } },
        }));
        const winner = PRECEDENCE.find((source) => sources.includes(source));
        const merged = mergeSettings(files);
        expect(merged.model).toEqual({ value: winner, source: `model in ${winner} settings` });
        expect(merged.env.get("SHARED")?.value).toBe(winner);
        expect(merged.modelOverrides.get("claude-opus-5")?.value).toBe(winner);
        for (const source of sources) expect(merged.env.get(source)?.value).toBe("1");
      }),
    );
  });

  test.each([null, 1, "text", [], { env: 1, model: 2, modelOverrides: [] }, { env: { A: null, B: {} } }])(
    "finds nothing in %j",
    (value) => {
      const merged = mergeSettings([{ source: "user", value }]);
      expect(merged.model).toBeNull();
      expect(merged.env.size).toBe(0);
    },
  );

  test("writes numbers and booleans of env as text", () => {
    const { env } = mergeSettings([{ source: "user", value: { env: { A: 1, B: true } } }]);
    expect([...env.values()].map(({ value }) => value)).toEqual(["1", "true"]);
  });
});
