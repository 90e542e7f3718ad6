import type { Command } from "../command.ts";
import { CliError } from "../cli-error.ts";
import { formatOptions } from "../format-options.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { gatewayCheckCommand } from "./check-command.ts";
import { type GatewayFlags, parseGatewayFlags } from "./gateway-flags.ts";
import { liftRequestLimit } from "./lift-request-limit.ts";
import { gatewayTokenCommand } from "./token-command.ts";

const USAGE = `Usage: claude-on-aws gateway [options]
       claude-on-aws gateway check URL [options]
       claude-on-aws gateway token add|list|revoke [options]

Starts a gateway that signs: clients that know its URL and a token reach Claude
Platform on AWS and Amazon Bedrock through it, with the credentials of this
machine. Without a configuration it listens on loopback, takes provider and
credentials from the environment as Claude Code does, makes a token, and prints
what each client is to be told.
With check: asks any gateway what the documents demand of one; see
gateway check --help.
With token: makes, lists and revokes tokens; see gateway token --help.

Options:
${formatOptions([
  ["--port NUMBER", "port to listen on; 0 picks a free one (default 4343)"],
  ["--host ADDRESS", "address to listen on (default 127.0.0.1)"],
  [
    "--http auto|1",
    "auto: HTTP/1.1 and HTTP/2 on the one port; 1: HTTP/1.1 alone, which costs less on Bun (default auto)",
  ],
  [
    "--config FILE",
    "upstreams, callers, budgets, audit and more, as JSON; flags win over it (@claude-on-aws/gateway/configuration.schema.json)",
  ],
  ["--store WHERE", "where budgets are kept: memory, sqlite:FILE or postgres://… (default memory)"],
  [
    "--explain REQUEST",
    "print what would be done with a recorded request, and send nothing: a file as verify reads it, or - for standard input",
  ],
  ["--json", "print one JSON object: url, port, token, upstreams and the variables of each set-up"],
  ["-h, --help", "show this text"],
])}

While it runs:
${formatOptions([
  ["GET /healthz", "whether it runs"],
  ["GET /readyz", "whether it could serve: the store of its budgets, and the credentials of an upstream"],
  ["GET /metrics", "what it measured, for Prometheus"],
  [
    "SIGHUP",
    "reads the configuration again, and opens the file of the audit anew; one that is wrong changes nothing. In a terminal it ends the gateway: the terminal was closed",
  ],
  ["SIGTERM, SIGINT", "takes no more requests, and waits for those under way; a second one ends at once"],
])}

Exit status: 0 after a signal to stop, 1 when it cannot listen or use what it is
given, 2 for wrong usage; of --explain 1 where a request would be refused.`;

/** `claude-on-aws gateway`. */
export const gatewayCommand: Command = {
  name: "gateway",
  usage: USAGE,
  commands: [gatewayCheckCommand, gatewayTokenCommand],
  run: async (args, terminal) => {
    let flags: GatewayFlags;
    try {
      flags = parseGatewayFlags(args);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return sayWrongUsage(terminal, error, "gateway");
    }
    if (flags.explain !== undefined) {
      const { explainRequests } = await import("./explain-requests.ts");
      return explainRequests(flags, terminal);
    }
    liftRequestLimit();
    const { runGateway } = await import("./run-gateway.ts");
    return runGateway(flags, terminal);
  },
};
