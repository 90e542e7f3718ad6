import process from "node:process";

/** How many requests Bun's `fetch` sends at once in a process; it reads this when the process starts. */
const VARIABLE = "BUN_CONFIG_MAX_HTTP_REQUESTS";

/** The most that Bun takes. */
const MOST = "65336";

/** What of a process is needed to start it again in its place. */
export interface Replaceable {
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly argv: readonly string[];
  readonly execve?: ((file: string, args: string[], env: Record<string, string>) => void) | undefined;
}

/**
 * On Bun, puts the same program in the place of this process with the limit of its `fetch` lifted, so that id, signals and exit
 * status stay as they are. It is what sends requests through a proxy. Where the system cannot do that, nothing happens: beyond 256
 * at once, those wait.
 *
 * @param program The process.
 */
export function liftRequestLimit(program: Replaceable = process): void {
  const { versions, env, execPath, execArgv, argv, execve } = program;
  if (versions["bun"] === undefined || env[VARIABLE] !== undefined || execve === undefined) return;
  const variables = Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  // A program that is one file names itself first, and has no script.
  const script = argv.slice(isOneFile(argv[1] ?? "") ? 2 : 1);
  execve(execPath, [execPath, ...execArgv, ...script], { ...variables, [VARIABLE]: MOST });
}

/** Where Bun shows a program that is one file the script in it. */
const isOneFile = (script: string): boolean => /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(script);
