import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isGone } from "@claude-on-aws/fixtures";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { HAS_TERMINAL, runInTerminal, WHY_SKIPPED } from "./support/in-terminal.ts";
import { COMMAND, type Ended, type Running, startFakeCommand } from "./support/start-command.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-run-"));
});
afterEach(() => rm(folder, { recursive: true }));

const start = (args: readonly string[], variables?: Readonly<Record<string, string>>): Running =>
  startFakeCommand(folder, args, variables);

/** The program itself: what it does with signals, its own input and output, and its environment. */
const runProgram = (args: readonly string[], variables?: Record<string, string>): Promise<Ended> =>
  start(["run", ...args], variables).ended;

/** The same in this process: a program takes longer to start than all that it then does. */
async function run(args: readonly string[]): Promise<Pick<Ended, "status" | "out" | "error">> {
  const at = args.indexOf("--");
  // What is run has this process's output; a shell turns it aside.
  const output = join(folder, "output");
  const command = ["sh", "-c", 'exec "$@" >>"$0"', output, ...args.slice(at + 1)];
  const said: string[] = [];
  const errors: string[] = [];
  const status = await main(["fake", "run", ...args.slice(0, at), "--", ...command], {
    out: (line) => said.push(`${line}\n`),
    error: (line) => errors.push(`${line}\n`),
    colour: false,
  });
  const printed = await readFile(output, "utf8").catch(() => "");
  await rm(output, { force: true });
  return { status, out: printed + said.join(""), error: errors.join("") };
}

/** A client that asks with a key, well or not at all. */
const GOOD = `
  const answered = Promise.withResolvers();
  const asked = require("node:http").request(process.env.ANTHROPIC_AWS_BASE_URL + "/v1/messages", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "good-client/1.0",
      "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
      "anthropic-version": "2023-06-01",
      "anthropic-workspace-id": process.env.ANTHROPIC_AWS_WORKSPACE_ID,
    },
  }, async (response) => {
    let text = "";
    for await (const bytes of response) text += bytes;
    console.log(response.statusCode, text);
    answered.resolve();
  });
  asked.end(JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 16, messages: [{ role: "user", content: "hello" }] }));
  await answered.promise;
`;
const BAD = GOOD.replace('"x-api-key"', '"x-no-key"').replace("good-client", "bad-client");

// Always Node: what is run is not what is tested.
const node = (code: string): string[] => ["--", "node", "-e", `(async () => { ${code} })()`];

describe("claude-on-aws fake run", () => {
  test("gives the command its input and output, and ends with 0 where no rule is broken", async () => {
    const { status, out, error } = await runProgram(node(GOOD));

    expect(out).toMatch(/^200 /);
    expect(error).toContain("good-client/1.0");
    expect(status).toBe(0);
  });

  test("ends with 3 where a rule is broken", async () => {
    const { status, out, error } = await runProgram(node(BAD));

    expect(out).toMatch(/^401 /);
    expect(error).toContain("bad-client/1.0");
    expect(status).toBe(3);
  });

  test("answers all the same with --on-finding record, and ends with 3", async () => {
    const { status, out } = await run(["--on-finding", "record", ...node(BAD)]);

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
    const polls = `
      for (const path of ["/", "/favicon.ico"]) for (const method of ["GET", "HEAD"]) {
        console.log((await fetch(process.env.ANTHROPIC_AWS_BASE_URL + path, { method })).ok);
      }
    `;
    const { status, out, error } = await run(node(polls));

    expect(out).toBe("true\n".repeat(4));
    expect(error).toContain("No exchange was seen.");
    expect(status).toBe(3);
    expect((await run(node(polls + GOOD))).status).toBe(0);
  });

  test.each([
    [["good-client"], 0],
    [["good-client/1.0", "good"], 0],
    [["good-client/2"], 3],
    [["good-client", "claude-cli"], 3],
  ])("with --expect %j ends with %d", async (names, expected) => {
    const { status, error } = await run([...names.flatMap((name) => ["--expect", name]), ...node(GOOD)]);

    expect(status).toBe(expected);
    expect(error.includes("Cannot pass without")).toBe(expected === 3);
  });

  test("does not take a client for answered that was refused, or asked no model", async () => {
    const counting = GOOD.replace("/v1/messages", "/v1/messages/count_tokens").replace("max_tokens: 16, ", "");
    const refused = await run(["--expect", "bad-client", ...node(BAD)]);
    const counted = await run(["--expect", "good-client", ...node(counting)]);

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
    expect((await runProgram(node(`${BAD}; process.exit(7)`))).status).toBe(7);
  });

  test("ends with 128 + N where signal N ended the command", async () => {
    expect((await runProgram(["--", "sh", "-c", "kill -TERM $$"])).status).toBe(143);
  });

  test("ends with 127 for a command that is not there, and 126 for one that cannot be run", async () => {
    const missing = await runProgram(["--", "no-such-command-here"]);
    await writeFile(join(folder, "text"), "no program");
    const text = await runProgram(["--", "./text"]);

    expect(missing.status).toBe(127);
    expect(missing.error).toContain("Cannot run no-such-command-here: no such command");
    expect(text.status).toBe(126);
    expect(text.error).toContain("Cannot run ./text: it is not executable");
  });

  test("ends with 2 for a command without a name, and says so in its own words", async () => {
    const { status, error } = await runProgram(["--", ""]);

    expect(status).toBe(2);
    expect(error).toMatch(/^Cannot run "": expected a command after "--"\n/);
  });

  test("passes everything after -- to the command as it is", async () => {
    const { out, status } = await runProgram([
      "--allow-empty",
      "--",
      "node",
      "-p",
      "JSON.stringify(process.argv.slice(1))",
      "--",
      "--help",
      "-h",
    ]);

    expect(JSON.parse(out)).toEqual(["--help", "-h"]);
    expect(status).toBe(0);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("passes %s on, and waits for the command", async (signal) => {
    const code = `
      process.on("${signal}", () => setTimeout(() => { console.log("cleaned up"); process.exit(5); }, 100));
      setInterval(() => {}, 1000);
      console.log("ready");
    `;
    const { child, ended, printed } = start(["run", ...node(code)]);
    await printed("ready");
    process.kill(child.pid ?? 0, signal);
    const { status, out } = await ended;

    expect(out).toContain("cleaned up");
    expect(status).toBe(5);
  });

  test("ends with 130 where Ctrl+C ends the command", async () => {
    const { child, ended, printed } = start(["run", ...node('setInterval(() => {}, 1000); console.log("ready")')]);
    await printed("ready");
    process.kill(child.pid ?? 0, "SIGINT");

    expect((await ended).status).toBe(130);
  });

  test("ends what the command leaves in the background", async () => {
    const { out, status } = await runProgram(["--", "sh", "-c", "sleep 1000 & echo $!; exit 6"]);

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
    const { out } = await runProgram(
      ["--provider", "bedrock", "--region", "eu-west-1", ...node("console.log(JSON.stringify(process.env))")],
      {
        MINE: "kept",
        AWS_PROFILE: "work",
        AWS_SESSION_TOKEN: "token",
        AWS_BEARER_TOKEN_BEDROCK: "key",
        ANTHROPIC_API_KEY: "key",
        CLAUDE_CODE_USE_VERTEX: "1",
        HTTPS_PROXY: "http://proxy.example:3128",
        https_proxy: "http://proxy.example:3128",
      },
    );
    const environment = JSON.parse(out) as Record<string, string>;

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
    const code = GOOD.replace('"aws-external-anthropic-api-key-EXAMPLE"', "process.env.ANTHROPIC_AWS_API_KEY");
    const key = "aws-external-anthropic-api-key-MINE";

    expect((await run(["--api-key", key, ...node(code)])).out).toMatch(/^200 /);
    expect((await run(["--api-key", key, ...node(GOOD)])).out).toMatch(/^401 /);
  });

  test("writes the report in each format, and leaves nothing else", async () => {
    const names = ["report.json", "report.md", "report.txt", "report.xml"];
    await runProgram([...names.flatMap((name) => ["--report", name]), ...node(BAD)]);
    const [json = "", markdown = "", text = "", xml = ""] = await Promise.all(
      names.map((name) => readFile(join(folder, name), "utf8")),
    );

    expect((await readdir(folder)).toSorted()).toEqual(names);
    expect(JSON.parse(json)).toMatchObject({ exchanges: 1, clients: [{ client: "bad-client/1.0" }] });
    expect((JSON.parse(json) as { failed: number }).failed).toBeGreaterThan(0);
    expect(xml).toMatch(/^<\?xml [^]*<testsuites?[\s>]/);
    expect(markdown).toContain("bad-client/1.0");
    expect(text).toContain("bad-client/1.0");
  });

  test("makes the folder of a report", async () => {
    const { status } = await run(["--report", join(folder, "new/reports/report.xml"), ...node(GOOD)]);

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
    const { status, error } = await run(["--report", join(folder, "full.json"), ...node(BAD)]);

    expect(status).toBe(1);
    expect(error).toContain("full.json: no space is left there");
    expect(error).toContain("bad-client/1.0");
  });

  test("writes annotations and the summary of the job with --github", async () => {
    const summary = join(folder, "summary.md");
    await writeFile(summary, "before\n");
    const { out, status } = await runProgram(["--github", ...node(BAD)], { GITHUB_STEP_SUMMARY: summary });

    expect(out).toMatch(/^::error /m);
    expect(status).toBe(3);
    expect(await readFile(summary, "utf8")).toMatch(/^before\n[^]*bad-client\/1\.0/);
  });

  test("annotates what is missing with --github", async () => {
    const { out } = await run(["--github", "--expect", "a:b", "--", "true"]);

    expect(out.match(/^::error title=claude-on-aws fake run::Cannot pass /gm)).toHaveLength(2);
  });

  test("does not mark anything without --github", async () => {
    const { out } = await runProgram(node(BAD), { GITHUB_ACTIONS: "true" });

    expect(out).not.toContain("::error");
  });

  test("asks handlers of a module first", async () => {
    await writeFile(
      join(folder, "handlers.mjs"),
      `export const handlers = [{ run: async () => ({ response: Response.json({ mine: true }, { status: 218 }) }) }];`,
    );
    const { out, status } = await run(["--handlers", join(folder, "handlers.mjs"), ...node(GOOD)]);

    expect(out).toBe('218 {"mine":true}\n');
    expect(status).toBe(0);
  });

  test("plays a scenario", async () => {
    const scenario = { replies: [{ when: { text: "hello" }, reply: { text: "scripted" } }] };
    await writeFile(join(folder, "scenario.json"), JSON.stringify(scenario));
    const { out, status } = await run(["--scenario", join(folder, "scenario.json"), ...node(GOOD)]);

    expect(out).toContain('"scripted"');
    expect(status).toBe(0);
  });

  test.each([
    [["--deny-model", "claude-sonnet-4-6"], "404"],
    [["--workspace", "wrkspc_other", "--workspace", "wrkspc_mine"], "200"],
    [["--api-key", "aws-external-anthropic-api-key-OTHER", "--fact", "unknownKeyStatus=403"], "403"],
  ])("answers as %j say", async (flags, status) => {
    expect((await run([...flags, ...node(GOOD)])).out).toMatch(new RegExp(`^${status} `));
  });

  test("ends with 1 for a scenario that cannot be read, and says where", async () => {
    await writeFile(join(folder, "scenario.json"), '{"replies":[{"reply":{"txet":"x"}}]}');
    const { status, error } = await runProgram(["--scenario", "scenario.json", "--", "true"]);

    expect(status).toBe(1);
    expect(error).toMatch(
      /^Cannot use --scenario scenario\.json: .*txet.* \(claude-on-aws fake check scenario\.json says /,
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
    const code = `${GOOD}; const { readFileSync } = await import("node:fs"); const wait = setInterval(() => {
      try { readFileSync("report.json"); clearInterval(wait); console.log("seen"); } catch {}
    }, 20);`;
    const { child, ended, printed } = start(["run", "--report", "report.json", ...node(code)]);
    await printed("200 ");
    process.kill(child.pid ?? 0, "SIGUSR2");
    const { status, out } = await ended;

    expect(out).toContain("seen");
    expect(status).toBe(0);
  });
});

describe.skipIf(!HAS_TERMINAL)(`claude-on-aws fake run in a terminal${WHY_SKIPPED}`, () => {
  test("leaves Ctrl+C to the terminal: the command gets it once, and is waited for", async () => {
    // It counts for a while: a second one would come right after the first.
    const code = `
      let count = 0;
      process.on("SIGINT", () => {
        if (++count === 1) setTimeout(() => { console.log("interrupted:", String(count)); process.exit(5); }, 200);
      });
      setInterval(() => {}, 1000);
      console.log(process.stdin.isTTY ? "ready" : "no terminal");
    `;
    const { type, shows, ended } = runInTerminal([process.execPath, ...COMMAND, "fake", "run", ...node(code)]);
    await shows("ready");
    type("\u0003");
    const { status, shown } = await ended;

    expect(shown).toContain("interrupted: 1\r\n");
    expect(status).toBe(5);
  });
});

describe("claude-on-aws fake", () => {
  const stop = ({ child }: Running): void => void process.kill(child.pid ?? 0, "SIGTERM");

  test("prints one JSON object with --json", async () => {
    const running = start(["--port", "0", "--json", "--provider", "mantle"]);
    await running.printed("\n");
    stop(running);
    const { out, status } = await running.ended;
    const printed = JSON.parse(out) as { url: string; port: number; environment: Record<string, string | null> };

    expect(status).toBe(0);
    expect(printed).toMatchObject({
      url: `http://127.0.0.1:${printed.port}`,
      environment: { CLAUDE_CODE_USE_MANTLE: "1", CLAUDE_CODE_USE_BEDROCK: null, AWS_PROFILE: null },
      credentials: { accessKeyId: "AKIDEXAMPLE", sessionToken: null },
    });
  });

  test("does not repeat a secret in JSON", async () => {
    const running = start(["--port", "0", "--json", "--credentials", "AKIDMINE:hush-hush:hush-token"]);
    await running.printed("\n");
    stop(running);
    const { out } = await running.ended;

    expect(out).toContain("AKIDMINE");
    expect(out).not.toContain("hush");
  });

  test("sums up and writes the report when it stops", async () => {
    const running = start(["--port", "0", "--json", "--report", "report.json"]);
    await running.printed("\n");
    stop(running);
    const { status, error } = await running.ended;

    expect(status).toBe(0);
    expect(error).toBe("No exchange was seen.\n");
    expect(JSON.parse(await readFile(join(folder, "report.json"), "utf8"))).toMatchObject({ exchanges: 0 });
  });

  test("ends with 1 where it cannot write the report, and prints it", async () => {
    await symlink("/dev/full", join(folder, "full.json"));
    const running = start(["--port", "0", "--json", "--report", "full.json"]);
    await running.printed("\n");
    stop(running);
    const { status, error } = await running.ended;

    expect(status).toBe(1);
    expect(error).toContain("Cannot write the report to full.json: no space is left there");
    expect(error.split("\n").length).toBeGreaterThan(3);
  });
});
