import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeServer, serve } from "@claude-on-aws/fake/server";
import type { Command, Terminal } from "../command.ts";
import { environmentLines } from "./environment.ts";
import { type FakeFlags, parseFlags } from "./flags.ts";
import { randomCredentials } from "./random-credentials.ts";
import { untilSignal } from "./until-signal.ts";

const USAGE = `Usage: claude-on-aws fake [options]

Starts a stand-in for Claude Platform on AWS and Amazon Bedrock that verifies
every request as AWS would. It echoes; nothing leaves this machine.

Options:
  --port NUMBER                  port to listen on; 0 picks a free one (default 4242)
  --host ADDRESS                 address to listen on (default 127.0.0.1)
  --http auto|1                  auto: HTTP/1.1 and HTTP/2 on the one port; 1: HTTP/1.1 alone (default auto)
  --credentials ID:SECRET[:TOKEN]
                                 an access key whose signature is accepted; may be repeated.
                                 random: a fresh one (default: the example pair of AWS's documents)
  --api-key KEY                  an API key that is accepted; may be repeated
                                 (default: any well-formed key of the right family)
  --workspace ID                 a workspace that exists; may be repeated (default: any well-formed ID)
  --region REGION                the region that signatures must name (default: any)
  --model ID                     a model to serve beside the known ones; may be repeated
  --on-finding reject|record     reject: answer what AWS would; record: answer as if nothing were wrong,
                                 and only note it in the journal (default reject)
  -h, --help                     show this text

While it runs:
  GET /_fake/health              whether it runs
  GET /_fake/journal             the last exchanges, what was verified, and what was wrong

Exit status: 0 after a signal to stop, 1 when it cannot listen, 2 for wrong usage.`;

const WRONG_USAGE = 2;
const DEFAULT_REGION = "us-east-1";
const EXAMPLE_WORKSPACE = "wrkspc_01AbCdEf23GhIj";

/** `claude-on-aws fake`. */
export const fakeCommand: Command = {
  name: "fake",
  summary: "start a stand-in for Claude on AWS that verifies every request",
  usage: USAGE,
  run: async (args, terminal) => {
    let flags: FakeFlags;
    try {
      flags = parseFlags(args);
    } catch (error) {
      terminal.error(`${(error as Error).message}\n\n${USAGE}`);
      return WRONG_USAGE;
    }
    return run(flags, terminal);
  },
};

async function run(flags: FakeFlags, terminal: Terminal): Promise<number> {
  const credentials = credentialsOf(flags);
  const fake = createFakeCore({ ...flags, credentials });
  let server: FakeServer;
  try {
    server = await serve(fake, flags);
  } catch (error) {
    terminal.error(explainListenError(error as NodeJS.ErrnoException, flags));
    return 1;
  }
  // Before anything is printed: who reads the URL may stop us at once.
  const stopped = untilSignal();
  terminal.out(`The fake listens on ${server.url}`);
  terminal.out("");
  const [first = EXAMPLE_CREDENTIALS] = credentials;
  const lines = environmentLines({
    url: server.url,
    region: flags.region ?? DEFAULT_REGION,
    workspaceId: flags.workspaces?.[0] ?? EXAMPLE_WORKSPACE,
    credentials: first,
    printSecret: flags.credentials === undefined || flags.credentials === "random",
  });
  for (const line of lines) terminal.out(line);
  terminal.out("");
  terminal.out(`# What was received and verified: ${server.url}/_fake/journal    Stop: Ctrl+C`);
  await stopped;
  await server.close();
  return 0;
}

function credentialsOf({ credentials }: FakeFlags): readonly AwsCredentials[] {
  if (credentials === undefined) return [EXAMPLE_CREDENTIALS];
  return credentials === "random" ? [randomCredentials()] : credentials;
}

/** Errors of the operating system, and the way out of each. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use; stop what listens there, or choose another with --port (0 picks a free one)",
  EACCES: "this user may not use that port; choose one above 1023 with --port",
  EADDRNOTAVAIL: "this machine does not have that address; choose another with --host",
  ENOTFOUND: "that name has no address; choose another with --host",
};

function explainListenError(error: NodeJS.ErrnoException, { host, port }: FakeFlags): string {
  return `Cannot listen on ${host}:${port}: ${WAYS_OUT[error.code ?? ""] ?? error.message}`;
}
