import { existsSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/**
 * Finds the pnpm to call: the one that called us, else the one in PATH, else the pinned one through npx.
 *
 * @param environment `npm_execpath` and `PATH` are read.
 * @param version The pinned version, as in `packageManager` of the root package.json.
 * @param exists Whether a file is there.
 * @returns The start of a command.
 */
export function pnpmCommand(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
  exists: (path: string) => boolean = existsSync,
): readonly string[] {
  const caller = environment["npm_execpath"];
  // npm and npx set the variable to a script of their own.
  if (caller !== undefined && basename(caller) === "pnpm" && exists(caller)) return [caller];
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  if (folders.some((folder) => exists(join(folder, "pnpm")))) return ["pnpm"];
  return ["npx", "--yes", `pnpm@${version}`];
}
