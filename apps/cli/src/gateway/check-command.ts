import process from "node:process";
import type { CheckGatewayOptions, GatewayReport, GatewayVerdict } from "@claude-on-aws/fake/gateway-checks";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { createPaint } from "../create-paint.ts";
import { formatOptions } from "../format-options.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";

const TOKEN_VARIABLE = "ANTHROPIC_AUTH_TOKEN";

const USAGE = `Usage: claude-on-aws gateway check URL [options]

Asks a gateway everything that Claude Code's documents demand of one, and what
its users complain about. A fake of the service stands behind it: have the
gateway send to http://127.0.0.1:4242, with the access key AKIDEXAMPLE of AWS's
documents, or any API key. Which service it asks is seen there.

Options:
${formatOptions([
  [
    "--token TOKEN",
    `what the gateway asks of its clients (default: ${TOKEN_VARIABLE}, if it is set); without one, what concerns tokens is not asked`,
  ],
  ["--upstream-port N", "port that the fake listens on (default: 4242)"],
  ["--header 'NAME: VALUE'", "a header of every request; may be given several times"],
  ["--model NAME", "the model, as clients of the Messages API name it (default: claude-haiku-4-5-20251001)"],
  ["--bedrock-model ID", "the model, as clients of Amazon Bedrock name it (default: its inference profile in the US)"],
  ["--only ID", "ask this check alone; may be given several times"],
  ["--silence SECONDS", "how long pings are waited for while a stream is silent (default: 60)"],
  ["--json", "print one JSON object: service, counts, and checks with verdict, found, expected, source"],
  ["-h, --help", "print this text"],
])}

Exit status: 0 where all that applies is kept, 1 where the gateway cannot be
asked, 2 for wrong usage, 3 where something is broken.`;

const BROKEN = 3;

const STYLES: Readonly<Record<GatewayVerdict, Parameters<ReturnType<typeof createPaint>>[0]>> = {
  kept: "green",
  broken: "red",
  "not-applicable": "dim",
};

/** What the command takes from its surroundings. */
export interface GatewayCheckCommandOptions {
  /**
   * Where the token is looked for that is not given.
   *
   * @default {the environment of the process}
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Told the URL of the fake before the first request. */
  readonly onUpstream?: CheckGatewayOptions["onUpstream"];
}

/**
 * Makes the command `gateway check`.
 *
 * @param options Where the token comes from.
 * @returns The command.
 */
export function createGatewayCheckCommand(options: GatewayCheckCommandOptions = {}): Command {
  return { name: "check", usage: USAGE, run: (args, terminal) => run(args, terminal, options) };
}

/** `claude-on-aws gateway check`. */
export const gatewayCheckCommand: Command = createGatewayCheckCommand();

async function run(args: readonly string[], terminal: Terminal, options: GatewayCheckCommandOptions): Promise<number> {
  // With the fake behind it, which whoever starts a gateway does not need.
  const checks = await import("@claude-on-aws/fake/gateway-checks");
  let asked: Asked;
  try {
    asked = parse(args, options.env ?? process.env);
    const stray = asked.options.only?.find((id) => !checks.GATEWAY_CHECKS.some((check) => check.id === id));
    if (stray !== undefined) {
      throw new CliError("USAGE", `Cannot ask --only "${stray}": there is no such check; see --json for their ids`);
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return sayWrongUsage(terminal, error, "gateway check");
  }
  let report: GatewayReport;
  try {
    report = await checks.checkGateway(asked.url, { ...asked.options, onUpstream: options.onUpstream });
  } catch (error) {
    // What the operating system says of the port, too.
    if (!(error instanceof checks.FakeError) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    terminal.error((error as Error).message);
    return 1;
  }
  const paint = createPaint(terminal.colour);
  const inColour = (verdict: GatewayVerdict, word: string): string => paint(STYLES[verdict], word);
  const lines = asked.json
    ? [JSON.stringify(report)]
    : checks.formatGatewayReport(report, { paint: inColour }).split("\n");
  for (const line of lines) terminal.out(line);
  return report.counts.broken === 0 ? 0 : BROKEN;
}

interface Asked {
  readonly url: string;
  readonly options: CheckGatewayOptions;
  readonly json: boolean;
}

function parse(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Asked {
  const { values, positionals } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      token: { type: "string" },
      "upstream-port": { type: "string" },
      header: { type: "string", multiple: true },
      model: { type: "string" },
      "bedrock-model": { type: "string" },
      only: { type: "string", multiple: true },
      silence: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [url, stray] = positionals;
  if (url === undefined) throw new CliError("USAGE", "Cannot check nothing: no URL was given; name the gateway's");
  if (stray !== undefined) throw new CliError("USAGE", `Cannot check "${stray}" too: expected one URL`);
  const silence = numberOf(values.silence, "--silence", 1, 3600);
  return {
    url: urlOf(url),
    json: values.json,
    options: {
      token: values.token ?? env[TOKEN_VARIABLE],
      upstreamPort: numberOf(values["upstream-port"], "--upstream-port", 0, 65_535),
      headers: values.header?.map(headerOf),
      model: values.model,
      bedrockModel: values["bedrock-model"],
      only: values.only,
      silenceMs: silence === undefined ? undefined : silence * 1000,
    },
  };
}

function urlOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return given;
  throw new CliError("USAGE", `Cannot check "${given}": expected a URL with http: or https:`);
}

function numberOf(given: string | undefined, flag: string, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given !== "" && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CliError("USAGE", `Cannot use ${flag} "${given}": expected a whole number from ${least} to ${most}`);
}

function headerOf(given: string): readonly [name: string, value: string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\t\x20-\x7E]*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw new CliError("USAGE", `Cannot use --header: found no name and value; expected --header 'NAME: VALUE'`);
}
