import { describe, expect, test } from "vitest";
import { findCycles } from "./find-cycles.ts";
import { layerRules } from "./layer-rules.ts";

describe("layerRules", () => {
  const rows = Object.entries(layerRules.mayImport);

  test("has no circle", () => {
    expect(findCycles(new Map(rows))).toEqual([]);
  });

  test("names only members that have a row", () => {
    const names = rows.map(([name]) => name);
    expect(rows.flatMap(([, siblings]) => siblings).filter((sibling) => !names.includes(sibling))).toEqual([]);
  });

  test("is closed: whoever may import a member may import what is below it", () => {
    for (const [, siblings] of rows) {
      for (const sibling of siblings) {
        expect(siblings).toEqual(expect.arrayContaining([...(layerRules.mayImport[sibling] ?? [])]));
      }
    }
  });
});
