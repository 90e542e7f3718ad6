import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { isGone } from "@claude-on-aws/fixtures";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand } from "./index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-command-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Where the system is slow to take away what has ended, all of it is waited for. */
const GRACE_MS = 100;

/** Starts a child, and leaves it in the background. */
const LEAVE_CHILD = "sleep 1000 & echo $! > child;";

const readPid = async (name = "child"): Promise<number> => Number(await readFile(join(folder, name), "utf8"));
const inFolder = (text: string): string => `cd '${folder}'; ${text}`;

describe("runCommand() with a text", () => {
  test("has the shell read it, and gives both outputs and the status", async () => {
    expect(await runCommand(`NAME='a  b'; echo "$NAME" | tr a-z A-Z; echo problem >&2; exit 3`)).toEqual({
      status: 3,
      signal: undefined,
      stdout: "A  B\n",
      stderr: "problem\n",
    });
  });

  test("gives the shell's own status where there is no such command", async () => {
    const { status, stderr } = await runCommand("not-a-command-of-this-machine");

    expect(status).toBe(127);
    expect(stderr).toContain("not-a-command-of-this-machine");
  });
});

describe("runCommand() with a program and arguments", () => {
  test("has no shell read them", async () => {
    const { stdout } = await runCommand(["printf", "[%s]", "a  b", "$HOME", `"'`, "*"]);

    expect(stdout).toBe(`[a  b][$HOME]["'][*]`);
  });

  test("says what is wrong where it does not start, without its arguments", async () => {
    await writeFile(join(folder, "text"), "no program");
    const missing = await runCommand(["no-such-command-here", "secret"]).catch((error: unknown) => error);
    const text = await runCommand([join(folder, "text"), "secret"]).catch((error: unknown) => error);

    expect(missing).toMatchObject({
      code: "COMMAND_NOT_FOUND",
      message: "Cannot run no-such-command-here: no such command; check its name and PATH",
    });
    expect(text).toMatchObject({ code: "COMMAND_NOT_STARTED", message: expect.stringContaining("not executable") });
    for (const error of [missing, text]) expect((error as Error).cause).toBeUndefined();
  });

  test("does not repeat an argument that cannot be handed on", async () => {
    const error = await runCommand(["echo", "aRgUmEnT\0"]).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: "COMMAND_NOT_STARTED" });
    expect(inspect(error)).not.toContain("aRgUmEnT");
  });
});

describe("runCommand()", () => {
  test("gives the command no more environment than it was handed, and none that is undefined", async () => {
    const { stdout } = await runCommand(["/bin/sh", "-c", "echo [$ONE][$TWO][$HOME]"], {
      env: { ONE: "1", TWO: undefined },
    });

    expect(stdout).toBe("[1][][]\n");
  });

  test.each([
    ["TERM", 143],
    ["KILL", 137],
  ])("says that SIG%s ended it", async (name, status) => {
    expect(await runCommand(`kill -${name} $$`)).toMatchObject({ status, signal: `SIG${name}` });
  });

  test("gives no input: a command that asks for some ends", async () => {
    expect(await runCommand("cat; echo done")).toMatchObject({ status: 0, stdout: "done\n" });
  });

  test("runs two at once, each with its own output", async () => {
    // Each waits for the other.
    const meet = (mine: string, other: string): string =>
      inFolder(`touch ${mine}; until [ -e ${other} ]; do sleep 0.01; done; echo ${mine}`);
    const [one, two] = await Promise.all([runCommand(meet("one", "two")), runCommand(meet("two", "one"))]);

    expect([one.stdout, two.stdout]).toEqual(["one\n", "two\n"]);
  });

  test("shows an output as it comes, characters whole, and collects the other", async () => {
    const shown: string[] = [];
    const command = String.raw`printf 'a\303'; sleep 0.2; printf '\244b\n'; echo problem >&2`;
    const { stdout, stderr } = await runCommand(command, { stdout: (text) => shown.push(text) });

    expect(shown.join("")).toBe("aäb\n");
    expect([stdout, stderr]).toEqual(["", "problem\n"]);
  });

  test("ends the command where showing its output fails", async () => {
    const failure = new Error("the window is closed");
    const stdout = (): void => {
      throw failure;
    };
    const command = inFolder(`${LEAVE_CHILD} echo hello; sleep 1000`);
    await expect(runCommand(command, { stdout, graceMs: GRACE_MS })).rejects.toBe(failure);

    expect(await isGone(await readPid())).toBe(true);
  });

  test("tells of the process as soon as it runs", async () => {
    const pids: number[] = [];
    const { stdout } = await runCommand("echo $$", { onStart: (pid) => pids.push(pid) });

    expect(stdout).toBe(`${pids.join()}\n`);
  });
});

describe("runCommand() bounds", () => {
  test.each(["standard output", "standard error"])("%s: it ends what prints more", async (name) => {
    const to = name === "standard error" ? ">&2" : "";
    const { code, message } = await runCommand(inFolder(`${LEAVE_CHILD} exec yes ${to}`), {
      maxOutputBytes: 1000,
      graceMs: GRACE_MS,
    })
      .then(() => ({ code: "none", message: "" }))
      .catch((error: { code: string; message: string }) => error);

    expect(code).toBe("COMMAND_OUTPUT");
    expect(message).toBe(`Cannot read the command's ${name}: more than 1000 bytes`);
    expect(await isGone(await readPid())).toBe(true);
  });

  test("what is shown: no more than may be printed is handed on", async () => {
    let bytes = 0;
    const options = { maxOutputBytes: 1_000_000, stdout: (text: string) => void (bytes += text.length) };
    await expect(runCommand("yes", options)).rejects.toMatchObject({ code: "COMMAND_OUTPUT" });

    expect(bytes).toBeLessThanOrEqual(1_000_000);
  });

  test("memory: what prints on although it was asked to stop is not kept", async () => {
    const { ended } = startOther(`
      const before = process.memoryUsage().rss;
      const { code } = await runCommand('trap "" TERM; yes', { maxOutputBytes: 1000, graceMs: 500 }).catch((error) => error);
      process.exit(code === "COMMAND_OUTPUT" && process.memoryUsage().rss - before < 100_000_000 ? 8 : 1);
    `);

    expect(await ended).toBe(8);
  });

  test("each output by itself: as much as allowed on both is fine", async () => {
    const { stdout, stderr } = await runCommand("printf 12345; printf 12345 >&2", { maxOutputBytes: 5 });

    expect([stdout, stderr]).toEqual(["12345", "12345"]);
  });

  test("its time: it ends a command that takes longer, with all that it started", async () => {
    const command = inFolder(`${LEAVE_CHILD} sleep 1000; echo late`);
    let child = 0;
    // On a busy machine the shell may not come to its child in so little time.
    for (let timeoutMs = 500; child === 0 && timeoutMs < 30_000; timeoutMs *= 4) {
      const error = await runCommand(command, { timeoutMs, graceMs: GRACE_MS }).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({
        name: "AuthError",
        code: "COMMAND_TIMEOUT",
        message: `Cannot wait for the command: it did not end within ${timeoutMs} ms`,
      });
      expect(error).not.toBeInstanceOf(TypeError);
      child = await readPid().catch(() => 0);
    }
    expect(child).toBeGreaterThan(0);
    expect(await isGone(child)).toBe(true);
  });
});

describe("runCommand() with a signal", () => {
  test("ends the command, with all that it started, and gives the reason", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const stdout = (): void => controller.abort(reason);
    const running = runCommand(inFolder(`${LEAVE_CHILD} echo ready; sleep 1000`), {
      signal: controller.signal,
      graceMs: GRACE_MS,
      stdout,
    });

    await expect(running).rejects.toBe(reason);
    expect(await isGone(await readPid())).toBe(true);
  });

  test("kills what does not stop in time", async () => {
    const controller = new AbortController();
    const deaf = `trap "" TERM; ${LEAVE_CHILD} echo $$ > own; echo ready; while :; do sleep 0.1; done`;
    const running = runCommand(inFolder(deaf), {
      signal: controller.signal,
      graceMs: GRACE_MS,
      stdout: () => controller.abort(),
    });

    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(await isGone(await readPid("own"))).toBe(true);
    expect(await isGone(await readPid())).toBe(true);
  });

  test("lets what it ends clean up", async () => {
    const controller = new AbortController();
    const careful = "trap 'echo cleaned > state; exit 0' TERM; echo ready; while :; do sleep 0.01; done";
    const running = runCommand(inFolder(careful), {
      signal: controller.signal,
      graceMs: 20_000,
      stdout: () => controller.abort(),
    });

    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(await readFile(join(folder, "state"), "utf8")).toBe("cleaned\n");
  });

  test("starts nothing where it is aborted already", async () => {
    const started: number[] = [];
    const options = { signal: AbortSignal.abort(), onStart: (pid: number) => void started.push(pid) };

    await expect(runCommand("true", options)).rejects.toMatchObject({ name: "AbortError" });
    expect(started).toEqual([]);
  });
});

describe("runCommand() leaves nothing in the background", () => {
  test.each([
    ["that holds the outputs open", LEAVE_CHILD],
    ["that has closed them", "sleep 1000 > /dev/null 2>&1 & echo $! > child;"],
    ["that does not stop when it is asked to", `(trap "" TERM; exec sleep 1000) & echo $! > child;`],
  ])("%s", async (_, leave) => {
    const { status, stdout } = await runCommand(inFolder(`${leave} echo done; exit 4`), { graceMs: GRACE_MS });

    expect(status).toBe(4);
    expect(stdout).toBe("done\n");
    expect(await isGone(await readPid())).toBe(true);
  });

  test("but does not wait for what has left its group, whatever that holds open", async () => {
    const leave = `const { spawn } = require("node:child_process");
      const daemon = spawn("sleep", ["1000"], { detached: true, stdio: "inherit" });
      console.log(daemon.pid); daemon.unref();`;
    const { status, stdout } = await runCommand(["node", "-e", leave], { graceMs: GRACE_MS });

    expect(status).toBe(0);
    process.kill(Number(stdout), "SIGKILL");
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("where %s ends this process", async (signal) => {
    const { child, ended } = startOther(
      `runCommand(${JSON.stringify(inFolder(`${LEAVE_CHILD} echo $$ > own; wait`))})`,
    );
    await untilWritten("own");
    process.kill(child, signal);

    expect(await ended).toBe(signal);
    expect(await isGone(await readPid())).toBe(true);
    expect(await isGone(await readPid("own"))).toBe(true);
  });

  test("where this process exits", async () => {
    const command = JSON.stringify(inFolder(`${LEAVE_CHILD} echo $$ > own; wait`));
    const { ended } = startOther(
      `runCommand(${command}); setInterval(() => existsSync(${JSON.stringify(join(folder, "own"))}) && process.exit(5), 10)`,
    );

    expect(await ended).toBe(5);
    expect(await isGone(await readPid())).toBe(true);
  });
});

test("runCommand() lets who listens for a signal decide", async () => {
  const command = JSON.stringify(inFolder("echo > own; until [ -e go ]; do sleep 0.01; done; exit 6"));
  const { child, ended } = startOther(`
    process.on("SIGHUP", () => writeFileSync(${JSON.stringify(join(folder, "go"))}, ""));
    runCommand(${command}).then(({ status }) => process.exit(status));
  `);
  await untilWritten("own");
  process.kill(child, "SIGHUP");

  expect(await ended).toBe(6);
});

test("runCommand() says so where the runtime starts no processes", async () => {
  const { ended } = startOther(`
    const { exit } = process;
    process.getBuiltinModule = undefined;
    runCommand("true").catch(({ code }) => exit(code === "COMMAND_NOT_STARTED" ? 9 : 1));
  `);

  expect(await ended).toBe(9);
});

/** Starts another process on this runtime, which can run commands; tells how it ended. */
function startOther(code: string): { readonly child: number; readonly ended: Promise<number | NodeJS.Signals | null> } {
  const module = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const script = `import { existsSync, writeFileSync } from "node:fs"; import { runCommand } from ${module}; ${code}`;
  const args = "Deno" in globalThis ? ["eval", script] : ["--input-type=module", "-e", script];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("exit", (status, signal) => resolve(signal ?? status));
  });
  return { child: child.pid ?? 0, ended };
}

async function untilWritten(name: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    if (text !== "") return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${name} was not written`);
}
