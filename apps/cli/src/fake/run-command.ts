import {
  createClientEnvironment,
  formatGithubAnnotations,
  formatGithubCommand,
  formatReport,
  type Report,
} from "@claude-on-aws/fake/server";
import { appendFile } from "node:fs/promises";
import process from "node:process";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { explainFileError } from "./explain-file-error.ts";
import { findMissing } from "./find-missing.ts";
import { flagsUsage } from "./flags-usage.ts";
import { type FakeFlags, parseFlags } from "./flags.ts";
import { publishOnSignal } from "./publish-report.ts";
import { runChild } from "./run-child.ts";
import { type StartedFake, startFake } from "./start-fake.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { writeReports } from "./write-reports.ts";

const USAGE = `Usage: claude-on-aws fake run [options] -- COMMAND [arguments]

Starts the fake on a free port, runs a command with an environment in which
Claude Code, Anthropic's SDKs and AWS's SDKs talk to it, and prints how each
client did by the rules of AWS to standard error when the command ends.

Options:
${flagsUsage("port to listen on (default 0: a free one)", [
  [
    "--github",
    "also write annotations for GitHub Actions to standard output, and the report to the summary of the job ($GITHUB_STEP_SUMMARY)",
  ],
  [
    "--expect NAME[/VERSION]",
    "fail unless a client whose name in the report begins so asked a model and was not refused; may be repeated",
  ],
  ["--allow-empty", "pass although the command sent nothing to the fake"],
])}

What the command leaves in the background is ended after it, except in a
terminal.

The environment of the command is this one's, with these replaced: region,
access key, workspace, the base URL of each client, and Claude Code's switches.
A key of --api-key is handed to the clients of its family.
Taken away: profiles, session tokens, roles, API keys and tokens of all
clients, Claude Code's SKIP switches, FIPS and dual-stack endpoints, proxies.
What the command needs of them goes before it: -- env HTTPS_PROXY=… COMMAND.
With --proxy: no base URL, HTTPS_PROXY and the certificate instead; NO_PROXY
names loopback alone. With --tls: the certificate as NODE_EXTRA_CA_CERTS and the
like.
Claude Code lays the env of its settings files over all this; keep them out
with -- env CLAUDE_CONFIG_DIR="$(mktemp -d)" claude …

Exit status: the command's own if that is not 0 (128 + N after signal N, 127
where it is not found, 126 where it cannot be run), else 1 where a report could
not be written or the fake not started, else 3 where a rule failed, nothing was
seen or a client is missing that was expected, else 0; 2 for wrong usage.`;

const NOT_CONFORMANT = 3;

/** `claude-on-aws fake run`. */
export const runCommand: Command = {
  name: "run",
  usage: USAGE,
  run: async (args, terminal) => {
    let flags: FakeFlags;
    let command: Words;
    try {
      ({ flags, command } = parse(args));
    } catch (error) {
      return sayWrongUsage(terminal, error, "fake run");
    }
    let started: StartedFake;
    try {
      started = await startFake(flags, 0);
    } catch (error) {
      terminal.error((error as Error).message);
      return 1;
    }
    return run(command, flags, started, terminal);
  },
};

type Words = readonly [program: string, ...args: string[]];

function parse(args: readonly string[]): { readonly flags: FakeFlags; readonly command: Words } {
  const at = args.indexOf("--");
  if (at < 0) throw new CliError("USAGE", 'Cannot tell the command from the options: expected "--" before it');
  const [program, ...rest] = args.slice(at + 1);
  if (program === undefined) throw new CliError("USAGE", 'Cannot run nothing: expected a command after "--"');
  if (program === "") throw new CliError("USAGE", 'Cannot run "": expected a command after "--"');
  return { flags: parseFlags(args.slice(0, at), "run"), command: [program, ...rest] };
}

async function run(command: Words, flags: FakeFlags, started: StartedFake, terminal: Terminal): Promise<number> {
  const { fake, server, address } = started;
  const stopPublishing = publishOnSignal(flags.reports, fake, terminal);
  const variables = createClientEnvironment({ ...address, apiKeys: flags.apiKeys }, flags.provider);
  const child = await runChild(command, { ...process.env, ...variables });
  await stopPublishing();
  await server.close();
  if (child.problem !== undefined) terminal.error(child.problem);
  const report = fake.report();
  terminal.error(formatReport(report, "text").trimEnd());
  const missing = findMissing(report, { ...flags, isProxy: address.proxyUrl !== undefined });
  for (const sentence of missing) terminal.error(sentence);
  const isWritten = await writeReports(flags.reports, fake, terminal);
  const isPublished = !flags.github || (await publishToGithub(report, missing, terminal));
  if (child.status !== 0) return child.status;
  if (!isWritten || !isPublished) return 1;
  return report.failed > 0 || missing.length > 0 ? NOT_CONFORMANT : 0;
}

async function publishToGithub(report: Report, missing: readonly string[], terminal: Terminal): Promise<boolean> {
  const annotations = formatGithubAnnotations(report).trimEnd();
  const annotate = terminal.annotate ?? terminal.out;
  if (annotations !== "") annotate(annotations);
  for (const sentence of missing) annotate(formatGithubCommand("error", "claude-on-aws fake run", sentence));
  const path = process.env["GITHUB_STEP_SUMMARY"];
  if (path === undefined || path === "") return true;
  try {
    await appendFile(path, formatReport(report, "markdown"));
    return true;
  } catch (error) {
    terminal.error(`Cannot append the report to ${path} ($GITHUB_STEP_SUMMARY): ${explainFileError(error)}`);
    return false;
  }
}
