import { createStatusCommand } from "../../../apps/cli/src/status/status-command.ts";

/** What somebody has configured, and what `claude-on-aws status` is asked. */
interface StatusExample {
  readonly title: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const EXAMPLES: readonly StatusExample[] = [
  {
    title: "On Amazon Bedrock, when asked for `sonnet[1m]`:",
    environment: {
      CLAUDE_CODE_USE_BEDROCK: "1",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    },
    args: ["--model", "sonnet[1m]"],
  },
  {
    title: "And where much is wrong:",
    environment: {
      CLAUDE_CODE_USE_BEDROCK: "1",
      CLAUDE_CODE_USE_ANTHROPIC_AWS: "enabled",
      AWS_REGION: "us-east-1/",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      ANTHROPIC_API_KEY: "sk-ant-api03-example",
    },
    args: ["--model", "claude-sonnet-4-5"],
  },
];

/** A folder that no machine has: nothing but the variables is configured. */
const NOWHERE = "/no-such-home";

/**
 * Asks `claude-on-aws status` about a few configurations.
 *
 * @returns Markdown: what was typed and what was printed.
 */
export async function printStatus(): Promise<string> {
  const printed = EXAMPLES.map(async ({ title, environment, args }) => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const command = createStatusCommand({
      env: { ...environment, HOME: NOWHERE, AWS_EC2_METADATA_DISABLED: "true" },
      directory: NOWHERE,
      managedSettings: NOWHERE,
    });
    await command.run(args, { out: print, error: print, colour: false });
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const typed = ["claude-on-aws status", ...args.map((word) => (/[^\w-]/.test(word) ? `'${word}'` : word))].join(" ");
    return [
      title,
      "",
      "<!-- run by scripts/documents/documents.test.ts -->",
      "```console",
      `$ export ${variables.join(" ")}`,
      `$ ${typed}`,
      ...lines,
      "```",
    ].join("\n");
  });
  return (await Promise.all(printed)).join("\n\n");
}
