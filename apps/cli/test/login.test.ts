import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { setUpMachine, startFake } from "./support/run-commands.ts";
import { startCommand } from "./support/start-command.ts";

const PLATFORM = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  AWS_REGION: "us-east-1",
};
const NEW = { accessKeyId: "ASIANEW", secretAccessKey: "sEcReT/NEW", sessionToken: "new-token" };

const profile = ({ accessKeyId, secretAccessKey, sessionToken }: typeof NEW): string =>
  `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\naws_session_token=${sessionToken}\n`;
const exported = (expiration: string): string =>
  JSON.stringify({
    Credentials: {
      AccessKeyId: NEW.accessKeyId,
      SecretAccessKey: NEW.secretAccessKey,
      SessionToken: NEW.sessionToken,
      Expiration: expiration,
    },
  });

const SIGN_IN = "echo Opening the browser; echo x >> $HOME/logins; cp $HOME/new $HOME/.aws/credentials";
const files = (settings: object, more: Readonly<Record<string, string>> = {}) => ({
  ".claude/settings.json": JSON.stringify(settings),
  ".aws/credentials": profile({ ...NEW, accessKeyId: "ASIAOLD" }),
  new: profile(NEW),
  ...more,
});

describe("login", () => {
  test("runs awsAuthRefresh, and says whose the credentials are and until when, without a request", async () => {
    const { core, url } = await startFake();
    const machine = setUpMachine(
      { ...PLATFORM, AWS_ENDPOINT_URL_STS: url, ANTHROPIC_AWS_BASE_URL: url },
      files({ awsAuthRefresh: SIGN_IN }),
    );
    const { status, out, error } = await machine.login();

    expect(status).toBe(0);
    expect(out).toBe(
      "credentials  ASIANEW\nfrom         ~/.aws/credentials [default] aws_access_key_id\nuntil        no end is known\n",
    );
    expect(error).toMatch(/^Running awsAuthRefresh in user settings: echo Opening/);
    expect(error).toContain("Opening the browser\n");
    expect(core.journal.snapshot().exchanges).toEqual([]);
  });

  test("asks STS with --who", async () => {
    const { core, url } = await startFake({
      principals: [{ arn: "arn:aws:sts::123456789012:assumed-role/reader/me", credentials: [NEW], policies: [] }],
    });
    const machine = setUpMachine({ ...PLATFORM, AWS_ENDPOINT_URL_STS: url }, files({ awsAuthRefresh: SIGN_IN }));
    const { status, out } = await machine.login("--who", "--json");

    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ok: true,
      refreshed: true,
      source: expect.any(String),
      accessKeyId: "ASIANEW",
      expiration: null,
      account: "123456789012",
      arn: "arn:aws:sts::123456789012:assumed-role/reader/me",
      cause: null,
      fix: null,
    });
    expect(core.journal.snapshot().exchanges.map(({ operation }) => operation)).toEqual(["GetCallerIdentity"]);
  });

  test("ends with 3 in the words of STS where it refuses them, and with 3 where it is not there", async () => {
    const { url } = await startFake();
    for (const [endpoint, words] of [
      [url, /STS answered 403 InvalidClientTokenId/],
      ["http://127.0.0.1:1", /Cannot ask http:\/\/127\.0\.0\.1:1/],
    ] as const) {
      const machine = setUpMachine({ ...PLATFORM, AWS_ENDPOINT_URL_STS: endpoint }, files({ awsAuthRefresh: SIGN_IN }));
      const { status, out } = await machine.login("--who", "--json");

      expect(status).toBe(3);
      expect(JSON.parse(out)).toMatchObject({ ok: false, refreshed: true, cause: expect.stringMatching(words) });
    }
  });

  test("runs awsCredentialExport behind it, and says when what that gives ends", async () => {
    const settings = { awsAuthRefresh: "true", awsCredentialExport: "cat $HOME/export.json" };
    const [later, before] = ["2999-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"];
    const fresh = await setUpMachine(PLATFORM, files(settings, { "export.json": exported(later) })).login("--json");
    const ended = await setUpMachine(PLATFORM, files(settings, { "export.json": exported(before) })).login("--json");

    expect([fresh.status, JSON.parse(fresh.out)]).toMatchObject([0, { accessKeyId: "ASIANEW", expiration: later }]);
    expect([ended.status, JSON.parse(ended.out)]).toMatchObject([
      1,
      { ok: false, cause: expect.stringContaining(before) },
    ]);
  });

  test("says that the command failed, and what is there all the same", async () => {
    const { status, out, error } = await setUpMachine(PLATFORM, files({ awsAuthRefresh: "exit 7" })).login("--json");

    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ refreshed: false, accessKeyId: "ASIAOLD" });
    expect(error).toContain("awsAuthRefresh: The command failed with exit status 7");
  });

  test("says that there is no command, and what credentials there are", async () => {
    const { status, out, error } = await setUpMachine(PLATFORM, files({})).login("--json");

    expect([status, error]).toEqual([0, "No settings file has awsAuthRefresh: nothing is run.\n"]);
    expect(JSON.parse(out)).toMatchObject({ refreshed: false, accessKeyId: "ASIAOLD" });
  });

  test.each([
    ["there are no credentials", PLATFORM, {}, /No AWS credentials were found/],
    [
      "a key goes before them",
      { ...PLATFORM, ANTHROPIC_AWS_API_KEY: "AEAA0123456789abcdef" },
      undefined,
      /ANTHROPIC_AWS_API_KEY/,
    ],
    ["requests do not go to AWS", {}, undefined, /provider anthropic: Requests go to Anthropic API/],
  ])("runs nothing where %s", async (_, env, given, words) => {
    const machine = setUpMachine(env, given ?? files({ awsAuthRefresh: SIGN_IN }));
    const { status, out, error } = await machine.login();

    expect([status, out]).toEqual([1, ""]);
    expect(error.replaceAll(/\s+/g, " ")).toMatch(words);
    expect(existsSync(join(machine.home, "logins"))).toBe(false);
  });

  test("prints no secret", async () => {
    const { out, error } = await setUpMachine(PLATFORM, files({ awsAuthRefresh: SIGN_IN })).login();

    for (const secret of [NEW.secretAccessKey, NEW.sessionToken]) expect(out + error).not.toContain(secret);
  });

  test("refuses what it does not know", async () => {
    const { status, error } = await setUpMachine({}).login("now");

    expect(status).toBe(2);
    expect(error).toContain("Usage: claude-on-aws login --help");
  });
});

test("login ends what it runs at Ctrl+C, with 130", async () => {
  const machine = setUpMachine({}, files({ awsAuthRefresh: "echo waiting; sleep 600; echo x > $HOME/logins" }));
  const { child, ended, said } = startCommand(machine.home, ["login"], {
    ...PLATFORM,
    HOME: machine.home,
    CLAUDE_CONFIG_DIR: join(machine.home, ".claude"),
    AWS_SHARED_CREDENTIALS_FILE: join(machine.home, ".aws/credentials"),
  });
  await said("\nwaiting");
  // Deno takes a child that was sent a signal by `child.kill` for one that it ended.
  process.kill(child.pid ?? 0, "SIGINT");

  expect(await ended).toMatchObject({ status: 130, out: "" });
  expect(existsSync(join(machine.home, "logins"))).toBe(false);
});
