import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { runCommand } from "../shared/run-command.ts";

interface Step {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly steps: readonly [Step] };
}

const text = await readFile(fileURLToPath(new URL("../../action.yml", import.meta.url)), "utf8");
const { inputs, runs } = parse(text) as Action;

/** Runs the action's step as a runner does, with an `npx` that prints its arguments, one a line, and ends with 3. */
async function runAction(given: Readonly<Record<string, string>>): Promise<{ status: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), "action-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "npx"), '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\nexit 3\n');
  await chmod(join(folder, "npx"), 0o755);
  const [step] = runs.steps;
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.(?<name>[\w-]+) \}\}$/.exec(expression)?.groups?.["name"] ?? "";
      return [name, given[input] ?? inputs[input]?.default ?? ""];
    }),
  );
  const environment = { ...process.env, ...env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  await writeFile(join(folder, "step.sh"), step.run);
  return runCommand(["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"], { folder, environment });
}

describe("action.yml", () => {
  test("runs the command against the fake, marks what is wrong, and ends as it does", async () => {
    const version = "0.1.0";
    const { status, output } = await runAction({ command: "npm test && echo done", version });

    const words = [
      "--yes",
      `claude-on-aws@${version}`,
      "fake",
      "run",
      "--github",
      "--",
      "bash",
      "-euo",
      "pipefail",
      "-c",
    ];
    expect(output.trim().split("\n")).toEqual([...words, "npm test && echo done"]);
    expect(status).toBe(3);
  });

  test("passes flags and the report on", async () => {
    const { output } = await runAction({
      command: "true",
      arguments: "--provider bedrock\n\n--workspace wrkspc_1\n",
      report: "my report.html",
    });

    expect(output).toContain("--github\n--provider\nbedrock\n--workspace\nwrkspc_1\n--report\nmy report.html\n--\n");
  });

  test("never reads an input as code of its own", async () => {
    const { output } = await runAction({ command: "true", arguments: "--fact $(echo ran)", report: '"; echo ran; "' });

    expect(output).toContain('--fact\n$(echo ran)\n--report\n"; echo ran; "\n');
  });
});
