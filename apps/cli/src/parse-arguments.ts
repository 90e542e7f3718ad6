import { parseArgs, type ParseArgsConfig } from "node:util";
import { CliError } from "./cli-error.ts";

/**
 * Reads the arguments of a command, as `parseArgs` of Node does.
 *
 * @param config The arguments, and the options that there are.
 * @returns The options that were given, and what else was.
 * @throws {CliError} `USAGE` where there is no such option, or it is given in another way than it is taken.
 */
export function parseArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw new CliError("USAGE", (cause as Error).message.replace(ADVICE, ""), { cause });
  }
}

/** What Node adds for arguments that begin like an option: none of ours does, and whoever misspelt one is led astray. */
const ADVICE = /\. To specify a positional argument .*$/s;
