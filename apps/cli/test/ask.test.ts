import { describe, expect, test } from "vitest";
import { startHeldStream } from "./support/held-stream.ts";
import { VERSION } from "../src/version.ts";
import { setUpMachine, startFake } from "./support/run-commands.ts";
import { startCommand } from "./support/start-command.ts";

const environment = (url: string): Readonly<Record<string, string>> => ({
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  ANTHROPIC_AWS_BASE_URL: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
});

describe("ask", () => {
  test("asks the model that it is told to, says so on standard error, and answers on standard output", async () => {
    const { core, url } = await startFake();
    const { status, out, error } = await setUpMachine(environment(url)).ask("--model", "haiku", "Good morning");

    expect([status, out]).toEqual([0, "Good morning\n"]);
    expect(error).toBe("Asking claude-haiku-4-5-20251001, Claude Platform on AWS, us-east-1\n");
    expect(core.report().clients.map(({ client }) => client)).toEqual([`claude-on-aws/${VERSION}`]);
  });

  test.each([[["-"]], [[]]])("reads the message from standard input for %j", async (args) => {
    const { url } = await startFake();
    const { status, out } = await setUpMachine(environment(url), {}, ["Good ", "morning"]).ask(...args);

    expect([status, out]).toEqual([0, "Good morning\n"]);
  });

  test("prints one JSON object, and nothing else", async () => {
    const { url } = await startFake();
    const { status, out, error } = await setUpMachine(environment(url)).ask("--json", "Good morning");

    expect([status, error]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual({
      ok: true,
      status: 200,
      requestId: expect.stringMatching(/^req_/),
      provider: "anthropic-aws",
      model: "claude-opus-5-5",
      text: "Good morning",
      stopReason: "end_turn",
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
      cause: null,
      fix: null,
    });
  });

  test("says in JSON why it was refused", async () => {
    const { url } = await startFake({ deniedModels: ["claude-opus-5-5"] });
    const { status, out } = await setUpMachine(environment(url)).ask("--json", "x");

    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ ok: false, status: 404, text: "", subject: "model access", fix: /\S/ });
  });

  test("ends with 3 where the answer is cut, by its length or by a model that refuses", async () => {
    for (const [stopReason, words] of [
      ["max_tokens", "--max-tokens"],
      ["refusal", "refused"],
    ] as const) {
      const { url } = await startFake({ scenario: { replies: [{ reply: { text: "Half an", stopReason } }] } });
      const { status, out, error } = await setUpMachine(environment(url)).ask("x");

      expect([status, out]).toEqual([3, "Half an\n"]);
      expect(error).toContain(words);
    }
  });

  test.each([
    ["an exception", { failAfterEvents: 5, exception: "overloaded_error" }],
    ["its end", { cutAfterEvents: 5 }],
  ])("ends with 3 where the stream breaks off by %s", async (_, reply) => {
    const { url } = await startFake({ scenario: { replies: [{ reply: { text: "Half an answer", ...reply } }] } });
    const { status, out, error } = await setUpMachine(environment(url)).ask("x");

    expect(status).toBe(3);
    expect(out).toMatch(/^Half[^\n]*\n$/);
    expect(error).toMatch(/The answer broke off\.\n {2}Cause: (?:service|network)/);
  });

  test("asks again where the service has no time", async () => {
    const throttle = { throttle: { retryAfterSeconds: 0 } };
    const { core, url } = await startFake({ scenario: { replies: [{ times: 2, reply: throttle }] } });
    const { status } = await setUpMachine(environment(url)).ask("x");

    expect([status, core.journal.snapshot().exchanges.length]).toEqual([0, 3]);
  });

  test.each([
    [["a", "b"], "put it in quotes"],
    [[""], "the text is empty"],
    [["-"], "the text is empty"],
    [["--max-tokens", "many", "x"], "whole number"],
    [["--dance", "x"], "--dance"],
  ])("says what is wrong with %j", async (args, words) => {
    const { status, out, error } = await setUpMachine({}).ask(...args);

    expect([status, out]).toEqual([2, ""]);
    expect(error).toContain(words);
    expect(error).toContain("Usage: claude-on-aws ask --help");
  });

  test("runs awsAuthRefresh where the credentials are refused, which a try does not", async () => {
    const { url } = await startFake();
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...env } = environment(url);
    const login = "mkdir -p $HOME/.aws; cp $HOME/signed-in $HOME/.aws/credentials";
    const machine = setUpMachine(env, {
      ".claude/settings.json": JSON.stringify({ awsAuthRefresh: login }),
      ".aws/credentials": "[default]\naws_access_key_id=AKIAOLD\naws_secret_access_key=old\n",
      "signed-in": `[default]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n`,
    });
    const tried = await machine.status("--try", "--json");
    const asked = await machine.ask("Good morning");

    expect([tried.status, asked.status, asked.out]).toEqual([3, 0, "Good morning\n"]);
    expect(JSON.parse(tried.out)).toMatchObject({
      try: { code: "access-key-unknown", fix: expect.stringContaining("claude-on-aws login runs awsAuthRefresh") },
    });
  });
});

/** Starts it in a home of its own. */
function startAsk(url: string) {
  const { home } = setUpMachine({});
  return startCommand(home, ["ask", "x"], { ...environment(url), HOME: home });
}

describe("ask, as a program", () => {
  test("streams the answer as it comes", async () => {
    const stream = await startHeldStream();
    const { printed, ended } = startAsk(stream.url);
    const first = await printed("Good");
    stream.send(" morning");
    stream.finish();

    expect(first).toBe("Good");
    expect(await ended).toMatchObject({ status: 0, out: "Good morning\n" });
  });

  test("ends its line and the request at Ctrl+C, with 130", async () => {
    const stream = await startHeldStream();
    const { child, printed, ended } = startAsk(stream.url);
    await printed("Good");
    // Deno takes a child that was sent a signal by `child.kill` for one that it ended.
    process.kill(child.pid ?? 0, "SIGINT");
    const { status, out, error } = await ended;
    await stream.closed;

    expect([status, out]).toEqual([130, "Good\n"]);
    expect(error).toBe("Asking claude-opus-5-5, Claude Platform on AWS, us-east-1\n");
  });

  test("says that the connection broke", async () => {
    const stream = await startHeldStream();
    const { printed, ended } = startAsk(stream.url);
    await printed("Good");
    stream.break();

    expect(await ended).toMatchObject({ status: 3, out: "Good\n", error: expect.stringContaining("broke off") });
  });
});
