import { runCommand } from "../shared/run-command.ts";
import { PLATFORM_PACKAGES } from "./platform-packages.ts";

/** Options for {@link askRegistry}. */
export interface AskRegistryOptions {
  /** Folder that npm runs in. */
  readonly folder: string;
  /** Environment of npm: its configuration decides which registry is asked. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Runs npm.
   *
   * @default {runCommand}
   */
  readonly run?: typeof runCommand | undefined;
}

const INTEGRITY = /^sha512-[A-Za-z0-9+/]{86}==$/;
const TIME_LIMIT_MS = 60_000;

/**
 * Asks npm's registry for the integrities of a release.
 *
 * @param version The release.
 * @returns Package → integrity, for every package that this harness can drive.
 * @throws Error where the registry has no such release, or gives something else.
 */
export async function askRegistry(version: string, options: AskRegistryOptions): Promise<Record<string, string>> {
  const { folder, environment, run = runCommand } = options;
  const integrities: Record<string, string> = {};
  for (const { name } of PLATFORM_PACKAGES) {
    const command = ["npm", "view", `${name}@${version}`, "dist.integrity", "--no-update-notifier", "--loglevel=error"];
    const { status, output } = await run(command, { folder, environment, timeLimitMs: TIME_LIMIT_MS });
    const integrity = output.trim();
    if (status !== 0 || !INTEGRITY.test(integrity)) {
      throw new Error(
        `Cannot learn the integrity of ${name}@${version}: npm ended with status ${status} and printed ${JSON.stringify(integrity.slice(0, 300))}, expected a SHA-512. See \`npm view @anthropic-ai/claude-code versions\` for the releases there are.`,
      );
    }
    integrities[name] = integrity;
  }
  return integrities;
}
