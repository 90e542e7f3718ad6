import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { CLAUDE_CODE_VERSION, resolvePlatformPackage } from "../claude-code/platform-packages.ts";
import { QUIET_VARIABLES } from "../claude-code/turn-environment.ts";
import type { RunWith } from "./run-with.ts";

/** What an example needs besides what its package.json names. */
export interface Requirement {
  /** Variables that it then gets, or why there is nothing to run it with. */
  readonly find: (
    root: string,
    run: RunWith,
  ) => Promise<{ readonly variables: Variables } | { readonly missing: string }>;
}

type Variables = Readonly<Record<string, string>>;

/** Claude Code as `pnpm claude-code` keeps it. */
const CLAUDE_CODE: Requirement = {
  find: async (root) => {
    const { name } = resolvePlatformPackage() ?? { name: "" };
    const folder = join(root, "node_modules/.cache/claude-code", CLAUDE_CODE_VERSION, "node_modules", name);
    const program = join(folder, "claude");
    if (name === "" || !existsSync(program)) {
      return { missing: `Claude Code ${CLAUDE_CODE_VERSION} is not there; \`pnpm claude-code\` fetches it` };
    }
    return { variables: { ...QUIET_VARIABLES, PATH: folder, CLAUDE_CODE_EXECUTABLE: program } };
  },
};

/** AWS's client for Python. */
const BOTO3: Requirement = {
  find: async (root, run) => {
    const { status } = await run(["python3", "-c", "import boto3"], root);
    return status === 0 ? { variables: {} } : { missing: "boto3 is not installed; `pip install boto3`" };
  },
};

/** Examples that need more than npm gives, by the name of their folder. */
export const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
  "agent-sdk": CLAUDE_CODE,
  "claude-code": CLAUDE_CODE,
  boto3: BOTO3,
};

/**
 * Says what the last step of a workflow runs.
 *
 * @param workflow The YAML file.
 * @throws {TypeError} None of its steps runs a command.
 */
export function workflowCommand(workflow: string): string {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: readonly { readonly run?: string }[] }> };
  const command = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .findLast((step) => step.run !== undefined)?.run;
  if (command === undefined) throw new TypeError("Cannot run a workflow: none of its steps has a `run`");
  return command;
}
