import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeServer, serve } from "@claude-on-aws/fake/server";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PolicyCheck } from "./check-policies.ts";
import { loadJournal } from "./load-journal.ts";
import { policyCommand } from "./index.ts";

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const WORKSPACE = "wrkspc_01AbCdEf23GhIj";
const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const messages = [{ role: "user" as const, content: "hello" }];

const statement = (more: object): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Resource: "*", ...more }],
});

const POLICIES = {
  "everything.json": statement({ Action: ["aws-external-anthropic:*", "bedrock:*"] }),
  "platform.json": statement({ Sid: "Claude", Action: "aws-external-anthropic:*" }),
  "no-counting.json": statement({ Sid: "NoCounting", Effect: "Deny", Action: "aws-external-anthropic:CountTokens" }),
  "misspelt.json": statement({ Action: ["aws-external-anthropic:CreateInferense", "bedrock:*"] }),
  "account.json": statement({
    Action: "aws-external-anthropic:*",
    Resource: `arn:aws:aws-external-anthropic:us-east-1:210987654321:workspace/${WORKSPACE}`,
  }),
};

/** The text of a journal of one exchange, with some of it replaced. */
function exchangeWith(fields: string): string {
  const { request, ...rest } = JSON.parse(`{${fields}}`) as { readonly request: object };
  const usual = { id: "1", provider: "anthropic-aws", time: "2026-11-21T12:00:00Z" };
  const sent = { method: "POST", target: "/v1/messages", body: "", ...request };
  return JSON.stringify({ exchanges: [{ ...usual, ...rest, request: sent }] });
}

const core = createFakeCore();
let server: FakeServer | undefined;
let folder = "";

/** A real run: three messages, one count of tokens and one call of Bedrock, and one request that nobody signed. */
beforeAll(async () => {
  server = await serve(core, { port: 0 });
  folder = await mkdtemp(join(tmpdir(), "policy-check-"));
  for (const [name, policy] of Object.entries(POLICIES)) await writeFile(join(folder, name), JSON.stringify(policy));
  const anthropic = new AnthropicAws({
    baseURL: server.url,
    workspaceId: WORKSPACE,
    awsRegion: "us-east-1",
    awsAccessKey: accessKeyId,
    awsSecretAccessKey: secretAccessKey,
    maxRetries: 0,
  });
  const model = "claude-sonnet-4-6";
  for (const content of ["one", "two", "three"]) {
    await anthropic.messages.create({ model, max_tokens: 16, messages: [{ role: "user", content }] });
  }
  await anthropic.messages.countTokens({ model, messages });
  const bedrock = new AnthropicBedrock({
    baseURL: server.url,
    awsRegion: "us-east-1",
    awsAccessKey: accessKeyId,
    awsSecretKey: secretAccessKey,
    maxRetries: 0,
  });
  await bedrock.messages.create({ model: `us.${MODEL}`, max_tokens: 16, messages });
  await fetch(`${server.url}/v1/models`).then((response) => response.body?.cancel());
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (line: string): void => void out.push(line),
    error: (line: string): void => void error.push(line),
    colour: false,
  };
  const status = await policyCommand.run(args, terminal);
  return { status, out: out.join("\n"), error: error.join("\n") };
}

/** Checks policies of the folder against the fake that runs. */
const check = (names: readonly string[], ...more: readonly string[]) =>
  run(
    "--check",
    ...names.map((name) => (name.endsWith(".json") ? join(folder, name) : name)),
    "--journal",
    server?.url ?? "",
    ...more,
  );

const json = async (names: readonly string[], ...more: readonly string[]): Promise<PolicyCheck> =>
  JSON.parse((await check(names, "--json", ...more)).out) as PolicyCheck;

describe("policy --check", () => {
  test("ends with 0 where nothing would have been denied", async () => {
    const { status, out } = await check(["everything.json"]);

    expect(status).toBe(0);
    expect(out).toMatch(
      /^allowed 3x aws-external-anthropic:CreateInference on arn:aws:aws-external-anthropic:us-east-1:123456789012:workspace\/wrkspc_01AbCdEf23GhIj: statement 0 of .*everything\.json allows/m,
    );
    expect(out).toMatch(
      /\n6 exchanges: 5 allowed, 0 denied, 1 without an authenticated caller or an action of Claude$/,
    );
  });

  test("takes several policies as those of one principal, and lets deny win", async () => {
    const found = await json(["everything.json", "no-counting.json"]);
    const [first] = found.permissions;

    expect(found.exchanges).toEqual({ total: 6, allowed: 4, denied: 1, notJudged: 1 });
    expect(first).toMatchObject({
      action: "aws-external-anthropic:CountTokens",
      verdict: "explicit-deny",
      count: 1,
      statement: { policy: join(folder, "no-counting.json"), statementIndex: 0, sid: "NoCounting" },
    });
    expect(first?.exchanges).toHaveLength(1);
  });

  test("judges a profile, and each model behind it", async () => {
    const { status, out } = await check(["platform.json"]);
    const denied = out.split("\n").filter((line) => line.startsWith("denied"));

    expect(status).toBe(1);
    expect(denied[0]).toContain(
      `1x bedrock:InvokeModel on arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${MODEL}: no identity-based policy allows`,
    );
    expect(denied.slice(1).every((line) => line.includes(`::foundation-model/${MODEL}: `))).toBe(true);
    expect(denied.length).toBeGreaterThan(2);
  });

  test("says first what is wrong with a policy", async () => {
    const { status, out } = await check(["misspelt.json"]);

    expect(status).toBe(1);
    expect(out.split("\n")[0]).toMatch(
      /misspelt\.json: error at \$\.Statement\[0\]\.Action\[0\]: .*CreateInference\.$/,
    );
    expect(out).toMatch(/^denied  3x aws-external-anthropic:CreateInference /m);
    expect((await json(["misspelt.json"])).problems).toMatchObject([{ code: "ACTION_UNKNOWN", severity: "error" }]);
  });

  test("looks in the account that is given", async () => {
    expect((await json(["account.json"])).exchanges.allowed).toBe(0);
    expect((await json(["account.json"], "--account", "210987654321")).exchanges.allowed).toBe(4);
  });

  test("knows the policies that AWS manages", async () => {
    expect((await json(["AnthropicInferenceAccess"])).exchanges).toMatchObject({ allowed: 4, denied: 1 });
    expect((await json(["AnthropicReadOnlyAccess"])).exchanges).toMatchObject({ allowed: 0, denied: 5 });
  });

  test("reads a journal from a file", async () => {
    const path = join(folder, "journal.json");
    await writeFile(path, JSON.stringify(core.journal.snapshot()));
    const { status, out } = await run("--check", join(folder, "everything.json"), "--journal", path);

    expect([status, out.split("\n").at(-1)]).toEqual([0, expect.stringContaining("6 exchanges: 5 allowed")]);
  });

  test.each([
    ["a policy that is not there", ["--check", "/none.json"], /no such file.*AnthropicFullAccess/],
    ["no policy", ["--check"], /--check/],
    ["a journal that is not there", ["--check", "AnthropicFullAccess", "--journal", "/none.json"], /no such file/],
    [
      "an address at which nobody listens",
      ["--check", "AnthropicFullAccess", "--journal", "http://127.0.0.1:1"],
      /no fake answers there; start one/,
    ],
    [
      "an option of writing",
      ["--check", "AnthropicFullAccess", "--region", "us-east-1"],
      /--region does not go with --check/,
    ],
    ["an option of checking alone", ["--json"], /--json does not go without --check/],
    ["a stray argument", ["policy.json"], /Unexpected argument "policy.json"/],
    ["an account that is none", ["--check", "AnthropicFullAccess", "--account", "1"], /12 digits/],
  ])("ends with 2 for %s", async (_, args, says) => {
    const { status, error } = await run(...args);

    expect(status).toBe(2);
    expect(error).toMatch(says);
  });

  test.each([
    ["no JSON", "{", /no JSON/],
    ["other JSON", '{ "exchanges": [{}] }', /other JSON/],
    ["null", "null", /other JSON/],
    ["a caller who is null", exchangeWith('"caller": null, "request": { "headers": [] }'), /other JSON/],
    ["a header that is null", exchangeWith('"request": { "headers": [null] }'), /other JSON/],
  ])("ends with 2 for a journal of %s", async (_, text, says) => {
    const path = join(folder, "other.json");
    await writeFile(path, text);
    const { status, error } = await run("--check", "AnthropicFullAccess", "--journal", path);

    expect([status, error]).toEqual([2, expect.stringMatching(says)]);
  });
});

test("loadJournal() reads no more than it may", async () => {
  const path = join(folder, "long.json");
  await writeFile(path, JSON.stringify({ exchanges: [], more: "x".repeat(100) }));

  await expect(loadJournal(path, 100)).rejects.toThrow(/longer than 100 bytes/);
  await expect(loadJournal(path, 1000)).resolves.toEqual([]);
});
