import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DEPENDENCY_REASONS } from "./dependency-reasons.ts";
import { findDependencyProblems } from "./dependency-table.ts";
import { DOCUMENTS } from "./documents.ts";
import { readDependencies } from "./read-dependencies.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test.each(DOCUMENTS)("$path is what its tables say; pnpm write:documents writes it", async ({ path, write }) => {
  expect(await readFile(join(ROOT, path), "utf8")).toBe(await write(ROOT));
});

test("every library has a reason and a licence that is allowed, and every reason a library", async () => {
  const dependencies = await readDependencies(ROOT);

  expect(findDependencyProblems(dependencies)).toEqual([]);
  const names = new Set(dependencies.map(({ name }) => name));
  expect(Object.keys(DEPENDENCY_REASONS).filter((name) => !names.has(name))).toEqual([]);
});

test("what is wrong with a library is found", () => {
  const library = { name: "left-pad", version: "1.0.0", license: "GPL-3.0", bytes: 1, scripts: ["postinstall"] };

  expect(findDependencyProblems([{ ...library, isPublished: true }])).toEqual([
    "left-pad has no row in dependency-reasons.ts",
    expect.stringContaining("left-pad has the licence GPL-3.0"),
    "left-pad runs postinstall when a user installs it",
  ]);
});
