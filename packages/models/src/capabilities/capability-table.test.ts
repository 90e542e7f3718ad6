import { describe, expect, test } from "vitest";
import { MODELS } from "../catalogue.ts";
import { CAPABILITY_SOURCES } from "./capability-sources.ts";
import { CAPABILITIES_AS_OF, MODEL_CAPABILITIES } from "./capability-table.ts";
import { CAPABILITY_WORDS } from "./capability-words.ts";
import { findCapabilities } from "./find-capabilities.ts";

/** Paths of the cells that hold one value, wherever they lie. */
function cellsWith(value: unknown, cell: unknown, path: string): string[] {
  if (cell === value) return [path];
  if (typeof cell !== "object" || cell === null || Array.isArray(cell)) return [];
  return Object.entries(cell).flatMap(([name, inner]) => cellsWith(value, inner, `${path}.${name}`));
}

describe("MODEL_CAPABILITIES", () => {
  test("has one row for each model of the catalogue", () => {
    expect(MODELS.map(({ id }) => findCapabilities(id)?.id)).not.toContain(undefined);
    expect(new Set(MODELS.map(({ id }) => findCapabilities(id)))).toEqual(new Set(MODEL_CAPABILITIES));
    expect(MODEL_CAPABILITIES).toHaveLength(MODELS.length);
  });

  test("finds a row under every spelling", () => {
    for (const { id, bedrockId, mantleId } of MODELS) {
      const row = findCapabilities(id);
      expect(findCapabilities(`us.${bedrockId}`)).toBe(row);
      if (mantleId !== null) expect(findCapabilities(mantleId)).toBe(row);
    }
  });

  test("names at least one source a row, each once", () => {
    for (const { id, sources } of MODEL_CAPABILITIES) {
      expect([id, sources.length > 0, new Set(sources).size]).toEqual([id, true, sources.length]);
      for (const source of sources) expect(CAPABILITY_SOURCES[source].length).toBeGreaterThan(20);
    }
  });

  test("refuses no level of effort above one that it takes, but for xhigh", () => {
    const order = ["low", "medium", "high", "max"];
    for (const { id, effort } of MODEL_CAPABILITIES) {
      const plain = [...effort].filter((level) => level !== "xhigh");
      expect([id, plain]).toEqual([id, order.slice(0, plain.length)]);
    }
  });

  test("says how many of its cells are open", () => {
    const unknown = MODEL_CAPABILITIES.flatMap((row) => cellsWith("unknown", row, row.id));
    const disputed = MODEL_CAPABILITIES.flatMap((row) =>
      ["disputed", "disputed above high"].flatMap((value) => cellsWith(value, row, row.id)),
    );
    console.info(
      `models as of ${CAPABILITIES_AS_OF}: ${unknown.length} cells unknown, which accept; ${disputed.length} disputed`,
    );

    expect(unknown).toContain("claude-opus-4-1.sampling");
    expect(disputed).toContain("claude-fable-5.forcedTools");
    expect(unknown.length).toBeLessThan(MODEL_CAPABILITIES.length * 8);
  });
});

describe("CAPABILITY_WORDS", () => {
  test.each(Object.entries(CAPABILITY_WORDS))("%s has words and a source", (_, { words, source }) => {
    expect(words("x", { id: "claude-x", effort: ["low", "high"] }).length).toBeGreaterThan(16);
    expect(source).toMatch(/^https:|^measured/);
  });
});
