import { expect, test } from "vitest";
import { findTypeProblems } from "./find-type-problems.ts";
import { packFiles } from "./pack-files.ts";

const MANIFEST = {
  name: "a",
  version: "1.0.0",
  type: "module",
  exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
};

const packWith = (files: Readonly<Record<string, string>>): Uint8Array =>
  packFiles({ "package.json": JSON.stringify(MANIFEST), "index.js": "export const a = 1;\n", ...files });

test("types that say what the module exports are in order, though no CommonJS can load them", async () => {
  expect(await findTypeProblems(packWith({ "index.d.ts": "export declare const a: number;\n" }))).toEqual([]);
});

test("types of which one leads nowhere are found", async () => {
  const problems = await findTypeProblems(packWith({ "index.d.ts": 'export * from "./b";\n' }));

  expect(problems).not.toEqual([]);
  for (const problem of problems) expect(problem).toMatch(/^InternalResolutionError: .*"\.\/b"/);
});

test("an entry without types is found, and so is a package without any", async () => {
  const exports = { ".": "./index.js", "./typed": { types: "./typed.d.ts", default: "./index.js" } };
  const tarball = packWith({
    "package.json": JSON.stringify({ ...MANIFEST, exports }),
    "typed.d.ts": "export declare const a: number;\n",
  });

  expect(await findTypeProblems(tarball)).toContainEqual(expect.stringMatching(/^UntypedResolution: .*"\."/));
  expect(await findTypeProblems(packWith({}))).toEqual(["there are no types"]);
});
