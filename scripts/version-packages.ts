/** Uses up the changesets; flags go to `changeset version`. */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { versionPackages } from "./release/version-packages.ts";
import { runCommand } from "./shared/run-command.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const { status, output } = await versionPackages(ROOT, process.argv.slice(2), (command, folder) =>
  runCommand(command, { folder, environment: process.env }),
);
process.stdout.write(output);
process.exitCode = status;
