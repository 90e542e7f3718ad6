import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLeftover } from "./import-leftover.ts";

const rows = JSON.stringify(Array.from({ length: 60 }, (_, at) => `row ${at}`));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leftover-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module", "sideEffects": false }');
});
afterAll(() => rm(folder, { recursive: true }));

const check = async (text: string): Promise<string[]> => {
  const entry = join(folder, "index.js");
  await writeFile(entry, text);
  return checkLeftover(entry);
};

describe("checkLeftover()", () => {
  test.each([
    ["a table", `export const ROWS = ${rows};`],
    ["a call marked as pure", `export const ROWS = /* @__PURE__ */ ${rows}.map(String);`],
    ["a number that is worked out", "const LIMIT = 64 * 1024;\nexport const isLong = (text) => text.length > LIMIT;"],
    [
      "the import of a package",
      'import { readFileSync } from "node:fs";\nexport const read = () => readFileSync("x");',
    ],
    ["what is loaded later", 'export const load = () => import("./later.js");'],
  ])("lets %s pass", async (_, text) => {
    await writeFile(join(folder, "later.js"), `globalThis.rows = ${rows};`);

    expect(await check(text)).toEqual([]);
  });

  test.each([
    ["a call", `export const ROWS = ${rows}.map(String);`],
    ["a spread", `const NAMES = ${rows};\nexport const ROWS = [...NAMES];`],
    ["an argument that is a call", `export const ROWS = /* @__PURE__ */ new Set(${rows}.map(String));`],
  ])("refuses %s", async (_, text) => {
    expect(await check(text)).toEqual([expect.stringMatching(/index\.js: an import that uses nothing .*row 1/)]);
  });

  test("looks into the files that a module imports", async () => {
    await writeFile(join(folder, "part.js"), `export const ROWS = ${rows}.map(String);`);

    expect(await check('export { ROWS } from "./part.js";')).toHaveLength(1);
  });
});
