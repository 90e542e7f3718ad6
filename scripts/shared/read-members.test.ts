import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseWorkspacePatterns, readMembers } from "./read-members.ts";

describe("parseWorkspacePatterns()", () => {
  test("reads the list and stops behind it", () => {
    const yaml = "# top\npackages:\n  - packages/*\n\n  # data\n  - 'fixtures'\n\ncatalog:\n  - other\n";
    expect(parseWorkspacePatterns(yaml)).toEqual(["packages/*", "fixtures"]);
  });

  test("gives nothing where there is no list", () => {
    expect(parseWorkspacePatterns("- stray\n")).toEqual([]);
  });
});

test("readMembers() finds every folder that has a package.json", async () => {
  const root = await mkdtemp(join(tmpdir(), "members-"));
  try {
    await writeFile(join(root, "pnpm-workspace.yaml"), "packages:\n  - packages/*\n  - apps/*\n  - data\n");
    for (const folder of ["packages/two", "packages/one", "packages/empty", "data"]) {
      await mkdir(join(root, folder), { recursive: true });
      if (folder !== "packages/empty") {
        await writeFile(join(root, folder, "package.json"), JSON.stringify({ name: `@x/${folder}` }));
      }
    }
    const members = await readMembers(root);
    expect(members.map(({ folder, manifest }) => [folder, manifest.name])).toEqual([
      ["data", "@x/data"],
      ["packages/one", "@x/packages/one"],
      ["packages/two", "@x/packages/two"],
    ]);
  } finally {
    await rm(root, { recursive: true });
  }
});
