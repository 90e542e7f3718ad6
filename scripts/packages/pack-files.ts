import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Packs files as npm does.
 *
 * @param files Their texts, by their paths in the package.
 * @returns The tarball.
 * @throws {Error} Where `tar` cannot pack them.
 */
export function packFiles(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), "pack-files-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, "package", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const tarball = join(folder, "a.tgz");
    const { status, stderr } = spawnSync("tar", ["-czf", tarball, "-C", folder, "package"]);
    if (status !== 0) throw new Error(`Cannot pack ${Object.keys(files).join(", ")}: tar says ${stderr}`);
    return new Uint8Array(readFileSync(tarball));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
