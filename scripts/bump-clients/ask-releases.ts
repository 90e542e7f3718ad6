import { runCommand } from "../shared/run-command.ts";
import type { PublishedReleases } from "./pick-release.ts";

/** Options for {@link askReleases}. */
export interface AskReleasesOptions {
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

const TIME_LIMIT_MS = 60_000;

/**
 * Asks npm's registry which releases of a package there are.
 *
 * @throws Error where the registry does not have the package, or gives something else.
 */
export async function askReleases(name: string, options: AskReleasesOptions): Promise<PublishedReleases> {
  const { folder, environment, run = runCommand } = options;
  const flags = ["--json", "--no-update-notifier", "--loglevel=error"];
  const command = ["npm", "view", name, "time", "dist-tags.latest", ...flags];
  const { status, output } = await run(command, { folder, environment, timeLimitMs: TIME_LIMIT_MS });
  const releases = status === 0 ? readReleases(output) : undefined;
  if (releases !== undefined) return releases;
  throw new Error(
    `Cannot learn the releases of ${name}: npm ended with status ${status} and printed ${JSON.stringify(output.slice(0, 300))}, expected an object with "time" and "dist-tags.latest"`,
  );
}

function readReleases(output: string): PublishedReleases | undefined {
  let answer: { readonly time?: unknown; readonly "dist-tags.latest"?: unknown } | null;
  try {
    answer = JSON.parse(output) as typeof answer;
  } catch {
    return undefined;
  }
  const { time, "dist-tags.latest": latest } = answer ?? {};
  if (typeof latest !== "string" || typeof time !== "object" || time === null) return undefined;
  const times = Object.entries(time).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { latest, times: Object.fromEntries(times) };
}
