import { type ClientEnvironment, ENVIRONMENT_BLOCKS, OTHER_CREDENTIALS } from "@claude-on-aws/fake/server";
import { quoteForShell } from "../quote-for-shell.ts";

/** Variables that are not printed where the caller gave them. */
const SECRETS: ReadonlySet<string> = new Set(["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]);

/** Variables that lead a client to an endpoint. */
const ENDPOINT = /_BASE_URL$|^AWS_ENDPOINT_URL/;

/**
 * The block of `export` lines that points the usual clients at a fake; comments stand between them.
 *
 * @param environments The variables, one environment for each provider that Claude Code may be switched to.
 * @param printSecret Whether the secret may be printed: not where it was given by the caller.
 * @returns The lines, with one that is empty between blocks.
 */
export function environmentLines(environments: readonly ClientEnvironment[], printSecret: boolean): string[] {
  const all = new Map(environments.flatMap((variables) => Object.entries(variables).filter(([, value]) => value)));
  // Where the fake is a proxy, endpoints must not be set either.
  const absent = environments.flatMap((variables) => Object.keys(variables)).filter((name) => ENDPOINT.test(name));
  const other = [...new Set([...OTHER_CREDENTIALS, ...absent])].filter((name) => !all.has(name));
  const shown = ENVIRONMENT_BLOCKS.filter(({ names }) => names.some((name) => all.has(name)));
  const blocks = shown.map(({ title, names }) => [
    `# ${title}`,
    ...names.flatMap((name) => {
      const value = all.get(name);
      if (value === undefined || (SECRETS.has(name) && !printSecret)) return [];
      return [`export ${name}=${quoteForShell(value)}`];
    }),
    ...(names.includes("AWS_SECRET_ACCESS_KEY")
      ? [
          ...(printSecret ? [] : ["# AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: as given with --credentials"]),
          `unset ${other.join(" ")}`,
        ]
      : []),
    "",
  ]);
  return blocks.flat().slice(0, -1);
}
