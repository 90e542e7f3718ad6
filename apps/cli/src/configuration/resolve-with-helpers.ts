import {
  type CommandOutputs,
  type Config,
  type ConfigInput,
  type CredentialCommand,
  resolveConfig,
} from "@claude-on-aws/env";
import { runHelper } from "./run-helper.ts";

/**
 * Resolves a configuration, running each command whose output is still missing once.
 *
 * @param input What it is resolved from.
 * @param runs Which commands are run.
 * @returns The configuration; where a command was not run, it is pending in it.
 */
export async function resolveWithHelpers(
  input: ConfigInput,
  runs: (setting: CredentialCommand["setting"]) => boolean,
): Promise<Config> {
  let commandOutputs: CommandOutputs = {};
  for (;;) {
    const config = resolveConfig({ ...input, commandOutputs });
    const pending = config.pendingCommand;
    if (pending === null || pending.setting in commandOutputs || !runs(pending.setting)) return config;
    const output = await runHelper(pending.command, { env: input.env });
    commandOutputs = { ...commandOutputs, [pending.setting]: output };
  }
}
