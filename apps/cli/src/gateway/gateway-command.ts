import type { Command } from "../command.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { gatewayCheckCommand } from "./check-command.ts";

const USAGE = `Usage: claude-on-aws gateway check URL [options]

With check: asks a gateway what Claude Code's documents demand of one; see
gateway check --help.`;

/** `claude-on-aws gateway`. */
export const gatewayCommand: Command = {
  name: "gateway",
  usage: USAGE,
  commands: [gatewayCheckCommand],
  run: async (_, terminal) => sayWrongUsage(terminal, "Cannot do that with a gateway: expected check URL", "gateway"),
};
