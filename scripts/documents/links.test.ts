import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { internalTargets } from "../release/absolute-links.ts";
import { placesOf } from "./places-of.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NOT_OURS = new Set(["node_modules", "dist", ".git", ".turbo", ".test-results"]);

async function listDocuments(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : listDocuments(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

const documents = await listDocuments(ROOT);

describe("links", () => {
  test("there are documents", () => expect(documents.length).toBeGreaterThan(10));

  test.each(documents.map((path) => relative(ROOT, path)))("those of %s lead somewhere", async (path) => {
    const text = await readFile(join(ROOT, path), "utf8");
    const dead: string[] = [];
    for (const target of internalTargets(text)) {
      const [file = "", place] = target.split("#");
      const to = file === "" ? join(ROOT, path) : join(ROOT, dirname(path), file);
      if (!existsSync(to)) dead.push(target);
      else if (place !== undefined && !(await hasPlace(to, place))) dead.push(target);
    }
    expect(dead).toEqual([]);
  });
});

/** Of a folder, its README is shown. */
async function hasPlace(path: string, place: string): Promise<boolean> {
  const file = path.endsWith(".md") ? path : join(path, "README.md");
  return placesOf(await readFile(file, "utf8")).has(decodeURIComponent(place));
}
