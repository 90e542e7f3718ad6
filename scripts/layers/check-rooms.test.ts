import { describe, expect, test } from "vitest";
import { checkRooms } from "./check-rooms.ts";
import type { Floor } from "./layer-rules.ts";
import { parseImports } from "./parse-imports.ts";

const FLOORS: readonly Floor[] = [
  ["src/terms/"],
  ["src/sessions/", "src/services/sessions/", "src/data/"],
  ["src/record/"],
  ["src/services/"],
  ["src/index.ts"],
];

/** One file in each room, so that none is empty. */
const HOUSE = {
  "src/terms/fault.ts": "",
  "src/sessions/session.ts": 'import type { Fault } from "../terms/fault.ts";',
  "src/services/sessions/store.ts": 'import "../../terms/fault.ts";',
  "src/data/rows.ts": 'import rows from "./rows.json" with { type: "json" };',
  "src/record/journal.ts": 'import type { Session } from "../sessions/session.ts"; import "../data/rows.ts";',
  "src/services/answer.ts": 'import "./sessions/store.ts"; import "../record/journal.ts";',
  "src/index.ts": 'export * from "./services/answer.ts"; export type * from "./terms/fault.ts";',
};

const check = (files: Readonly<Record<string, string>>, floors: readonly Floor[] = FLOORS): string[] =>
  checkRooms(
    {
      folder: "apps/house",
      manifest: { name: "house" },
      files: Object.entries({ ...HOUSE, ...files }).map(([path, text]) => ({
        path,
        imports: parseImports(text, path),
      })),
    },
    floors,
  );

describe("checkRooms()", () => {
  test("accepts imports within a room and down, runtime and type", () => {
    expect(check({ "src/terms/check.ts": 'import "./fault.ts"; import type { A } from "./part/a.ts";' })).toEqual([]);
  });

  test("leaves tests, benches and scripts alone", () => {
    const text = 'import "../src/services/answer.ts";';
    expect(
      check({
        "src/terms/fault.test.ts": 'import "../services/answer.ts";',
        "test/a.test.ts": text,
        "test/support/b.ts": text,
        "bench/run.ts": text,
        "scripts/c.ts": text,
      }),
    ).toEqual([]);
  });

  test("says where an arrow goes up, from which room to which, and the way out", () => {
    expect(check({ "src/terms/fault.ts": '\nimport { record } from "../record/journal.ts";' })).toEqual([
      'apps/house/src/terms/fault.ts:2: import of "../record/journal.ts" goes up: from src/terms/ on floor 1 to src/record/ on ' +
        "floor 3. Move what both need to a floor below, or let the upper room hand it down as an argument",
      "apps/house: these rooms import each other, types included: src/terms/ -> src/record/ -> src/sessions/ -> src/terms/",
    ]);
  });

  test.each([
    ["an import", 'import "../record/journal.ts";', "import"],
    ["a type import", 'import type { A } from "../record/journal.ts";', "type import"],
    ["an import of inline types", 'import { type A } from "../record/journal.ts";', "type import"],
    ["an export", 'export { a } from "../record/journal.ts";', "import"],
    ["a type export", 'export type * from "../record/journal.ts";', "type import"],
    ["import()", 'const a = () => import("../record/journal.ts");', "import"],
    ["a type of import()", 'export type A = typeof import("../record/journal.ts");', "type import"],
  ])("refuses an arrow that goes up by %s alone", (_, text, what) => {
    const problems = check({ "src/sessions/session.ts": text, "src/record/journal.ts": "" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`src/sessions/session.ts:1: ${what} of "../record/journal.ts" goes up`);
  });

  test("refuses an arrow between rooms on one floor, by type too", () => {
    const problems = check({ "src/sessions/a.ts": 'import type { Rows } from "../data/rows.ts";' });
    expect(problems).toEqual([
      expect.stringMatching(/goes sideways: src\/sessions\/ and src\/data\/ share floor 2\. Move/),
    ]);
  });

  test("finds a circle of rooms on one floor, closed by a type", () => {
    const problems = check({
      "src/sessions/a.ts": 'import "../data/rows.ts";',
      "src/data/b.ts": 'import type { Session } from "../sessions/session.ts";',
    });
    expect(problems.at(-1)).toBe(
      "apps/house: these rooms import each other, types included: src/sessions/ -> src/data/ -> src/sessions/",
    );
    expect(problems).toHaveLength(3);
  });

  test("counts a room inside of another as one of its own", () => {
    expect(check({ "src/services/sessions/b.ts": 'import type { A } from "../answer.ts";' })[0]).toMatch(
      /goes up: from src\/services\/sessions\/ on floor 2 to src\/services\/ on floor 4/,
    );
    expect(check({ "src/services/other/b.ts": 'import type { A } from "../answer.ts";' })).toEqual([]);
  });

  test("counts a file as a room", () => {
    expect(check({ "src/services/b.ts": 'import "../index.ts";' })[0]).toMatch(
      /goes up: from src\/services\/ on floor 4 to src\/index\.ts on floor 5/,
    );
  });

  test("refuses a file in no room, code that looks like a room's too", () => {
    expect(check({ "src/new.ts": "", "src/records/a.ts": "", "src/index.ts/a.ts": "" })).toEqual([
      "apps/house/src/new.ts is in no room: move it into one, or list it in scripts/layers/layer-rules.ts",
      expect.stringContaining("apps/house/src/records/a.ts is in no room"),
      expect.stringContaining("apps/house/src/index.ts/a.ts is in no room"),
    ]);
  });

  test("refuses a room that is empty, or listed twice", () => {
    expect(check({}, [...FLOORS, ["src/none/"]])).toEqual([
      expect.stringMatching(/^apps\/house: no file is left for the room "src\/none\/"/),
    ]);
    expect(check({}, [...FLOORS, ["src/terms/"]])).toEqual([
      expect.stringMatching(/^apps\/house: no file is left for the room "src\/terms\/"/),
    ]);
  });

  test("refuses the name of the package itself, by which a room could be got around", () => {
    expect(check({ "src/terms/a.ts": 'import type { A } from "house/part";' })).toEqual([
      expect.stringMatching(/^apps\/house\/src\/terms\/a\.ts:1: import of "house\/part" by the package's own name/),
    ]);
  });
});
