import { readdir, readFile, rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { buildSite } from "./build-site.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const folder = await mkdtemp(join(tmpdir(), "site-"));
const count = await buildSite(ROOT, folder, { hasApi: false });
const files = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
const pages = files.filter((path) => path.endsWith(".html")).toSorted();
const texts = new Map<string, string>();
for (const page of pages) texts.set(page, await readFile(join(folder, page), "utf8"));

afterAll(() => rm(folder, { recursive: true, force: true }));

const matchesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(({ groups }) => groups?.["value"] ?? "");

describe("buildSite()", () => {
  test("writes a page for each document", () => {
    expect(pages).toHaveLength(count);
    expect(pages).toEqual(
      expect.arrayContaining([
        "index.html",
        "docs/troubleshooting.html",
        "docs/differences.html",
        "packages/auth/index.html",
      ]),
    );
  });

  test.each(pages)("%s has no link that leads nowhere, and each of its ids once", (page) => {
    const text = texts.get(page) ?? "";
    const ids = matchesOf(text, /\sid="(?<value>[^"]*)"/g);
    const dead = matchesOf(text, /\s(?:href|src)="(?<value>[^"]*)"/g).filter((target) => {
      if (/^(?:https?|data):/.test(target)) return false;
      const [path = "", place] = target.split("#");
      const to = path === "" ? page : posix.join(posix.dirname(page), path);
      if (place === undefined) return !files.includes(to);
      return !(texts.get(to) ?? "").includes(` id="${decodeURIComponent(place)}"`);
    });

    expect(dead).toEqual([]);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  test("shows each page in its language, and loads nothing from elsewhere", () => {
    expect(texts.get("docs/troubleshooting.zh.html")).toContain('<html lang="zh">');
    for (const text of texts.values()) {
      expect(text).toContain("default-src 'none'");
      expect(matchesOf(text, /<(?:script|img|link)\b[^>]*\s(?:src|href)="(?<value>https?:[^"]*)"/g)).toEqual([]);
    }
  });
});
