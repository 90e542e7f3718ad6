import { redactText } from "@claude-on-aws/endpoints";
import type { parseArgs } from "node:util";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { DEFAULT_TOKENS_FILE, type TokenFlags, type TokenOptions } from "./token-options.ts";

const USAGE = `Usage: claude-on-aws gateway token add NAME [--group GROUP]… [--expires 30d]
                                            [--file FILE] [--json]
       claude-on-aws gateway token list [--file FILE] [--json]
       claude-on-aws gateway token revoke NAME|ID|TOKEN [--file FILE] [--json]

Makes, lists and revokes the tokens of a gateway's callers. The file holds their
hashes; a gateway whose callers.tokensFile names it sees each change within a
second, without a restart.

add prints the token on standard output, once. Several tokens may have one name:
they are of one caller, so that a new one can take the place of an old one.
revoke ends all of a caller's, or one by its ID or by itself.

Options:
  --file FILE      The file of tokens; add makes it, for its owner alone
                   (default: ${DEFAULT_TOKENS_FILE}).
  --group GROUP    A group that the caller belongs to; may be given more than
                   once.
  --expires END    How long the token is good: a span such as 30d, 12h or 90m, a
                   day such as 2027-01-31, or never (default: 90d).
  --json           Print one JSON object. Of add: token, id, name, groups,
                   createdAt, expiresAt, file; of list: file, tokens; of revoke:
                   file, revoked.
  -h, --help       Print this text.

Exit status: 0 if it is done, 1 if the file cannot be used or no token is meant,
2 for wrong usage.`;

const OPTIONS = {
  file: { type: "string" },
  group: { type: "string", multiple: true },
  expires: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

/** How long a token is good where nobody says. */
const DEFAULT_EXPIRES = "90d";

/** What one of the commands is called with. */
interface Called {
  readonly values: Values;
  readonly flags: TokenFlags;
  /** What stands after the word. */
  readonly name: string;
  readonly terminal: Terminal;
  readonly now: Date;
}

/** A word after `token`. */
interface Word {
  /** What has to stand after it. */
  readonly takes: string | undefined;
  /** Options that only it has. */
  readonly options: readonly (keyof Values)[];
  readonly run: (called: Called) => Promise<void>;
}

const WORDS: Readonly<Record<string, Word>> = {
  add: {
    takes: "the NAME of a caller",
    options: ["group", "expires"],
    run: async ({ values: { group = [], expires = DEFAULT_EXPIRES }, flags, name, terminal, now }) => {
      const { runTokenAdd } = await import("./token-add.ts");
      return runTokenAdd({ ...flags, name, groups: group, expires }, terminal, now);
    },
  },
  list: {
    takes: undefined,
    options: [],
    run: async ({ flags, terminal, now }) => {
      const { runTokenList } = await import("./token-list.ts");
      return runTokenList(flags, terminal, now);
    },
  },
  revoke: {
    takes: "the NAME of a caller, the ID of a token, or a token",
    options: [],
    run: async ({ flags, name, terminal, now }) => {
      const { runTokenRevoke } = await import("./token-revoke.ts");
      return runTokenRevoke({ ...flags, nameOrId: name }, terminal, now);
    },
  },
};

/**
 * Makes the command `gateway token`.
 *
 * @param options The clock; the process's own by default.
 * @returns The command.
 */
export function createGatewayTokenCommand({ now = () => new Date() }: TokenOptions = {}): Command {
  return {
    name: "token",
    usage: USAGE,
    run: async (args, terminal) => {
      try {
        const { word, called } = parse(args, terminal, now());
        if (called.values.help) terminal.out(USAGE);
        else await word.run(called);
        return 0;
      } catch (error) {
        if (error instanceof CliError && error.code === "USAGE") return sayWrongUsage(terminal, error, "gateway token");
        if (!isExpected(error)) throw error;
        // What was given is repeated in it, and may have been given in the wrong place.
        terminal.error(redactText(error.message));
        return error.code === "TOKEN_INVALID" ? 2 : 1;
      }
    },
  };
}

/** The command `gateway token`. */
export const gatewayTokenCommand: Command = createGatewayTokenCommand();

function parse(
  args: readonly string[],
  terminal: Terminal,
  now: Date,
): { readonly word: Word; readonly called: Called } {
  const { values, positionals } = parseArguments({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [first = "", name = "", stray] = positionals;
  const flags: TokenFlags = { file: values.file ?? DEFAULT_TOKENS_FILE, json: values.json ?? false };
  const word = Object.hasOwn(WORDS, first) ? WORDS[first] : undefined;
  if (values.help) return { word: word ?? (WORDS["list"] as Word), called: { values, flags, name, terminal, now } };
  if (word === undefined) {
    throw new CliError(
      "USAGE",
      `Cannot run "gateway token ${first}": expected one of ${Object.keys(WORDS).join(", ")}.`,
    );
  }
  if (word.takes !== undefined && name === "")
    throw new CliError("USAGE", `gateway token ${first} takes ${word.takes}.`);
  const unexpected = word.takes === undefined ? positionals[1] : stray;
  if (unexpected !== undefined) throw new CliError("USAGE", `Unexpected argument "${unexpected}".`);
  const misplaced = OF_SOME.find((option) => values[option] !== undefined && !word.options.includes(option));
  if (misplaced !== undefined) throw new CliError("USAGE", `--${misplaced} does not go with ${first}.`);
  return { word, called: { values, flags, name, terminal, now } };
}

const OF_SOME: readonly (keyof Values)[] = ["group", "expires"];

/** An error of the gateway, which is loaded only where a token is made, listed or revoked. */
function isExpected(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && error.name === "GatewayError";
}
