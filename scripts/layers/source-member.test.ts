import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSourceMember } from "./source-member.ts";

describe("readSourceMember()", () => {
  const member = { folder: "examples/proxy", manifest: { name: "proxy" } };
  let root = "";

  const write = async (path: string, text: string): Promise<void> => {
    const file = join(root, member.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "source-member-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  test("reads sources wherever they are, sorted, and nothing that was installed or built", async () => {
    for (const path of ["server.mjs", "src/part/b.ts", "src/a.tsx", "support/c.ts", "test/d.test.ts"]) {
      await write(path, `import "${path}";`);
    }
    for (const path of ["node_modules/x/index.js", "dist/index.js", ".turbo/a.js", "src/a.json", "README.md"]) {
      await write(path, "{");
    }
    const { files } = await readSourceMember(root, member);
    expect(files.map(({ path }) => path)).toEqual([
      "server.mjs",
      "src/a.tsx",
      "src/part/b.ts",
      "support/c.ts",
      "test/d.test.ts",
    ]);
    for (const { path, imports } of files) {
      expect(imports).toEqual([{ specifier: path, kind: "runtime", line: 1 }]);
    }
  });

  test("names the file that it does not understand", async () => {
    await write("src/a.ts", "const = 1;");
    await expect(readSourceMember(root, member)).rejects.toThrow(
      /^Cannot tell what examples\/proxy\/src\/a\.ts imports: line 1: /,
    );
  });
});
