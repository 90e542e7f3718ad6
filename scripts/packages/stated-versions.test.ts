import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}/${path}`, "utf8");

const READMES = globSync(["*.md", "docs/*.md", "{apps,packages}/*/README.md"], { cwd: ROOT });
const MANIFESTS = globSync("{apps,packages}/*/package.json", { cwd: ROOT })
  .map((path) => [path, JSON.parse(read(path)) as PublishedManifest] as const)
  .filter(([, { private: isPrivate }]) => isPrivate !== true);

interface PublishedManifest {
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
}

/** Versions that a README needs for something else than the package itself, and what for. */
const OTHERS: Readonly<Record<string, string>> = {
  "24.5": "agents that follow HTTPS_PROXY",
  "20": "starts pnpm in a clone, which brings a newer one",
};

/** Versions that READMEs name as the least that will do. */
const statedIn = (path: string, name: string): readonly string[] =>
  [
    ...read(path).matchAll(
      new RegExp(
        `\\b${name} (?:≥ ?|>= ?)?(\\d+(?:\\.\\d+)*)(?= (?:or|and) (?:newer|later)| and npm|(?<=≥ ?[\\d.]+))`,
        "g",
      ),
    ),
  ]
    .map(([, version = ""]) => version)
    .filter((version) => !(version in OTHERS));

describe("the least version", () => {
  test("of Node is the same in every package, and in every README that names one", () => {
    const engines = new Set(MANIFESTS.map(([, { engines: given }]) => given?.node));
    const stated = READMES.flatMap((path) => statedIn(path, "Node").map((version) => `${path}: >=${version}`));
    const [least] = engines;

    expect(engines.size).toBe(1);
    expect(stated.length).toBeGreaterThan(5);
    expect(stated.filter((line) => !line.endsWith(`: ${least}`))).toEqual([]);
  });

  test("of TypeScript is the one that the packed declarations are checked with", () => {
    const { devDependencies } = JSON.parse(read("package.json")) as { devDependencies: Record<string, string> };
    const checked = /@(\d+\.\d+)\./.exec(devDependencies["typescript-least"] ?? "")?.[1];
    const stated = READMES.flatMap((path) => statedIn(path, "TypeScript").map((version) => `${path}: ${version}`));

    expect(stated.map((line) => line.split(": ")[0])).toContain("README.md");
    expect(stated.filter((line) => !line.endsWith(`: ${checked}`))).toEqual([]);
  });
});
