import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { onTestFinished } from "vitest";
import { type Ended, startCommand } from "./start-command.ts";

/** A gateway that runs as a command, in a home of its own. */
export interface RunningGateway {
  readonly url: string;
  readonly token: string;
  /** What `--json` says of the variables of each set-up. */
  readonly environment: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly ended: Promise<Ended>;
  readonly said: (text: string) => Promise<string>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Asks for a message with the token. */
  readonly ask: (text: string) => Promise<Response>;
}

/** A new folder, until the test has finished. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gateway-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The variables that lead the gateway to a service of its own on this machine. */
export const platformAt = (url: string): Readonly<Record<string, string>> => ({
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_BASE_URL: url,
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  ...CREDENTIALS,
});

/** A key that the fake takes. */
export const CREDENTIALS: Readonly<Record<string, string>> = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
};

/** On Bun the command starts itself a second time with this, where it is not there: one test shows that, the others do without. */
const STARTED_ONCE = { BUN_CONFIG_MAX_HTTP_REQUESTS: "65336" } as const;

/** Starts `claude-on-aws gateway --json` on a free port, until the test has finished; a variable that is undefined is not there. */
export async function startGatewayCommand(
  variables: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
  folder: string = makeFolder(),
): Promise<RunningGateway> {
  const { child, ended, printed, said } = startCommand(folder, ["gateway", "--port", "0", "--json", ...args], {
    ...NOTHING_ELSE,
    ...STARTED_ONCE,
    HOME: folder,
    ...variables,
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const [line = ""] = (await printed("\n")).split("\n");
  const { url, token, environment } = JSON.parse(line) as RunningGateway;
  return {
    url,
    token,
    environment,
    ended,
    said,
    // Not child.kill(): Deno 2.9 reports that signal as the way it ended, whatever the child made of it.
    signal: (signal) => void process.kill(child.pid ?? 0, signal),
    ask: (text) => askGateway(url, token, text),
  };
}

/** Asks a gateway for a message. */
export const askGateway = (url: string, token: string, text: string): Promise<Response> =>
  fetch(`${url}/v1/messages`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({
      model: "claude-haiku-4-5-20251001",
      max_tokens: 32,
      stream: true,
      messages: [{ role: "user", content: text }],
    }),
  });

/** What the machine that runs the test has configured must not decide. */
const NOTHING_ELSE: Readonly<Record<string, string>> = {
  AWS_EC2_METADATA_DISABLED: "true",
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(?:AWS|ANTHROPIC|CLAUDE)_/.test(name) && name !== "AWS_EC2_METADATA_DISABLED")
      .map((name) => [name, ""]),
  ),
};
