import { soakLength } from "@claude-on-aws/fixtures";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addToken } from "./add-token.ts";
import { editTokenFile } from "./edit-token-file.ts";
import { makeToken } from "./make-token.ts";
import { formatTokenFile, parseTokenFile } from "./parse-token-file.ts";
import { readTokenFile } from "./read-token-file.ts";
import { revokeTokens } from "./revoke-tokens.ts";
import { tokenId, type TokenRecord } from "./token-record.ts";
import { TokenRegister, type TokenRegisterOptions } from "./token-register.ts";
import { drawToken, hashToken, isWholeToken } from "./token-text.ts";

const NOW = new Date("2026-11-30T12:00:00Z");

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-tokens-"));
  file = join(folder, "tokens.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("drawToken()", () => {
  test("gives another one each time, which is whole", () => {
    const tokens = Array.from({ length: 100 }, () => drawToken());

    expect(new Set(tokens).size).toBe(100);
    expect(tokens.every(isWholeToken)).toBe(true);
    expect(tokens[0]).toMatch(/^coagw_[0-9a-f]{72}$/);
  });

  test("takes 256 bits", () => {
    const lengths: number[] = [];
    drawToken((length) => {
      lengths.push(length);
      return new Uint8Array(length);
    });

    expect(lengths).toEqual([32]);
  });

  test("is not whole where any character is another, or one is missing", () => {
    const token = drawToken();
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === "0" ? "1" : "0";
      expect(isWholeToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe(false);
      expect(isWholeToken(token.slice(0, at) + token.slice(at + 1))).toBe(false);
    }
    expect(isWholeToken(`${token} `)).toBe(false);
    expect(isWholeToken(token.toUpperCase())).toBe(false);
  });
});

const RECORD = makeToken({ name: "ci", groups: ["builders"], now: NOW }).record;

describe("parseTokenFile()", () => {
  test("reads what formatTokenFile() writes", () => {
    const records = [RECORD, makeToken({ name: "me", expiresAt: NOW, now: NOW }).record];

    expect(parseTokenFile(formatTokenFile(records))).toEqual(records);
  });

  const withField = (changed: object): string =>
    JSON.stringify({ version: 1, tokens: [RECORD, { ...RECORD, sha256: "0".repeat(64), ...changed }] });

  test.each<[string, string, string]>([
    ["no JSON", "{", "it is no JSON"],
    ["nothing", "", "it is no JSON"],
    ["another version", '{"version":2,"tokens":[]}', 'expected an object with "version": 1'],
    ["no list", '{"version":1,"tokens":{}}', 'a list "tokens"'],
    ["null", "null", "expected an object"],
    ["a token that is none", '{"version":1,"tokens":[null]}', "tokens[0] is no object"],
    ["a time that is none", withField({ expiresAt: "soon" }), "tokens[1].expiresAt is not a time"],
    ["a day that is none", withField({ expiresAt: "2026-13-45T00:00:00Z" }), "tokens[1].expiresAt is not a time"],
    ["a time without a zone", withField({ expiresAt: "2027-01-01T00:00:00" }), "tokens[1].expiresAt is not a time"],
    ["an end that is left out", withField({ expiresAt: undefined }), "tokens[1] has no expiresAt"],
    ["a hash in capitals", withField({ sha256: "A".repeat(64) }), "tokens[1].sha256 is not"],
    ["a hash twice", withField({ sha256: RECORD.sha256 }), "tokens[1] has the sha256 of another token"],
    ["a name with a line break", withField({ name: "a\nb" }), "tokens[1].name is not"],
    ["groups that are none", withField({ groups: [1] }), "tokens[1].groups is not"],
    ["a revocation that is none", withField({ revokedAt: true }), "tokens[1].revokedAt is not"],
    ["a field that none has", withField({ expires: null }), "tokens[1] has a field that none has"],
  ])("takes nothing of a file with %s", (_, text, words) => {
    expect(parseTokenFile(text)).toContain(words);
  });

  test("never takes a part of a file for the whole", () => {
    const text = formatTokenFile([RECORD]);
    for (let end = 0; end < text.trimEnd().length; end++)
      expect(typeof parseTokenFile(text.slice(0, end))).toBe("string");
  });
});

describe("addToken()", () => {
  test("makes a file for its owner alone, without the token in it", async () => {
    const { token, record } = await addToken(file, { name: "ci", groups: ["a", "a"], now: NOW });
    const text = await readFile(file, "utf8");

    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice("coagw_".length, -8));
    expect(record).toEqual({
      name: "ci",
      sha256: hashToken(token),
      groups: ["a"],
      createdAt: "2026-11-30T12:00:00.000Z",
      expiresAt: null,
      revokedAt: null,
    });
    expect(await readTokenFile(file)).toEqual([record]);
    expect(process.platform === "win32" || ((await stat(file)).mode & 0o777) === 0o600).toBe(true);
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  test("loses nothing where many add and revoke at once", async () => {
    const names = Array.from({ length: soakLength(50, 12) }, (_, index) => `caller-${index}`);
    await addToken(file, { name: "first" });
    const wait = () => new Promise<void>((resolve) => setImmediate(resolve));
    // Whoever waits for a turn of the loop only must not give up on a slow disk.
    const patient = async (): Promise<void> => {
      await wait();
      await stat(folder);
    };
    const tries = async (act: () => Promise<unknown>): Promise<void> => {
      for (;;) {
        try {
          await act();
          return;
        } catch (error) {
          if ((error as { code?: string }).code !== "TOKENS_LOCKED") throw error;
        }
      }
    };
    await Promise.all([
      ...names.map((name) => tries(() => addToken(file, { name, wait: patient }))),
      tries(() => revokeTokens(file, "first", { wait: patient })),
    ]);
    const records = await readTokenFile(file);

    expect(records.map(({ name }) => name).toSorted()).toEqual(["first", ...names].toSorted());
    expect(records.find(({ name }) => name === "first")?.revokedAt).not.toBeNull();
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  test("keeps the mode that a file has, and a link a link", async () => {
    await addToken(file, { name: "a" });
    await chmod(file, 0o640);
    const link = join(folder, "link.json");
    await symlink(file, link);
    await addToken(link, { name: "b" });

    expect((await readTokenFile(file)).map(({ name }) => name)).toEqual(["a", "b"]);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).toSorted()).toEqual(["link.json", "tokens.json"]);
  });

  test("leaves a damaged file as it is", async () => {
    await writeFile(file, "{ half", { mode: 0o600 });

    await expect(addToken(file, { name: "a" })).rejects.toMatchObject({ code: "TOKENS_UNUSABLE" });
    expect(await readFile(file, "utf8")).toBe("{ half");
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  test("says which file is in the way where another program does not get done", async () => {
    await writeFile(`${file}.lock`, "");
    let waits = 0;
    const wait = async (): Promise<void> => void waits++;

    await expect(addToken(file, { name: "a", wait })).rejects.toMatchObject({
      code: "TOKENS_LOCKED",
      message: expect.stringContaining(`${file}.lock`),
    });
    expect(waits).toBe(99);
    expect(await readFile(`${file}.lock`, "utf8")).toBe("");
  });

  test("lets go of the file where the change fails", async () => {
    const failing = editTokenFile(file, () => {
      throw new Error("changed my mind");
    });

    await expect(failing).rejects.toThrow("changed my mind");
    expect(await readdir(folder)).toEqual([]);
  });

  test("leaves nothing behind where the file cannot be written", async () => {
    await mkdir(file);

    await expect(addToken(file, { name: "a" })).rejects.toMatchObject({ code: "TOKENS_UNUSABLE" });
    await expect(addToken(join(folder, "no", "where.json"), { name: "a" })).rejects.toMatchObject({
      code: "TOKENS_UNUSABLE",
    });
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  test.each([
    [{ name: "" }],
    [{ name: "-x" }],
    [{ name: "a b" }],
    [{ name: "a\u202eb" }],
    [{ name: "a".repeat(129) }],
    [{ name: "a", groups: ["b", ""] }],
    [{ name: "a", expiresAt: NOW }],
    [{ name: "a", expiresAt: new Date(Number.NaN) }],
  ])("makes none for %j", async (options) => {
    await expect(addToken(file, { ...options, now: NOW })).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("revokeTokens()", () => {
  test("revokes all of a caller, or one by its ID, once", async () => {
    const [first, second] = [await addToken(file, { name: "ci" }), await addToken(file, { name: "ci" })];
    await addToken(file, { name: "me" });
    const ids = (records: readonly TokenRecord[]) => records.map(tokenId);

    expect(ids(await revokeTokens(file, tokenId(first.record)))).toEqual([tokenId(first.record)]);
    expect(ids(await revokeTokens(file, "ci"))).toEqual([tokenId(second.record)]);
    expect(await revokeTokens(file, "ci")).toEqual([]);
    expect((await readTokenFile(file)).map(({ name, revokedAt }) => [name, revokedAt !== null])).toEqual([
      ["ci", true],
      ["ci", true],
      ["me", false],
    ]);
  });

  test("revokes a token that somebody found, and never repeats one", async () => {
    const { token, record } = await addToken(file, { name: "ci" });
    await addToken(file, { name: "ci" });
    const other = drawToken();

    expect((await revokeTokens(file, token)).map(tokenId)).toEqual([tokenId(record)]);
    for (const unknown of [other, other.slice(0, 40)]) {
      await expect(revokeTokens(file, unknown)).rejects.toMatchObject({
        code: "TOKEN_UNKNOWN",
        message: expect.not.stringContaining(other.slice(6, 40)),
      });
    }
  });

  test("says so where no token has the name", async () => {
    await expect(revokeTokens(file, "ci")).rejects.toMatchObject({ code: "TOKEN_UNKNOWN" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("readTokenFile()", () => {
  test("takes none that others may write", async () => {
    await addToken(file, { name: "a" });
    await chmod(file, 0o620);

    await expect(readTokenFile(file)).rejects.toMatchObject({
      code: "TOKENS_UNUSABLE",
      message: expect.stringContaining("chmod go-w"),
    });
  });

  test("takes none that is longer than it may be", async () => {
    await addToken(file, { name: "a" });

    await expect(readTokenFile(file, 100)).rejects.toMatchObject({
      code: "TOKENS_UNUSABLE",
      message: expect.stringContaining("longer than 100 bytes"),
    });
  });

  test.each([
    ["is not there", async () => {}, "gateway token add"],
    ["is a folder", () => mkdir(file), "it is no file"],
  ])("says so where it %s", async (_, prepare, words) => {
    await prepare();

    await expect(readTokenFile(file)).rejects.toMatchObject({
      code: "TOKENS_UNUSABLE",
      message: expect.stringContaining(words),
    });
  });
});

describe("TokenRegister", () => {
  let nowMs = 0;
  let problems: string[] = [];
  const options: TokenRegisterOptions = {
    nowMs: () => nowMs,
    onProblem: (message) => problems.push(message),
    checkMs: 1_000,
    keepMs: 300_000,
  };
  const open = () => TokenRegister.open(file, (record) => record, options);
  beforeEach(() => {
    nowMs = 1_000_000;
    problems = [];
  });

  test("answers at once what it knows, and a second later looks again", async () => {
    const { record } = await addToken(file, { name: "a" });
    const register = await open();

    expect(register.find(record.sha256)).toEqual(record);
    await revokeTokens(file, "a");
    nowMs += 999;
    expect(register.find(record.sha256)).toEqual(record);
    nowMs += 1;
    expect(await register.find(record.sha256)).toMatchObject({ revokedAt: expect.any(String) });
    expect(register.find(record.sha256)).toMatchObject({ revokedAt: expect.any(String) });
  });

  test("finds a token that was added, without waiting", async () => {
    await addToken(file, { name: "a" });
    const register = await open();
    for (let round = 0; round < 5; round++) {
      // Some are under way while it is added: they look too early, this one must not.
      const before = [register.find("x"), register.find("y")];
      const { record } = await addToken(file, { name: `b${round}` });
      expect(await register.find(record.sha256)).toEqual(record);
      expect(await Promise.all(before)).toEqual([undefined, undefined]);
    }
  });

  test("looks again where the clock was set back", async () => {
    const { record } = await addToken(file, { name: "a" });
    const register = await open();
    await revokeTokens(file, "a");
    nowMs -= 3_600_000;

    expect(await register.find(record.sha256)).toMatchObject({ revokedAt: expect.any(String) });
  });

  test("an unknown token does not put off the next look at a known one", async () => {
    const { record } = await addToken(file, { name: "a" });
    const register = await open();
    nowMs += 900;
    await register.find("unknown");
    await revokeTokens(file, "a");
    nowMs += 100;

    expect(await register.find(record.sha256)).toMatchObject({ revokedAt: expect.any(String) });
  });

  test.each<[string, () => Promise<void>]>([
    ["is damaged", () => writeFile(file, "{ half")],
    ["is emptied", () => writeFile(file, "")],
    ["is gone", () => rm(file)],
    ["is open to others", () => chmod(file, 0o666)],
  ])("where the file %s, keeps who was let in for a time, lets nobody else in, and says so once", async (_, damage) => {
    const { record } = await addToken(file, { name: "a" });
    const register = await open();
    await damage();
    nowMs += 1_000;

    expect(await register.find(record.sha256)).toEqual(record);
    expect(await register.find("b".repeat(64))).toBeUndefined();
    nowMs += 299_999;
    expect(await register.find(record.sha256)).toEqual(record);
    expect(problems).toEqual([expect.stringContaining("are good for 300 seconds")]);
    nowMs += 1;
    expect(await register.find(record.sha256)).toBe("unusable");
    expect(await register.find("b".repeat(64))).toBe("unusable");
    expect(problems).toHaveLength(1);

    // Mended, it is as if nothing had been.
    await rm(file, { force: true });
    await addToken(file, { name: "a" });
    const added = await addToken(file, { name: "c" });
    nowMs += 1_000;
    expect(await register.find(added.record.sha256)).toEqual(added.record);
    expect(await register.find(record.sha256)).toBeUndefined();
  });

  test("does not start with a file that cannot be used", async () => {
    await expect(open()).rejects.toMatchObject({ code: "TOKENS_UNUSABLE" });
  });
});
