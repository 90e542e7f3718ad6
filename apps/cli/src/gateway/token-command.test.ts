import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseExpiry } from "./parse-expiry.ts";
import { createGatewayTokenCommand } from "./token-command.ts";

const NOW = new Date("2026-11-30T12:00:00Z");

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "token-command-"));
  file = join(folder, "tokens.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), colour: false };
  const command = createGatewayTokenCommand({ now: () => NOW });
  return { status: await command.run(args, terminal), out: out.join("\n"), error: error.join("\n") };
}

const onFile = (...args: readonly string[]) => run(...args, "--file", file);
const TOKEN = /^coagw_[0-9a-f]{72}$/;

describe("gateway token", () => {
  test("prints a token once, alone on standard output", async () => {
    const { status, out, error } = await onFile("add", "ci");

    expect([status, TOKEN.test(out)]).toEqual([0, true]);
    expect(error).toContain("This is the token of ci, until 2027-02-28T12:00:00.000Z");
    expect(error + (await readFile(file, "utf8"))).not.toContain(out.slice(6, 30));
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test("prints it as JSON", async () => {
    const { out, error } = await onFile("add", "ci", "--group", "a", "--group", "b", "--expires", "never", "--json");

    expect(JSON.parse(out)).toEqual({
      token: expect.stringMatching(TOKEN),
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      name: "ci",
      groups: ["a", "b"],
      createdAt: "2026-11-30T12:00:00.000Z",
      expiresAt: null,
      file,
    });
    expect(error).toBe("");
  });

  test("lists and revokes", async () => {
    const made = JSON.parse((await onFile("add", "ci", "--group", "a", "--json")).out) as { id: string; token: string };
    const found = JSON.parse((await onFile("add", "me", "--expires", "1m", "--json")).out) as {
      id: string;
      token: string;
    };

    expect((await onFile("revoke", "ci")).out).toBe(`Revoked ${made.id} of ci; gateways refuse it within a second.`);
    expect((await onFile("revoke", made.id)).out).toBe("Nothing to do: it was revoked before.");
    expect(await onFile("revoke", "other")).toMatchObject({
      status: 1,
      error: expect.stringContaining('Cannot revoke "other"'),
    });
    expect((await onFile("list")).out.split("\n")).toEqual([
      "ID            NAME  STATE    UNTIL                     GROUPS",
      `${made.id}  ci    revoked  2027-02-28T12:00:00.000Z  a`,
      `${found.id}  me    good     2026-11-30T12:01:00.000Z  -`,
    ]);
    expect(JSON.parse((await onFile("list", "--json")).out)).toMatchObject({
      tokens: [
        { id: made.id, state: "revoked", revokedAt: "2026-11-30T12:00:00.000Z" },
        { id: found.id, state: "good", revokedAt: null },
      ],
    });
    expect(JSON.parse((await onFile("revoke", found.token, "--json")).out)).toEqual({
      file,
      revoked: [{ id: found.id, name: "me" }],
    });
    const all = await onFile("list", "--json");
    for (const secret of [made.token, found.token]) expect(all.out).not.toContain(secret.slice(6, 40));
  });

  test.each<[readonly string[], string]>([
    [[], "expected one of add, list, revoke"],
    [["remove"], "expected one of add, list, revoke"],
    [["constructor"], "expected one of add, list, revoke"],
    [["add"], "takes the NAME"],
    [["revoke"], "takes the NAME"],
    [["add", "a", "b"], 'Unexpected argument "b"'],
    [["list", "a"], 'Unexpected argument "a"'],
    [["list", "--expires", "1d"], "--expires does not go with list"],
    [["revoke", "a", "--group", "b"], "--group does not go with revoke"],
    [["add", "a", "--expires", "soon"], "Not an end that is to come"],
    [["add", "a", "--expires", "0d"], "Not an end that is to come"],
    [["add", "a", "--nonsense"], "--nonsense"],
    [["add", "a b"], "Cannot make a token"],
  ])("%j is wrong usage", async (args, words) => {
    expect(await onFile(...args)).toMatchObject({ status: 2, out: "", error: expect.stringContaining(words) });
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("says what is wrong with its file, and leaves it", async () => {
    expect(await onFile("list")).toMatchObject({ status: 1, error: expect.stringContaining("it is not there") });
    await writeFile(file, "{ half", { mode: 0o600 });
    for (const args of [["list"], ["add", "a"], ["revoke", "a"]]) {
      expect(await onFile(...args)).toMatchObject({
        status: 1,
        out: "",
        error: expect.stringContaining("it is no JSON"),
      });
    }
    expect(await readFile(file, "utf8")).toBe("{ half");
    await chmod(file, 0o666);
    expect(await onFile("list")).toMatchObject({ status: 1, error: expect.stringContaining("chmod go-w") });
  });

  test("prints its help, within 80 characters", async () => {
    const { status, out } = await run("add", "--help");

    expect([status, out.startsWith("Usage: claude-on-aws gateway token add NAME")]).toEqual([0, true]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("parseExpiry()", () => {
  test.each([
    ["30d", "2026-12-30T12:00:00.000Z"],
    ["12h", "2026-12-01T00:00:00.000Z"],
    ["90m", "2026-11-30T13:30:00.000Z"],
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2027-01-31T12:30Z", "2027-01-31T12:30:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(parseExpiry(text, NOW)?.toISOString()).toBe(expected);
  });

  test.each([
    "",
    "30",
    "d",
    "-1d",
    "1.5d",
    "30D",
    "2026-11-30",
    "2027-02-31",
    "2027-13-01",
    "01/02/2027",
    "2027-01-31T12:30",
  ])("does not take %j", (text) => {
    expect(() => parseExpiry(text, NOW)).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});
