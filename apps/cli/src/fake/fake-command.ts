import {
  type ClientEnvironment,
  createClientEnvironment,
  type FakeServer,
  formatReport,
} from "@claude-on-aws/fake/server";
import type { Command, Terminal } from "../command.ts";
import { checkCommand } from "./check-command.ts";
import { environmentLines } from "./environment.ts";
import { formatOptions } from "../format-options.ts";
import { flagsUsage } from "./flags-usage.ts";
import { type FakeFlags, parseFlags } from "./flags.ts";
import { formatSummary } from "./format-summary.ts";
import { publishOnSignal } from "./publish-report.ts";
import { runCommand } from "./run-command.ts";
import { untilSignal } from "./signals.ts";
import { type StartedFake, startFake } from "./start-fake.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { writeReports } from "./write-reports.ts";

const USAGE = `Usage: claude-on-aws fake [options]
       claude-on-aws fake run [options] -- COMMAND [arguments]
       claude-on-aws fake check FILE [--json]

Starts a stand-in for Claude Platform on AWS and Amazon Bedrock that verifies
every request as AWS would. It echoes; nothing leaves this machine.
With run: on a free port, for as long as a command runs; see fake run --help.
With check: says what is wrong with a scenario; see fake check --help.

Options:
${flagsUsage("port to listen on; 0 picks a free one (default 4242)", [
  [
    "--json",
    "print one JSON object: url, port, environment (null: not to be set), credentials, and controlToken where /_fake/ asks for one",
  ],
])}

While it runs:
${formatOptions([
  ["GET /", "a page that leads to the following"],
  ["GET /_fake/health", "whether it runs"],
  ["GET /_fake/journal", "the last exchanges, what was verified, and what was wrong"],
  ["GET /_fake/report", "how each client did by each rule; ?format=html is a page to look at"],
  ["GET /_fake/rules", "the rules, and who demands each"],
])}

When it stops it sums up, as fake run does, how many rules failed, warned and
passed, for each client.

Exit status: 0 after a signal to stop, 1 when it cannot listen, use a file that
it is given, or write a report, 2 for wrong usage.`;

const DEFAULT_PORT = 4242;

/** `claude-on-aws fake`. */
export const fakeCommand: Command = {
  name: "fake",
  usage: USAGE,
  commands: [runCommand, checkCommand],
  run: async (args, terminal) => {
    let flags: FakeFlags;
    try {
      flags = parseFlags(args);
    } catch (error) {
      return sayWrongUsage(terminal, error, "fake");
    }
    let started: StartedFake;
    try {
      started = await startFake(flags, DEFAULT_PORT);
    } catch (error) {
      terminal.error((error as Error).message);
      return 1;
    }
    return run(flags, started, terminal);
  },
};

async function run(flags: FakeFlags, started: StartedFake, terminal: Terminal): Promise<number> {
  const { fake, server } = started;
  // Before anything is printed: who reads the URL may stop us at once.
  const stopped = untilSignal();
  const stopPublishing = publishOnSignal(flags.reports, fake, terminal);
  for (const line of flags.json ? [formatJson(flags, started)] : greeting(started)) terminal.out(line);
  await stopped;
  await stopPublishing();
  await server.close();
  const report = fake.report();
  for (const line of formatSummary(report)) terminal.error(line);
  if (await writeReports(flags.reports, fake, terminal)) return 0;
  terminal.error(formatReport(report, "text").trimEnd());
  return 1;
}

function greeting({ server, address, hasGivenCredentials }: StartedFake): string[] {
  const environments = [createClientEnvironment(address), createClientEnvironment(address, "bedrock")];
  return [
    `The fake listens on ${server.url}`,
    ...(server.proxyUrl === undefined ? [] : [`and is a proxy: HTTPS_PROXY=${server.proxyUrl}`]),
    "",
    ...environmentLines(environments, !hasGivenCredentials),
    "",
    `# What was received and verified: ${server.url}/_fake/report?format=html${tokenParameter(server)}    Stop: Ctrl+C`,
  ];
}

/** What opens the page where not everybody may. */
const tokenParameter = ({ controlToken }: FakeServer): string =>
  controlToken === undefined ? "" : `&token=${controlToken}`;

function formatJson({ provider }: FakeFlags, { server, address, hasGivenCredentials }: StartedFake): string {
  const { accessKeyId, secretAccessKey, sessionToken = null } = address.credentials;
  const environment = createClientEnvironment(address, provider);
  return JSON.stringify({
    url: server.url,
    port: server.port,
    controlToken: server.controlToken,
    proxyUrl: server.proxyUrl,
    certificateFile: server.certificateFile,
    environment: toJson(environment, hasGivenCredentials),
    // Secrets that were given are not repeated.
    credentials: hasGivenCredentials ? { accessKeyId } : { accessKeyId, secretAccessKey, sessionToken },
  });
}

function toJson(environment: ClientEnvironment, hideSecrets: boolean): Record<string, string | null> {
  const pairs = Object.entries(environment).filter(
    ([name]) => !hideSecrets || (name !== "AWS_SECRET_ACCESS_KEY" && name !== "AWS_SESSION_TOKEN"),
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name, value ?? null]));
}
