import { describe, expect, test } from "vitest";
import { parseImports } from "./parse-imports.ts";
import { reportRooms } from "./report-rooms.ts";
import type { SourceMember } from "./source-member.ts";

const FLOORS = [["src/terms/"], ["src/record/", "src/rules/"]];

const house = (text: string): SourceMember => ({
  folder: "apps/house",
  manifest: { name: "house" },
  files: [
    { path: "src/record/a.ts", imports: parseImports('import "../terms/a.ts";') },
    { path: "src/rules/a.ts", imports: [] },
    { path: "src/terms/a.ts", imports: parseImports(text) },
  ],
});

describe("reportRooms()", () => {
  test("shows one floor a line, the lowest first, and that there is no circle", () => {
    expect(reportRooms(house(""), FLOORS)).toEqual([
      "Rooms of house, from the ground floor up:",
      "  1  src/terms/",
      "  2  src/record/  src/rules/",
      "     no import leads up, and there is no circle of rooms, types included",
    ]);
  });

  test("does not say so where there is one", () => {
    expect(reportRooms(house('import type { A } from "../record/a.ts";'), FLOORS).at(-1)).toBe(
      "     2 violations of this order",
    );
  });
});
