import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { HAS_TERMINAL, runInTerminal, WHY_SKIPPED } from "./support/in-terminal.ts";
import { bundledCommand } from "./support/start-command.ts";

const ESCAPE = "\u001B[";
const BOLD_TITLE = "\u001B[1mModels\u001B[22m";

/** What runtimes ask for colours; where a `CI` is set they know none in its terminal. */
const COLOUR_VARIABLES: ReadonlySet<string> = new Set([
  "NO_COLOR",
  "FORCE_COLOR",
  "NODE_DISABLE_COLORS",
  "CI",
  "TF_BUILD",
  "TEAMCITY_VERSION",
]);

/** The environment of this process without what says something about colour, and with what a test says. */
function environment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !COLOUR_VARIABLES.has(name));
  return { ...Object.fromEntries(others), TERM: "xterm-256color", ...variables };
}

/** What `claude-on-aws models` prints to a pipe. */
function printToPipe(variables: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [...bundledCommand(), "models"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: environment(variables),
  });
  let out = "";
  child.stdout.on("data", (chunk: Uint8Array) => (out += new TextDecoder().decode(chunk)));
  return new Promise((resolve) => child.once("close", () => resolve(out)));
}

async function printToTerminal(variables: Readonly<Record<string, string>>): Promise<string> {
  const { ended } = runInTerminal([process.execPath, ...bundledCommand(), "models"], environment(variables));
  return (await ended).shown;
}

describe("claude-on-aws prints in colour", () => {
  test("never to a pipe, unless it is forced to", async () => {
    const [plain, forced] = await Promise.all([printToPipe({}), printToPipe({ FORCE_COLOR: "1" })]);

    expect(plain).toContain("\nModels\n");
    expect(plain).not.toContain(ESCAPE);
    expect(forced).toContain(BOLD_TITLE);
  });

  test.skipIf(!HAS_TERMINAL)(`to a terminal, unless it is told not to${WHY_SKIPPED}`, async () => {
    const [coloured, ...plain] = await Promise.all([
      printToTerminal({}),
      printToTerminal({ NO_COLOR: "1" }),
      printToTerminal({ FORCE_COLOR: "0" }),
      printToTerminal({ TERM: "dumb" }),
    ]);

    expect(coloured).toContain(BOLD_TITLE);
    for (const text of plain) {
      expect(text).toContain("\r\nModels\r\n");
      expect(text).not.toContain(ESCAPE);
    }
  });
});
