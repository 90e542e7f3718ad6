import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandResult, RunCommandOptions } from "../shared/run-command.ts";
import { isRun } from "./block-runner.ts";
import type { FencedBlock } from "./fenced-blocks.ts";
import type { Outcome } from "./report.ts";
import { parseShellCommands, shownPattern } from "./shell-commands.ts";
import { BELONGINGS, SERVER, standIns, USUAL_ADDRESS } from "./shell-world.ts";

/** A fake that listens. */
interface ListeningFake {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Where shell blocks are tried. */
export interface ShellPlace {
  /** A folder that is made; each block gets an empty one in it. */
  readonly folder: string;
  readonly root: string;
  /** Registry that has the packed packages. */
  readonly registry: string;
  /** Starts the fake that documents find at the usual port; each block gets its own. */
  readonly startFake: () => Promise<ListeningFake>;
  /** Runs a command, as {@link RunCommandOptions} say of it. */
  readonly run: (
    command: readonly string[],
    folder: string,
    variables: Readonly<Record<string, string>>,
    until: RunCommandOptions["until"],
  ) => Promise<CommandResult>;
}

/** Runs the blocks of shell commands, one after the other, each in an empty folder, and compares what the block shows. */
export async function checkShell(blocks: readonly FencedBlock[], place: ShellPlace): Promise<Outcome> {
  await mkdir(place.folder);
  const problems: string[] = [];
  const tried = blocks.filter(isRun);
  for (const block of tried) {
    const fake = await place.startFake();
    try {
      problems.push(...(await runBlock(block, fake.url, place)));
    } finally {
      await fake.close();
    }
  }
  return { name: `${tried.length} blocks of shell commands, from a registry with the packed packages`, problems };
}

async function runBlock(
  block: FencedBlock,
  fakeUrl: string,
  { folder, root, registry, run }: ShellPlace,
): Promise<string[]> {
  const home = await mkdtemp(join(folder, "block-"));
  const variables: Record<string, string> = {
    // npx keeps what it installed under its name alone: not where it could come upon an older one.
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_registry: registry,
    npm_config_yes: "true",
    npm_config_loglevel: "error",
    npm_config_update_notifier: "false",
  };
  for (const { files, variables: more, before } of BELONGINGS.filter(({ named }) => named.test(block.text))) {
    for (const [name, text] of Object.entries(files?.(root) ?? {})) await writeFile(join(home, name), text);
    Object.assign(variables, more);
    await before?.(fakeUrl);
  }
  let last = 0;
  for (const { command: written, shown } of parseShellCommands(block)) {
    const command = standIns(fakeUrl).reduce((text, [wanted, instead]) => text.replace(wanted, instead), written);
    const isServer = SERVER.command.test(command);
    const pattern = shown === undefined ? (isServer ? SERVER.isThere : /^/) : shownPattern(shown);
    const isShown = (output: string): boolean => pattern.test(withUsualAddress(output, fakeUrl));
    // Each is a shell of its own; what it knows of the one before it is how that ended.
    const shell = ["bash", "-c", `(exit ${last}); ${command}`];
    const { status, output } = await run(shell, home, variables, isServer ? isShown : undefined);
    const what = `${block.file}:${block.line}: ${command}`;
    if (!isShown(output)) return [`${what} did not print what is shown\n${withUsualAddress(output, fakeUrl)}`];
    if (shown === undefined && status !== 0) return [`${what} ended with ${status}\n${output}`];
    last = status;
  }
  return [];
}

/** Names the addresses of fakes as the documents do. */
function withUsualAddress(output: string, fakeUrl: string): string {
  const ownUrl = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1] ?? fakeUrl;
  return output.replaceAll(ownUrl, USUAL_ADDRESS).replaceAll(fakeUrl, USUAL_ADDRESS);
}
