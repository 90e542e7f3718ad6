import { parseArgs } from "node:util";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import type { TurnCase } from "./turn-case.ts";

/** What the command line says. */
export interface Flags {
  readonly help: boolean;
  readonly json: boolean;
  readonly keep: boolean;
  /** Whether the program meets throttles, cut streams and the like, in place of its turns. */
  readonly verdicts: boolean;
  /** The release to run. */
  readonly version: string;
  /** Whether the recorded configurations are replayed too: where a release was asked for, and no single turn. */
  readonly configurations: boolean;
  /** File for a summary of what was sent. */
  readonly record: string | undefined;
  /** The turns to run, in the order of the table. */
  readonly turns: readonly TurnCase[];
}

/**
 * Reads the command line.
 *
 * @param args Without the runtime and the script.
 * @param turns Every turn there is.
 * @returns The flags, or what is wrong with them.
 */
export function parseFlags(args: readonly string[], turns: readonly TurnCase[]): Flags | { readonly usage: string } {
  let values: ReturnType<typeof readValues>;
  try {
    values = readValues(args);
  } catch (error) {
    return { usage: `${(error as Error).message}\nSee --help.` };
  }
  const { help, json, keep, verdicts, record, only, "client-version": asked } = values;
  if (asked !== undefined && !VERSION.test(asked)) {
    return { usage: `Cannot run Claude Code "${asked}": expected a release such as ${CLAUDE_CODE_VERSION}` };
  }
  const unknown = only?.filter((name) => turns.every((turn) => turn.name !== name)) ?? [];
  if (unknown.length > 0) {
    return {
      usage: `Cannot run ${unknown.join(", ")}: no such case. There are ${turns.map(({ name }) => name).join(", ")}`,
    };
  }
  return {
    help,
    json,
    keep,
    verdicts,
    record,
    version: asked ?? CLAUDE_CODE_VERSION,
    configurations: asked !== undefined && only === undefined && !verdicts,
    turns: only ? turns.filter(({ name }) => only.includes(name)) : turns,
  };
}

const VERSION = /^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$/;

/** What `--help` prints. */
export function formatHelp(turns: readonly TurnCase[]): string {
  return `Lets Claude Code ${CLAUDE_CODE_VERSION} finish turns that use a tool against the fake, and judges what it sent.

pnpm claude-code [flags]

  --client-version X.Y.Z
                  run this release, and learn it: replay every recorded configuration, print where it
                  differs from the tables, write the new recordings into fixtures/configuration
  --only NAME     run this case alone; may be given again
  --record FILE   write what was sent, without secrets and texts, as JSON
  --keep          keep each case's home, output, journal and report, and say where
  --verdicts      let it meet throttles, cut streams and denials instead, and write how it takes them into
                  fixtures/client-verdicts; then run write:documents
  --json          print the results as one JSON object; progress goes to standard error
  --help          print this

Cases that begin with "gateway-" know a gateway and its token alone: it signs. Those that end in "agent-sdk" are started by the
Agent SDK.

The programs are downloaded once, into node_modules/.cache/claude-code. They reach the loopback interface alone, and
neither your settings nor your credentials. Exit status: 0 all passed, 1 some did not, 2 wrong usage.

Cases: ${turns.map(({ name }) => name).join(", ")}`;
}

function readValues(args: readonly string[]): {
  help: boolean;
  json: boolean;
  keep: boolean;
  verdicts: boolean;
  record: string | undefined;
  only: string[] | undefined;
  "client-version": string | undefined;
} {
  const { values } = parseArgs({
    // pnpm hands its own separator on.
    args: args.filter((arg, index) => index > 0 || arg !== "--"),
    options: {
      help: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      verdicts: { type: "boolean", default: false },
      record: { type: "string" },
      only: { type: "string", multiple: true },
      "client-version": { type: "string" },
    },
  });
  return { ...values, record: values.record, only: values.only, "client-version": values["client-version"] };
}
