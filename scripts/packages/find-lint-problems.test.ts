import { expect, test } from "vitest";
import { findLintProblems } from "./find-lint-problems.ts";
import { packFiles } from "./pack-files.ts";

const packWith = (manifest: object): Uint8Array<ArrayBuffer> =>
  packFiles({
    "package.json": JSON.stringify({ name: "a", version: "1.0.0", type: "module", ...manifest }),
    "index.js": "export const a = 1;\n",
    "index.d.ts": "export declare const a: number;\n",
  });

test("a package whose entries are there, types first, is in order", async () => {
  const exports = { ".": { types: "./index.d.ts", default: "./index.js" } };

  expect(await findLintProblems(packWith({ exports }))).toEqual([]);
});

test("an entry that is not packed is found", async () => {
  expect(await findLintProblems(packWith({ exports: "./other.js" }))).toEqual([expect.stringContaining("./other.js")]);
});

test("what publint only warns of is found too", async () => {
  const exports = { ".": { default: "./index.js", types: "./index.d.ts" } };

  expect(await findLintProblems(packWith({ exports }))).toContainEqual(expect.stringMatching(/types.*first/));
});
