import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createFakeCore, type FakeCore, type FakeOptions, serve } from "@claude-on-aws/fake/server";
import { onTestFinished } from "vitest";
import { createAskCommand } from "../../src/ask/index.ts";
import type { Command } from "../../src/command.ts";
import { createLoginCommand } from "../../src/login/index.ts";
import { createStatusCommand } from "../../src/status/index.ts";

/** What a command printed, and how it ended. */
interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** A machine with a home of its own: its variables and files, of which `HOME` and what is in it are its own. */
export interface Machine {
  readonly home: string;
  readonly status: (...args: readonly string[]) => Promise<Outcome>;
  readonly ask: (...args: readonly string[]) => Promise<Outcome>;
  readonly login: (...args: readonly string[]) => Promise<Outcome>;
}

/** Starts a fake on a free port, until the test has finished. */
export async function startFake(options: FakeOptions = {}): Promise<{ readonly core: FakeCore; readonly url: string }> {
  const core = createFakeCore(options);
  const server = await serve(core, { port: 0 });
  onTestFinished(() => server.close());
  return { core, url: server.url };
}

/** Sets a machine up, until the test has finished. */
export function setUpMachine(
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  input: readonly string[] = [],
): Machine {
  const home = mkdtempSync(join(tmpdir(), "machine-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text.replaceAll("$HOME", home));
  }
  const load = {
    env: { PATH: process.env["PATH"], HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...env },
    directory: join(home, "project"),
    managedSettings: join(home, "managed-settings.json"),
  };
  const shown: string[] = [];
  const run =
    (command: Command) =>
    async (...args: readonly string[]): Promise<Outcome> => {
      let out = "";
      let error = "";
      const status = await command.run(args, {
        out: (line) => void (out += `${line}\n`),
        write: (text) => void (out += text),
        error: (line) => void (error += `${line}\n`),
        colour: false,
      });
      return { status, out, error: error + shown.join("") };
    };
  const chunks = async function* () {
    for (const text of input) yield new TextEncoder().encode(text);
  };
  return {
    home,
    status: run(createStatusCommand(load)),
    ask: run(createAskCommand({ ...load, input: chunks() })),
    login: run(createLoginCommand({ ...load, show: (text) => void shown.push(text) })),
  };
}
