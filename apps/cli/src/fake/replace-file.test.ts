import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { replaceFile } from "./replace-file.ts";

const DRAWN = "1b671a64-40d5-491e-99b0-da01ff1f3341";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "replace-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("replaceFile()", () => {
  test("writes a new file, and replaces an old one, and leaves nothing beside it", async () => {
    const path = join(folder, "report.json");
    await replaceFile(path, "one");
    await replaceFile(path, "two");

    expect(await readFile(path, "utf8")).toBe("two");
    expect(await readdir(folder)).toEqual(["report.json"]);
  });

  test("writes what a link points to, and leaves the link", async () => {
    const target = join(folder, "target.json");
    const link = join(folder, "link.json");
    await writeFile(target, "old");
    await symlink(target, link);
    await replaceFile(link, "new");

    expect(await readFile(target, "utf8")).toBe("new");
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test("makes its temporary file itself, and writes through no link that was laid for it", async () => {
    const path = join(folder, "report.json");
    const victim = join(folder, "victim");
    await writeFile(victim, "untouched");
    // The name that is laid is the one that it takes: the names are drawn beforehand.
    await Promise.all([`${path}.${process.pid}.tmp`, `${path}.${DRAWN}.tmp`].map((laid) => symlink(victim, laid)));

    await replaceFile(path, "text");
    await expect(replaceFile(path, "other", () => DRAWN)).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(victim, "utf8")).toBe("untouched");
    expect(await readFile(path, "utf8")).toBe("text");
    expect((await lstat(`${path}.${DRAWN}.tmp`)).isSymbolicLink()).toBe(true);
  });

  test("leaves the folder as it was where it cannot write", async () => {
    const path = join(folder, "report.json");
    await mkdir(path);

    await expect(replaceFile(path, "text")).rejects.toMatchObject({ code: "EISDIR" });
    await expect(replaceFile(join(folder, "none", "report.json"), "text")).rejects.toMatchObject({ code: "ENOENT" });
    expect(await readdir(folder)).toEqual(["report.json"]);
  });
});
