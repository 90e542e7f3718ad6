import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startLocalRegistry } from "./local-registry.ts";

test("has what was packed, and names npm's for everything else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "local-registry-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const manifest = { name: "@x/a", version: "1.2.3", dependencies: { "@x/b": "^1.0.0" } };
  await mkdir(join(folder, "opened"));
  await writeFile(join(folder, "opened/package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "a.tgz"), "packed");
  const member = { folder: "packages/a", manifest: { name: "@x/a" } };
  const registry = await startLocalRegistry([
    { member, tarball: join(folder, "a.tgz"), opened: join(folder, "opened") },
  ]);
  onTestFinished(() => registry.close());

  // As npm and pnpm write a scope into a path.
  const metadata = (await (await fetch(`${registry.url}/@x%2fa`)).json()) as {
    versions: Record<string, { dist: { tarball: string } }>;
  };
  expect(metadata).toMatchObject({ "dist-tags": { latest: "1.2.3" }, versions: { "1.2.3": manifest } });
  expect(await (await fetch(metadata.versions["1.2.3"]?.dist.tarball ?? "")).text()).toBe("packed");
  const other = await fetch(`${registry.url}/vitest`, { redirect: "manual" });
  expect([other.status, other.headers.get("location")]).toEqual([302, "https://registry.npmjs.org/vitest"]);
});
