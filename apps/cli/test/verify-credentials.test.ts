import { signRequest } from "@claude-on-aws/auth/sigv4";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createVerifyCommand } from "../src/verify/index.ts";

const SECRET = "c2VjcmV0LW9mLXRoaXMtdGVzdC1hbG9uZS0xMjM0";
const TOKEN = "dG9rZW4tb2YtdGhpcy10ZXN0LWFsb25l:with//colons==";
const LONG = { accessKeyId: "AKIAOFTHISTEST", secretAccessKey: SECRET };
const TEMPORARY = { accessKeyId: "ASIAOFTHISTEST", secretAccessKey: SECRET, sessionToken: TOKEN };

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "verify-credentials-"))));
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

async function lineOf(credentials: typeof LONG | typeof TEMPORARY): Promise<string> {
  const { method, target, headers } = await signRequest(
    {
      method: "GET",
      target: "/v1/models",
      headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]],
      httpVersion: "1.1",
      body: new Uint8Array(),
    },
    { credentials, region: "us-east-1", service: "aws-external-anthropic" },
  );
  return JSON.stringify({ id: credentials.accessKeyId, method, target, headers });
}

interface Run {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Verifies one request of each access key; says which were right, and all that was printed. */
async function verify({ args, env = {} }: Run) {
  const lines = [await lineOf(LONG), await lineOf(TEMPORARY)].join("\n");
  const out: string[] = [];
  const errors: string[] = [];
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(lines);
  };
  const terminal = { out: (text: string) => out.push(text), error: (text: string) => errors.push(text), colour: false };
  const status = await createVerifyCommand({ open, env }).run(["--json", ...args], terminal);
  const right = out
    .map((text) => JSON.parse(text))
    .flatMap(({ id, ok, findings }) => (ok ? [[id, findings.length]] : []));
  return { status, right, error: errors.join("\n"), printed: [...out, ...errors].join("\n") };
}

const section = (name: string, { accessKeyId, secretAccessKey, sessionToken }: Partial<typeof TEMPORARY>): string =>
  [
    `[${name}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key=${secretAccessKey}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
    "",
  ].join("\r\n");

const exported = (flat: boolean): string => {
  const fields = { AccessKeyId: TEMPORARY.accessKeyId, SecretAccessKey: SECRET, SessionToken: TOKEN };
  return JSON.stringify(flat ? { Version: 1, ...fields } : { Credentials: fields }, undefined, 2);
};

const BOTH = [
  [LONG.accessKeyId, 1],
  [TEMPORARY.accessKeyId, 1],
];

describe("verify takes credentials", () => {
  test("from the environment", async () => {
    const env = { AWS_ACCESS_KEY_ID: TEMPORARY.accessKeyId, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN };

    expect((await verify({ args: ["--credentials", "env"], env })).right).toEqual([BOTH[1]]);
    expect(
      (await verify({ args: ["--credentials", "env", "--credentials", `${LONG.accessKeyId}:${SECRET}`], env })).right,
    ).toEqual(BOTH);
    // Without its token, that is not checked.
    expect((await verify({ args: ["--credentials", "env"], env: { ...env, AWS_SESSION_TOKEN: "" } })).right).toEqual([
      [TEMPORARY.accessKeyId, 2],
    ]);
  });

  test("from a file of profiles: all of them, or those that are named", async () => {
    const text = ["; mine", section("default", LONG), "[empty]", "region = x", section("profile work", TEMPORARY)].join(
      "\n",
    );
    const path = await file("credentials", text);
    const given = ["--credentials", `file:${path}`];

    expect((await verify({ args: given })).right).toEqual(BOTH);
    expect((await verify({ args: [...given, "--profile", "work"] })).right).toEqual([BOTH[1]]);
    expect((await verify({ args: [...given, "--profile", "default", "--profile", "work"] })).right).toEqual(BOTH);
    expect(
      (await verify({ args: ["--credentials", "file"], env: { AWS_SHARED_CREDENTIALS_FILE: path } })).right,
    ).toEqual(BOTH);
  });

  test("from the file in the home folder", async () => {
    await mkdir(join(folder, "home", ".aws"), { recursive: true });
    await writeFile(join(folder, "home", ".aws", "credentials"), section("default", LONG));

    for (const given of ["file", "file:~/.aws/credentials"]) {
      const { right } = await verify({ args: ["--credentials", given], env: { HOME: join(folder, "home") } });

      expect([given, right]).toEqual([given, [BOTH[0]]]);
    }
  });

  test.each([true, false])("from exported JSON (flat: %s)", async (flat) => {
    const path = await file("exported.json", `\uFEFF\n${exported(flat)}`);

    expect((await verify({ args: ["--credentials", `file:${path}`] })).right).toEqual([BOTH[1]]);
  });
});

describe("verify refuses with words and without secrets", () => {
  const REFUSED: Readonly<Record<string, () => Promise<Run & { readonly says: RegExp }>>> = {
    "an environment without a secret": async () => ({
      args: ["--credentials", "env"],
      env: { AWS_ACCESS_KEY_ID: "AKIAOFTHISTEST", AWS_SESSION_TOKEN: TOKEN },
      says: /^Cannot take --credentials number 1 from the environment: found no AWS_SECRET_ACCESS_KEY; expected/,
    }),
    "an empty environment": async () => ({
      args: ["--credentials", "env"],
      says: /AWS_ACCESS_KEY_ID and AWS_SECRET_ACC/,
    }),
    "a secret alone": async () => ({ args: ["--credentials", SECRET], says: /number 1: expected ID:SECRET or/ }),
    "a folder": async () => ({ args: ["--credentials", `file:${folder}`], says: /it is a folder; expected a file of/ }),
    "a device": async () => ({ args: ["--credentials", "file:/dev/null"], says: /it is a device; expected a file of/ }),
    "a pipe that nobody writes to": async () => {
      await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
      return { args: ["--credentials", `file:${join(folder, "pipe")}`], says: /it is a pipe; expected a file of/ };
    },
    "a file that is not there": async () => ({
      args: ["--credentials", `file:${join(folder, "nothing")}`],
      says: /^Cannot read the credentials from .*: there is no such file/,
    }),
    "a file that is too long": async () => ({
      args: ["--credentials", `file:${await file("long", section("default", LONG).padEnd(1_048_577))}`],
      says: /it is longer than 1048576 bytes/,
    }),
    "a profile that is not there": async () => ({
      args: ["--credentials", `file:${await file("other", section("here", LONG))}`, "--profile", "there"],
      says: /found no profile there with an access key, but here; expected aws_access_key_id/,
    }),
    "a file without keys": async () => ({
      args: ["--credentials", `file:${await file("none", `aws_secret_access_key = ${SECRET}`)}`],
      says: /found no profile with an access key; expected/,
    }),
    "JSON without an ID": async () => ({
      args: ["--credentials", `file:${await file("a.json", JSON.stringify({ SecretAccessKey: SECRET }))}`],
      says: /expected AccessKeyId/,
    }),
    "JSON that ends early": async () => ({
      args: ["--credentials", `file:${await file("b.json", exported(true).slice(0, -2))}`],
      says: /expected JSON, found something else; write the file with aws configure export-credentials/,
    }),
    "a profile of no file": async () => ({ args: ["--profile", "work"], says: /^Cannot take --profile alone/ }),
    "a profile of the environment": async () => ({
      args: ["--credentials", "env", "--profile", "work"],
      says: /^Cannot take --profile alone/,
    }),
  };

  test.each(Object.entries(REFUSED))("%s", async (_, make) => {
    const { says, ...run } = await make();
    const { status, right, error, printed } = await verify(run);

    expect([status, right]).toEqual([2, []]);
    expect(error).toMatch(says);
    for (const secret of [SECRET, TOKEN]) expect(printed).not.toContain(secret);
  });

  test("what it verifies with them: nothing of a secret is printed, right or wrong", async () => {
    const path = await file("all", section("default", TEMPORARY).replace(SECRET, SECRET.toUpperCase()));
    const wrong = await verify({ args: ["--credentials", `file:${path}`] });

    expect([wrong.status, wrong.right]).toEqual([1, []]);
    for (const secret of [SECRET, SECRET.toUpperCase()]) expect(wrong.printed).not.toContain(secret);
  });
});
