import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isGone } from "@claude-on-aws/fixtures";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HAS_TERMINAL, runInTerminal, WHY_SKIPPED } from "./support/in-terminal.ts";
import { type EndedHere, runFakeHere, runWithoutShell } from "./support/run-fake-here.ts";
import { askInShell, inShell, type ShellRequest } from "./support/shell-client.ts";
import { bundledCommand, type Running, startFakeCommand } from "./support/start-command.ts";

let folder: string;
/** What a command prints that runs in this process. */
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-run-"));
  output = `${folder}.out`;
});
afterEach(() => Promise.all([folder, output].map((path) => rm(path, { recursive: true, force: true }))));

afterEach(() => void vi.unstubAllEnvs());

/** The program itself: what it does with signals, and with its own input and output. */
const start = (args: readonly string[]): Running => startFakeCommand(folder, args);

/** The same in this process: a program takes longer to start than all that it then does. */
const run = (args: readonly string[]): Promise<EndedHere> => runFakeHere(output, args);

const HEADERS = ["content-type: application/json", "anthropic-version: 2023-06-01"];
const WORKSPACE = "anthropic-workspace-id: $ANTHROPIC_AWS_WORKSPACE_ID";
const MESSAGE = { model: "claude-sonnet-4-6", messages: [{ role: "user", content: "hello" }] };
const KEY = "aws-external-anthropic-api-key-EXAMPLE";

/** A client that asks with a key. */
const askWith = (key: string, request: Partial<ShellRequest> = {}): string =>
  askInShell({
    method: "POST",
    path: "/v1/messages",
    headers: [...HEADERS, WORKSPACE, "user-agent: good-client/1.0", `x-api-key: ${key}`],
    body: { ...MESSAGE, max_tokens: 16 },
    ...request,
  });
const GOOD = askWith(KEY);
/** The same without a key. */
const BAD = askWith(KEY, { headers: [...HEADERS, WORKSPACE, "user-agent: bad-client/1.0"] });

describe("claude-on-aws fake run", () => {
  test("gives the command its input and output, and ends with 0 where no rule is broken", async () => {
    const { status, out, error } = await start(["run", ...inShell(GOOD)]).ended;

    expect(out).toMatch(/^200 /);
    expect(error).toContain("good-client/1.0");
    expect(status).toBe(0);
  });

  test("ends with 3 where a rule is broken, and marks nothing without --github", async () => {
    vi.stubEnv("GITHUB_ACTIONS", "true");
    const { status, out, error } = await run(inShell(BAD));

    expect(out).toMatch(/^401 /);
    expect(out).not.toContain("::error");
    expect(error).toContain("bad-client/1.0");
    expect(status).toBe(3);
  });

  test("answers all the same with --on-finding record, and ends with 3", async () => {
    const { status, out } = await run(["--on-finding", "record", ...inShell(BAD)]);

    expect(out).toMatch(/^200 /);
    expect(status).toBe(3);
  });

  test("ends with 3 where nothing was seen, and says so", async () => {
    const { status, error } = await run(["--", "true"]);

    expect(error).toContain("No exchange was seen.\nCannot pass a run in which nothing was seen");
    expect(status).toBe(3);
    expect((await run(["--allow-empty", "--", "true"])).status).toBe(0);
  });

  test("takes a poll for readiness for nothing: no exchange, and no failure", async () => {
    const polls = ["/", "/favicon.ico"]
      .flatMap((path) => ["GET", "HEAD"].map((method) => askInShell({ method, path })))
      .join("");
    const { status, out, error } = await run(inShell(polls));

    expect(out.match(/^\d+(?= )/gm)).toEqual(["200", "200", "204", "204"]);
    expect(error).toContain("No exchange was seen.");
    expect(status).toBe(3);
    expect((await run(inShell(polls + GOOD))).status).toBe(0);
  });

  test.each([
    [["good-client"], 0],
    [["good-client/1.0", "good"], 0],
    [["good-client/2"], 3],
    [["good-client", "claude-cli"], 3],
  ])("with --expect %j ends with %d", async (names, expected) => {
    const { status, error } = await run([...names.flatMap((name) => ["--expect", name]), ...inShell(GOOD)]);

    expect(status).toBe(expected);
    expect(error.includes("Cannot pass without")).toBe(expected === 3);
  });

  test("does not take a client for answered that was refused, or asked no model", async () => {
    const counting = askWith(KEY, { path: "/v1/messages/count_tokens", body: MESSAGE });
    const refused = await run(["--expect", "bad-client", ...inShell(BAD)]);
    const counted = await run(["--expect", "good-client", ...inShell(counting)]);

    expect(refused.error).toContain('Cannot pass without "bad-client"');
    expect(counted.out).toMatch(/^200 /);
    expect(counted.error).toContain('Cannot pass without "good-client"');
    expect(counted.status).toBe(3);
  });

  test("ends with 2 for an empty --expect", async () => {
    const { status, error } = await run(["--expect", "", "--", "true"]);

    expect(error).toContain('Cannot use --expect ""');
    expect(status).toBe(2);
  });

  test("ends as the command ends, whatever the rules say", async () => {
    expect((await run(inShell(`${BAD} exit 7`))).status).toBe(7);
  });

  test("ends with 128 + N where signal N ended the command", async () => {
    expect((await run(["--", "sh", "-c", "kill -TERM $$"])).status).toBe(143);
  });

  test("ends with 127 for a command that is not there, and 126 for one that cannot be run", async () => {
    // What is not there has no output to turn aside: a shell in between would say so itself.
    const missing = await runWithoutShell("no-such-command-here");
    await writeFile(join(folder, "text"), "no program");
    const text = await runWithoutShell(join(folder, "text"));

    expect(missing.status).toBe(127);
    expect(missing.error).toContain("Cannot run no-such-command-here: no such command");
    expect(text.status).toBe(126);
    // The name of a temporary folder may look like a secret, which an error does not repeat.
    expect(text.error).toMatch(/^Cannot run .+\/text: it is not executable/);
  });

  test("ends with 2 for a command without a name, and says so in its own words", async () => {
    const { status, error } = await runWithoutShell("");

    expect(status).toBe(2);
    expect(error).toMatch(/^Cannot run "": expected a command after "--"\n/);
  });

  test("passes everything after -- to the command as it is", async () => {
    const { out, status } = await run([
      "--allow-empty",
      "--",
      "sh",
      "-c",
      String.raw`printf '%s\n' "$@"`,
      "name",
      "--",
      "--help",
      "-h",
      "two words",
    ]);

    expect(out).toBe("--\n--help\n-h\ntwo words\n");
    expect(status).toBe(0);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("passes %s on, and waits for the command", async (signal) => {
    const code = `trap 'sleep 0.1; echo cleaned up; exit 5' ${signal.slice(3)}; echo ready; sleep 1000 & wait`;
    const { child, ended, printed } = start(["run", ...inShell(code)]);
    await printed("ready");
    process.kill(child.pid ?? 0, signal);
    const { status, out } = await ended;

    expect(out).toContain("cleaned up");
    expect(status).toBe(5);
  });

  test("ends with 130 where Ctrl+C ends the command", async () => {
    const { child, ended, printed } = start(["run", ...inShell("echo ready; exec sleep 1000")]);
    await printed("ready");
    process.kill(child.pid ?? 0, "SIGINT");

    expect((await ended).status).toBe(130);
  });

  test("ends what the command leaves in the background", async () => {
    const { out, status } = await run(["--", "sh", "-c", "sleep 1000 & echo $!; exit 6"]);

    expect(status).toBe(6);
    expect(await isGone(Number(out))).toBe(true);
  });

  test("ends what the command leaves in the background when it is asked to stop", async () => {
    const { child, ended, printed } = start(["run", "--", "sh", "-c", "sleep 1000 & echo $! ready; wait"]);
    const out = await printed("ready");
    process.kill(child.pid ?? 0, "SIGTERM");

    expect((await ended).status).toBe(143);
    expect(await isGone(Number.parseInt(out, 10))).toBe(true);
  });

  test("replaces what would lead elsewhere, and keeps the rest of the environment", async () => {
    const variables = {
      MINE: "kept",
      AWS_PROFILE: "work",
      AWS_SESSION_TOKEN: "token",
      AWS_BEARER_TOKEN_BEDROCK: "key",
      ANTHROPIC_API_KEY: "key",
      CLAUDE_CODE_USE_VERTEX: "1",
      HTTPS_PROXY: "http://proxy.example:3128",
      https_proxy: "http://proxy.example:3128",
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const { out } = await run(["--provider", "bedrock", "--region", "eu-west-1", "--", "env"]);
    const environment = Object.fromEntries(
      Array.from(out.matchAll(/^(\w+)=(.*)$/gm), ([, name, value]) => [name, value]),
    );

    expect(environment).toMatchObject({
      MINE: "kept",
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      CLAUDE_CODE_USE_BEDROCK: "1",
      ANTHROPIC_BEDROCK_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    for (const name of [
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "AWS_BEARER_TOKEN_BEDROCK",
      "ANTHROPIC_API_KEY",
      "CLAUDE_CODE_USE_VERTEX",
      "CLAUDE_CODE_USE_ANTHROPIC_AWS",
      "HTTPS_PROXY",
      "https_proxy",
    ]) {
      expect(environment).not.toHaveProperty(name);
    }
  });

  test("hands a key to the clients of its family, and takes no other", async () => {
    const key = "aws-external-anthropic-api-key-MINE";

    expect((await run(["--api-key", key, ...inShell(askWith("$ANTHROPIC_AWS_API_KEY"))])).out).toMatch(/^200 /);
    expect((await run(["--api-key", key, ...inShell(GOOD)])).out).toMatch(/^401 /);
  });

  test("writes the report in each format and for GitHub, and leaves nothing else", async () => {
    const names = ["report.json", "report.md", "report.txt", "report.xml"];
    await writeFile(join(folder, "summary.md"), "before\n");
    const reports = names.flatMap((name) => ["--report", join(folder, name)]);
    vi.stubEnv("GITHUB_STEP_SUMMARY", join(folder, "summary.md"));
    const { out, status } = await run([...reports, "--github", ...inShell(BAD)]);
    const [json = "", markdown = "", text = "", xml = ""] = await Promise.all(
      names.map((name) => readFile(join(folder, name), "utf8")),
    );

    expect((await readdir(folder)).toSorted()).toEqual([...names, "summary.md"]);
    expect(JSON.parse(json)).toMatchObject({ exchanges: 1, clients: [{ client: "bad-client/1.0" }] });
    expect((JSON.parse(json) as { failed: number }).failed).toBeGreaterThan(0);
    expect(xml).toMatch(/^<\?xml [^]*<testsuites?[\s>]/);
    expect(markdown).toContain("bad-client/1.0");
    expect(text).toContain("bad-client/1.0");
    expect(out).toMatch(/^::error /m);
    expect(status).toBe(3);
    expect(await readFile(join(folder, "summary.md"), "utf8")).toMatch(/^before\n[^]*bad-client\/1\.0/);
  });

  test("makes the folder of a report", async () => {
    const { status } = await run(["--report", join(folder, "new/reports/report.xml"), ...inShell(GOOD)]);

    expect(await readFile(join(folder, "new/reports/report.xml"), "utf8")).toMatch(/^<\?xml /);
    expect(status).toBe(0);
  });

  test.each([
    ["in what is no folder", "file/report.json", "a part of the path is no folder"],
    ["under a file", "file/deeper/report.json", "a part of the path is no folder"],
    ["that is a folder", "folder.json", "that is a folder; name a file in it"],
  ])("does not run the command for a report %s, and ends with 1", async (_, path, words) => {
    await writeFile(join(folder, "file"), "");
    await mkdir(join(folder, "folder.json"));
    const { status, out, error } = await run(["--report", join(folder, path), "--", "echo", "ran"]);

    expect(error).toMatch(/^Cannot write the report to /);
    expect(error).toContain(`/${path}: ${words}`);
    expect([status, out]).toEqual([1, ""]);
  });

  test("ends with 1 for a report on a full disk, and prints it", async () => {
    await symlink("/dev/full", join(folder, "full.json"));
    const { status, error } = await run(["--report", join(folder, "full.json"), ...inShell(BAD)]);

    expect(status).toBe(1);
    expect(error).toContain("full.json: no space is left there");
    expect(error).toContain("bad-client/1.0");
  });

  test("annotates what is missing with --github", async () => {
    const { out } = await run(["--github", "--expect", "a:b", "--", "true"]);

    expect(out.match(/^::error title=claude-on-aws fake run::Cannot pass /gm)).toHaveLength(2);
  });

  test("asks handlers of a module first", async () => {
    await writeFile(
      join(folder, "handlers.mjs"),
      `export const handlers = [{ run: async () => ({ response: Response.json({ mine: true }, { status: 218 }) }) }];`,
    );
    const { out, status } = await run(["--handlers", join(folder, "handlers.mjs"), ...inShell(GOOD)]);

    expect(out).toMatch(/^218 [^]*\{"mine":true\}/);
    expect(status).toBe(0);
  });

  test("plays a scenario", async () => {
    const scenario = { replies: [{ when: { text: "hello" }, reply: { text: "scripted" } }] };
    await writeFile(join(folder, "scenario.json"), JSON.stringify(scenario));
    const { out, status } = await run(["--scenario", join(folder, "scenario.json"), ...inShell(GOOD)]);

    expect(out).toContain('"scripted"');
    expect(status).toBe(0);
  });

  test.each([
    [["--deny-model", "claude-sonnet-4-6"], "404"],
    [["--workspace", "wrkspc_other", "--workspace", "wrkspc_mine"], "200"],
    [["--api-key", "aws-external-anthropic-api-key-OTHER", "--fact", "unknownKeyStatus=403"], "403"],
  ])("answers as %j say", async (flags, status) => {
    expect((await run([...flags, ...inShell(GOOD)])).out).toMatch(new RegExp(`^${status} `));
  });

  test("ends with 1 for a scenario that cannot be read, and says where", async () => {
    await writeFile(join(folder, "scenario.json"), '{"replies":[{"reply":{"txet":"x"}}]}');
    const file = join(folder, "scenario.json");
    const { status, error } = await run(["--scenario", file, "--", "true"]);

    expect(status).toBe(1);
    expect(error).toMatch(
      /^Cannot use --scenario .+\/scenario\.json: .*txet.* \(claude-on-aws fake check .+\/scenario\.json says /,
    );
  });

  test.each([
    [["--handlers", "none.mjs"], /Cannot read --handlers none\.mjs: there is no such file/],
    [["--scenario", "none.json"], /Cannot read --scenario none\.json: there is no such file/],
  ])("ends with 1 for %j, and does not run the command", async (flags, message) => {
    const { status, out, error } = await run([...flags, "--", "echo", "ran"]);

    expect(status).toBe(1);
    expect(out).toBe("");
    expect(error).toMatch(message);
  });

  test("writes the report on SIGUSR2, and goes on", async () => {
    const code = `${GOOD} until [ -e report.json ]; do sleep 0.02; done; echo seen`;
    const { child, ended, printed } = start(["run", "--report", "report.json", ...inShell(code)]);
    await printed("200 ");
    process.kill(child.pid ?? 0, "SIGUSR2");
    const { status, out } = await ended;

    expect(out).toContain("seen");
    expect(status).toBe(0);
  });
});

describe.skipIf(!HAS_TERMINAL)(`claude-on-aws fake run in a terminal${WHY_SKIPPED}`, () => {
  test("leaves Ctrl+C to the terminal: the command gets it once, and is waited for", async () => {
    // It counts for a while: a second one would come right after the first. Node's handler is called for each, a shell's may not be.
    const code = `
      let count = 0;
      process.on("SIGINT", () => {
        if (++count === 1) setTimeout(() => { console.log("interrupted:", String(count)); process.exit(5); }, 200);
      });
      setInterval(() => {}, 1000);
      console.log(process.stdin.isTTY ? "ready" : "no terminal");
    `;
    const command = [process.execPath, ...bundledCommand(), "fake", "run", "--", "node", "-e", code];
    const { type, shows, ended } = runInTerminal(command);
    await shows("ready");
    type("\u0003");
    const { status, shown } = await ended;

    expect(shown).toContain("interrupted: 1\r\n");
    expect(status).toBe(5);
  });
});

describe("claude-on-aws fake", () => {
  const stop = ({ child }: Running): void => void process.kill(child.pid ?? 0, "SIGTERM");

  test("prints one JSON object with --json, in which no secret is repeated, sums up, and writes the report", async () => {
    const given = ["--credentials", "AKIDMINE:hush-hush:hush-token", "--report", "report.json"];
    const running = start(["--port", "0", "--json", "--provider", "mantle", ...given]);
    await running.printed("\n");
    stop(running);
    const { out, error, status } = await running.ended;
    const printed = JSON.parse(out) as { url: string; port: number };

    expect(status).toBe(0);
    expect(printed).toMatchObject({
      url: `http://127.0.0.1:${printed.port}`,
      environment: { CLAUDE_CODE_USE_MANTLE: "1", CLAUDE_CODE_USE_BEDROCK: null, AWS_PROFILE: null },
      credentials: { accessKeyId: "AKIDMINE" },
    });
    expect(out).not.toContain("hush");
    expect(error).toBe("No exchange was seen.\n");
    expect(JSON.parse(await readFile(join(folder, "report.json"), "utf8"))).toMatchObject({ exchanges: 0 });
  });

  test("ends with 1 where it cannot write the report, and prints it", async () => {
    await symlink("/dev/full", join(folder, "full.json"));
    const running = start(["--port", "0", "--json", "--report", "full.json"]);
    await running.printed("\n");
    stop(running);
    const { out, status, error } = await running.ended;

    expect(status).toBe(1);
    expect(error).toContain("Cannot write the report to full.json: no space is left there");
    expect(error.split("\n").length).toBeGreaterThan(3);
    // Example credentials are no secret.
    expect(JSON.parse(out)).toMatchObject({ credentials: { accessKeyId: "AKIDEXAMPLE", sessionToken: null } });
  });
});
