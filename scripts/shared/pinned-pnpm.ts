import { join } from "node:path";
import process from "node:process";
import { pnpmCommand } from "./pnpm-command.ts";
import { readJson } from "./read-json.ts";

/**
 * Finds the pnpm of a workspace.
 *
 * @param root The workspace: its package.json pins the version.
 * @returns The start of a command, as {@link pnpmCommand} finds it in the environment of this process.
 */
export async function pinnedPnpm(root: string): Promise<readonly string[]> {
  const { packageManager } = await readJson<{ packageManager: string }>(join(root, "package.json"));
  return pnpmCommand(process.env, packageManager.replace("pnpm@", ""));
}
