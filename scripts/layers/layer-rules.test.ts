import { describe, expect, test } from "vitest";
import { findCycles } from "./find-cycles.ts";
import { LAYER_RULES } from "./layer-rules.ts";

describe("LAYER_RULES", () => {
  const rows = Object.entries(LAYER_RULES.mayImport);

  test("has no circle", () => {
    expect(findCycles(new Map(rows))).toEqual([]);
  });

  test("names only members that have a row", () => {
    const names = rows.map(([name]) => name);
    expect(rows.flatMap(([, siblings]) => siblings).filter((sibling) => !names.includes(sibling))).toEqual([]);
  });

  test("has notes, rooms and exceptions only for members that have a row", () => {
    const { notes, rooms, typeCirclesAllowedIn, fixtures, mayImport } = LAYER_RULES;
    const named = [...Object.keys(notes), ...Object.keys(rooms), ...typeCirclesAllowedIn, fixtures];
    expect(named.filter((name) => mayImport[name] === undefined)).toEqual([]);
  });

  test("is closed: whoever may import a member may import what is below it", () => {
    for (const [, siblings] of rows) {
      for (const sibling of siblings) {
        expect(siblings).toEqual(expect.arrayContaining([...(LAYER_RULES.mayImport[sibling] ?? [])]));
      }
    }
  });
});
