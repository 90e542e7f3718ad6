import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { redactForm } from "@claude-on-aws/endpoints";
import type { Verifier } from "@claude-on-aws/fake/verifier";
import { createReadStream } from "node:fs";
import process from "node:process";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { explainFileError } from "../fake/explain-file-error.ts";
import { parseArguments } from "../parse-arguments.ts";
import { formatOptions } from "../format-options.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { type Counts, formatCounts } from "./format-counts.ts";
import { formatJudgement } from "./format-judgement.ts";
import { judgeRequest } from "./judge-request.ts";
import { type NumberedEntry, readEntries } from "./read-entries.ts";
import { TOO_LONG } from "./read-lines.ts";
import { repeatVerdict } from "./repeat-verdict.ts";
import { parseRecordedRequest, type RecordedRequest } from "./recorded-request.ts";

const USAGE = `Usage: claude-on-aws verify [options] [FILE|-]

Verifies recorded requests as AWS would, and names the mistake where a
signature is wrong. Sends nothing.

FILE, or standard input, holds one request a line, as a JSON object:
  method, target    as sent; target is path and query, percent-encoding
                    untouched
  headers           pairs of name and value, or an object
  body, bodyBase64 or bodySha256
  id                optional; repeated in the answer
  now               optional; the verifier's clock as an ISO time
                    (default: the request's own date)
  service, region   optional; what it should be signed for
                    (default: the service that the request is for, by its
                    host or else as the fake finds it; the region of an AWS
                    host, else that of its own scope)

It may also be such objects or arrays of them one behind another, each over as
many lines as it takes; a HAR; the journal of a fake, where an entry that was
redacted or cut has the verdict that was recorded; or requests as they stand on
the wire, also as curl --verbose prints them. That has no body: write it behind
the empty line that ends the headers. Of a body that is known to have been sent
and is not there, x-amz-content-sha256 is taken where it is signed; otherwise
nothing is said of a signature that covers it.

Options:
${formatOptions([
  ["--json", 'print one JSON object a line, in order: {"id","ok","findings","diagnosis"}'],
  [
    "--credentials ID:SECRET[:TOKEN]",
    "an access key that is known; may be repeated (default: the example pair, AKIDEXAMPLE); a session token is checked where it is given, and else reported as not checked",
  ],
  ["--credentials env", "the one in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"],
  [
    "--credentials file[:PATH]",
    "those in a file: the profiles of AWS's file of credentials (default: AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/credentials), or the JSON that aws configure export-credentials prints",
  ],
  ["--profile NAME", "only this profile of such a file; may be repeated"],
  ["-h, --help", "show this text"],
])}

Exit status: 0 where all requests are right, 1 where some are not, 2 for wrong
usage and where the file cannot be read, 3 where it holds no request.`;

/** The exit status where there was no request, as of `fake run` where nothing was seen: what recorded nothing proves nothing. */
const NOTHING = 3;

/** What the command takes from its surroundings. */
export interface VerifyCommandOptions {
  /**
   * Opens the file of a path; `-` is standard input.
   *
   * @default {files of this machine}
   */
  readonly open?: ((path: string) => AsyncIterable<Uint8Array>) | undefined;
  /**
   * The longest line that is read, in bytes.
   *
   * @default {67_108_864}
   */
  readonly maxLineBytes?: number | undefined;
  /**
   * Where `--credentials env` and `--credentials file` look.
   *
   * @default {process.env}
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

const openFile = (path: string): AsyncIterable<Uint8Array> => (path === "-" ? process.stdin : createReadStream(path));

/**
 * Makes the command `verify`.
 *
 * @param options What it takes from its surroundings; by default the process and its files.
 * @returns The command.
 */
export function createVerifyCommand(options: VerifyCommandOptions = {}): Command {
  return {
    name: "verify",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, options),
  };
}

/** The command `verify` on the process's own files. */
export const verifyCommand: Command = createVerifyCommand();

async function run(
  args: readonly string[],
  terminal: Terminal,
  { open = openFile, maxLineBytes = 64 * 1024 * 1024, env = process.env }: VerifyCommandOptions,
): Promise<number> {
  let flags: Flags;
  try {
    flags = parseFlags(args);
  } catch (cause) {
    return sayWrongUsage(terminal, cause, "verify");
  }
  if (flags.help) {
    terminal.out(USAGE);
    return 0;
  }
  let credentials: readonly AwsCredentials[] | undefined;
  try {
    credentials = await credentialsOf(flags, env);
  } catch (cause) {
    if (!(cause instanceof CliError)) throw cause;
    terminal.error(cause.code === "USAGE" ? `${cause.message}\n\n${USAGE}` : cause.message);
    return 2;
  }
  // Loaded only where there is something to verify: the help of the command needs none of it.
  const { createVerifier } = await import("@claude-on-aws/fake/verifier");
  const verify = createVerifier({ credentials, unknownSessionTokens: "unchecked" });
  const counts = { ok: 0, warned: 0, notOk: 0 };
  try {
    for await (const entry of readEntries(open(flags.path), maxLineBytes)) {
      counts[await answer(entry, { flags, terminal, maxLineBytes, verify })]++;
    }
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    terminal.error(
      `Cannot read ${flags.path}: ${explainFileError(cause)}. Expected a file of recorded requests, or - for standard input`,
    );
    return 2;
  }
  if (counts.ok + counts.warned + counts.notOk === 0) {
    terminal.error(`Nothing to verify: ${flags.path} holds no request; expected one JSON object a line, see --help`);
    return NOTHING;
  }
  if (!flags.json) for (const text of formatCounts(counts)) terminal.out(text);
  return counts.notOk === 0 ? 0 : 1;
}

interface Surroundings {
  readonly flags: Flags;
  readonly terminal: Terminal;
  readonly maxLineBytes: number;
  readonly verify: Verifier;
}

/** Prints the answer to one line; as what it is counted. */
async function answer(
  { text: line, number, recorded: verdict }: NumberedEntry,
  around: Surroundings,
): Promise<keyof Counts> {
  const { flags, terminal, maxLineBytes, verify } = around;
  let recorded: RecordedRequest;
  try {
    if (line === TOO_LONG)
      throw new CliError("LINE_MALFORMED", `Cannot read line: it is longer than ${maxLineBytes} bytes`);
    recorded = parseRecordedRequest(line);
  } catch (cause) {
    if (!(cause instanceof CliError)) throw cause;
    const error = { code: cause.code, message: cause.message, line: number };
    if (flags.json) terminal.out(JSON.stringify({ id: null, ok: false, error }));
    else terminal.out(`not ok  line ${number}\n  ${error.code}: ${error.message}`);
    return "notOk";
  }
  const id = typeof recorded.id === "string" ? redactId(recorded.id) : recorded.id;
  const judgement = verdict === undefined ? await judgeRequest(recorded, verify) : repeatVerdict(verdict);
  if (flags.json) {
    const { ok, findings, diagnosis } = judgement;
    terminal.out(JSON.stringify({ id, ok, findings, diagnosis }));
  } else {
    const name = id ?? `line ${number}`;
    for (const text of formatJudgement(`${name}`, judgement, terminal.colour)) terminal.out(text);
  }
  if (!judgement.ok) return "notOk";
  return judgement.findings.some(({ level }) => level === "warn") ? "warned" : "ok";
}

/** IDs are made up; a key that stands in their place is none. */
const redactId = (id: string): string => redactForm("id", id);

const isFileError = (cause: unknown): cause is Error => cause instanceof Error && "code" in cause && "syscall" in cause;

interface Flags {
  readonly json: boolean;
  readonly help: boolean;
  readonly path: string;
  readonly credentials: readonly string[];
  readonly profiles: readonly string[];
}

/** Those of the fake where none are given. */
async function credentialsOf(
  { credentials, profiles }: Flags,
  env: NonNullable<VerifyCommandOptions["env"]>,
): Promise<readonly AwsCredentials[] | undefined> {
  if (credentials.length === 0 && profiles.length === 0) return undefined;
  // Loaded only where it is asked for.
  const { readCredentials } = await import("./read-credentials.ts");
  return readCredentials(credentials, { env, profiles });
}

/** @throws {CliError} `USAGE` on a flag that does not exist, or a value it does not take. The message holds no secret. */
function parseFlags(args: readonly string[]): Flags {
  const { values, positionals } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      credentials: { type: "string", multiple: true, default: [] },
      profile: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (positionals.length > 1)
    throw new CliError("USAGE", `Cannot read ${positionals.length} files: expected one, or -`);
  return {
    json: values.json,
    help: values.help,
    path: positionals[0] ?? "-",
    credentials: values.credentials,
    profiles: values.profile,
  };
}
