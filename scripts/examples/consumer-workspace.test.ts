import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { libraryVersions, listFolders, writeConsumerWorkspace } from "./consumer-workspace.ts";

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "consumer-workspace-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("finds the versions of libraries, not of siblings", () => {
  const versions = libraryVersions([
    { name: "a", dependencies: { "@x/b": "workspace:^", msw: "catalog:" }, devDependencies: { ajv: "8.20.0" } },
    { name: "b", devDependencies: { ai: "catalog:clients" } },
  ]);

  expect(Object.fromEntries(versions)).toEqual({ msw: "catalog:", ajv: "8.20.0", ai: "catalog:clients" });
});

test("puts the packed packages in the place of those of the registry, and keeps the catalogs", async () => {
  const [folder, root] = [await makeFolder(), await makeFolder()];
  await writeFile(join(root, "pnpm-workspace.yaml"), "packages: [a]\ncatalog: { msw: 2.0.0 }\n");
  const member = { folder: "packages/a", manifest: { name: "@x/a" } };
  await writeConsumerWorkspace(folder, ["examples/*"], {
    packages: [{ member, tarball: "/tmp/a.tgz", opened: "" }],
    root,
  });

  expect(parse(await readFile(join(folder, "pnpm-workspace.yaml"), "utf8"))).toMatchObject({
    packages: ["examples/*"],
    overrides: { "@x/a": "file:/tmp/a.tgz" },
    catalog: { msw: "2.0.0" },
  });
});

test("lists folders, but not what is installed", async () => {
  const folder = await makeFolder();
  for (const name of ["b", "a", "node_modules"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "c.md"), "");

  expect(await listFolders(folder)).toEqual(["a", "b"]);
});
