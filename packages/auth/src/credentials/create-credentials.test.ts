import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { AuthError } from "../errors.ts";
import { type CredentialsOptions, createCredentials } from "./create-credentials.ts";
import type { CommandRunner } from "./run-in-shell.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const key = (accessKeyId: string, minutes?: number): AwsCredentials => ({
  accessKeyId,
  secretAccessKey: "secret",
  ...(minutes === undefined ? {} : { expiration: new Date(NOW.getTime() + minutes * 60_000) }),
});
const exported = (id: string): string =>
  JSON.stringify({ Credentials: { AccessKeyId: id, SecretAccessKey: "secret", SessionToken: "token" } });

/** Answers in turn, the last one again and again. */
const inTurn = <Value>(...values: readonly Value[]) => {
  let calls = 0;
  return { next: (): Value => values[Math.min(calls++, values.length - 1)] as Value, count: () => calls };
};

function setUp(
  options: Partial<CredentialsOptions>,
  chain: readonly (AwsCredentials | Error)[],
  outputs: readonly (string | Error)[] = [""],
) {
  const links = inTurn(...chain);
  const printed = inTurn(...outputs);
  const commands: string[] = [];
  const shown: string[] = [];
  const settle = <Value>(value: Value | Error): Promise<Value> =>
    value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  const run: CommandRunner = (command) => {
    commands.push(command);
    return settle(printed.next());
  };
  const source = createCredentials({
    chain: () => settle(links.next()),
    run,
    show: (text) => shown.push(text),
    now: () => NOW,
    ...options,
  });
  return { ...source, commands, shown, walks: links.count };
}

const login = { awsAuthRefresh: "login" };
const exporting = { awsCredentialExport: "export" };
const ended = new AuthError("CREDENTIALS_NOT_FOUND", "The SSO session has expired. Run aws sso login");

describe("createCredentials() with awsAuthRefresh", () => {
  test("runs it when the credentials have ended by their own date, once, and asks the chain again", async () => {
    const { get, commands } = setUp(login, [key("OLD", -1), key("NEW", 60)]);

    expect(await Promise.all([get(), get()])).toMatchObject([{ accessKeyId: "NEW" }, { accessKeyId: "NEW" }]);
    expect(commands).toEqual(["login"]);
  });

  test("runs it when the chain says that a login has ended", async () => {
    const { get, commands } = setUp(login, [ended, key("NEW", 60)]);

    expect(await get()).toMatchObject({ accessKeyId: "NEW" });
    expect(commands).toEqual(["login"]);
  });

  test("does not run it when the chain has nothing, or takes too long", async () => {
    for (const code of ["CREDENTIALS_NOT_FOUND", "CREDENTIALS_TIMEOUT"] as const) {
      const { get, commands } = setUp(login, [new AuthError(code, "nothing there")]);
      await expect(get()).rejects.toMatchObject({ code });
      expect(commands).toEqual([]);
    }
  });

  test("runs it when the service says that they have ended, once for all who were refused", async () => {
    const { get, refresh, commands } = setUp(login, [key("OLD", 60), key("NEW", 60)]);
    const used = await get();

    expect(await Promise.all([refresh("expired", used), refresh("expired", used)])).toEqual([true, true]);
    expect(await refresh("expired", used)).toBe(true);
    expect(commands).toEqual(["login"]);
    expect(await get()).toMatchObject({ accessKeyId: "NEW" });
  });

  test("does not run it when the service refuses for another reason", async () => {
    const { get, refresh, commands } = setUp(login, [key("OLD", 60)]);

    expect(await refresh("invalid", await get())).toBe(false);
    expect(commands).toEqual([]);
  });

  test("goes on with the old ones where the command fails, and says so", async () => {
    const { get, refresh, shown } = setUp(login, [key("OLD", -1)], [new AuthError("COMMAND_FAILED", "exit status 1")]);
    const used = await get();

    expect(used).toMatchObject({ accessKeyId: "OLD" });
    expect(await refresh("expired", used)).toBe(false);
    expect(shown.join("")).toContain("awsAuthRefresh: exit status 1");
  });
});

describe("createCredentials() with awsCredentialExport", () => {
  test("runs it first, keeps what it gives, and leaves the chain alone", async () => {
    const { get, commands, walks } = setUp(exporting, [key("CHAIN", 60)], [exported("EXPORT")]);
    await get();

    expect(await get()).toMatchObject({ accessKeyId: "EXPORT", sessionToken: "token" });
    expect(commands).toEqual(["export"]);
    expect(walks()).toBe(0);
  });

  test.each(["garbage", "{}", exported("x").replace("SessionToken", "Token")])(
    "says that %s is no output, and uses the chain",
    async (text) => {
      const { get, shown } = setUp(exporting, [key("CHAIN", 60)], [text]);

      expect(await get()).toMatchObject({ accessKeyId: "CHAIN" });
      expect(shown.join("")).toMatch(/^awsCredentialExport: .*using the credential chain\n$/);
      expect(shown.join("")).not.toContain("secret");
    },
  );

  test("runs it again after a refusal, and has the request sent again only where it gives others", async () => {
    const { get, refresh, commands } = setUp(exporting, [key("CHAIN")], [exported("A"), exported("B"), exported("B")]);
    const first = await get();
    expect(await refresh("invalid", first)).toBe(true);
    const second = await get();
    expect(second).toMatchObject({ accessKeyId: "B" });
    expect(await refresh("invalid", second)).toBe(false);
    expect(commands).toEqual(["export", "export", "export"]);
  });

  test("logs in where the export gives the same that has ended, then exports again", async () => {
    const { get, refresh, commands } = setUp(
      { ...exporting, ...login },
      [],
      [exported("A"), exported("A"), "", exported("B")],
    );

    expect(await refresh("expired", await get())).toBe(true);
    expect(commands).toEqual(["export", "export", "login", "export"]);
    expect(await get()).toMatchObject({ accessKeyId: "B" });
  });
});

describe("createCredentials().login()", () => {
  test("runs awsAuthRefresh although nothing has ended, once for all who ask, and finds the credentials again", async () => {
    const { get, login: signIn, commands } = setUp(login, [key("OLD", 60), key("NEW", 60)]);
    expect(await get()).toMatchObject({ accessKeyId: "OLD" });
    const answer = { hasRun: true, credentials: expect.objectContaining({ accessKeyId: "NEW" }) };
    expect(await Promise.all([signIn(), signIn()])).toEqual([answer, answer]);
    expect(commands).toEqual(["login"]);
    expect(await get()).toMatchObject({ accessKeyId: "NEW" });
  });

  test("runs it as often as it is asked, and not once more for what has ended all the same", async () => {
    const { login: signIn, commands } = setUp(login, [key("OLD", -1)]);
    expect(await signIn()).toMatchObject({ hasRun: true, credentials: { accessKeyId: "OLD" } });
    await signIn();
    expect(commands).toEqual(["login", "login"]);
  });

  test("runs the export behind it, which replaces the chain", async () => {
    const { login: signIn, commands } = setUp({ ...exporting, ...login }, [], ["", exported("EXPORT")]);
    expect(await signIn()).toMatchObject({ hasRun: true, credentials: { accessKeyId: "EXPORT" } });
    expect(commands).toEqual(["login", "export"]);
  });

  test("says that the command failed, and what is there all the same", async () => {
    const { login: signIn, shown } = setUp(login, [key("OLD", 60)], [new AuthError("COMMAND_FAILED", "exit status 1")]);
    expect(await signIn()).toMatchObject({ hasRun: false, credentials: { accessKeyId: "OLD" } });
    expect(shown.join("")).toContain("awsAuthRefresh: exit status 1");
  });

  test("throws what the chain does where nobody is signed in after it", async () => {
    const { login: signIn, commands } = setUp(login, [ended]);
    await expect(signIn()).rejects.toMatchObject({ code: "CREDENTIALS_NOT_FOUND" });
    expect(commands).toEqual(["login"]);
  });

  test("finds the credentials again where there is no command", async () => {
    const { get, login: signIn, commands } = setUp({}, [key("OLD", 60), key("NEW", 60)]);
    await get();
    expect(await signIn()).toMatchObject({ hasRun: false, credentials: { accessKeyId: "NEW" } });
    expect(commands).toEqual([]);
  });
});
