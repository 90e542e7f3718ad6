import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import {
  createFakeCore,
  EXAMPLE_CREDENTIALS,
  type FakeOptions,
  type FakePrincipal,
  type FakeServer,
  serve,
} from "@claude-on-aws/fake/server";
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

  test("names each resource once", async () => {
    const { out } = await check(["platform.json", "no-counting.json"]);
    const lines = out.split("\n").filter((line) => /^(?:allowed|denied) /.test(line));

    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.match(/arn:aws:/g)).toHaveLength(1);
  });

  test("takes several policies as those of one principal, and lets deny win", async () => {
    const found = await json(["everything.json", "no-counting.json"]);
    const [first] = found.permissions;

    expect(found.exchanges).toEqual({ total: 6, allowed: 4, denied: 1, notAsked: 0, notJudged: 1 });
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
      "a URL that is none",
      ["--check", "AnthropicFullAccess", "--journal", "http://"],
      /it is no URL; expected one such/,
    ],
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

describe("policy --check of a journal that holds what the fake asked", () => {
  const ALICE = { accessKeyId: "AKIDALICE", secretAccessKey: "aLiCeSeCrEt/EXAMPLE" };
  const ACCOUNT = "123456789012";

  interface Sent {
    readonly method?: "GET" | "POST" | "DELETE";
    readonly target: string;
    readonly body?: object;
    readonly headers?: readonly (readonly [string, string])[];
    readonly key?: string;
  }

  type Fake = ReturnType<typeof createFakeCore>;

  /** Sends a request as it is to a fake in process. */
  async function send(fake: Fake, { method = "GET", target, body, headers = [], key }: Sent): Promise<unknown> {
    const service = target.startsWith("/v1/") ? "aws-external-anthropic" : "bedrock";
    const request: WireRequest = {
      method,
      target,
      headers: [["host", "127.0.0.1:4242"], ["content-type", "application/json"], ...headers],
      httpVersion: "1.1",
      body: new TextEncoder().encode(body === undefined ? "" : JSON.stringify(body)),
    };
    const sent =
      key === undefined
        ? await signRequest(request, { credentials: ALICE, region: "us-east-1", service })
        : { ...request, headers: [...request.headers, ["authorization", `Bearer ${key}`] as const] };
    const reply = await fake.handle({ ...sent, wire: "received" });
    return reply.body instanceof Uint8Array && reply.body.length > 0
      ? JSON.parse(new TextDecoder().decode(reply.body))
      : undefined;
  }

  const invoke = (id: string): Sent => ({
    method: "POST",
    target: `/model/${encodeURIComponent(id)}/invoke`,
    body: { anthropic_version: "bedrock-2023-05-31", max_tokens: 16, messages },
  });

  const create = (tags: object[] = []): Sent => ({
    method: "POST",
    target: "/inference-profiles",
    body: {
      inferenceProfileName: "team",
      modelSource: { copyFrom: `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.${MODEL}` },
      tags,
    },
  });

  /** Creates a profile, calls it, and deletes it. */
  async function useProfile(fake: Fake, tags?: object[]): Promise<void> {
    const { inferenceProfileArn: arn } = (await send(fake, create(tags))) as { inferenceProfileArn: string };
    await send(fake, invoke(arn));
    await send(fake, { method: "DELETE", target: `/inference-profiles/${encodeURIComponent(arn)}` });
  }

  const ONE_REGION = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "bedrock:*InferenceProfile", Resource: "*" },
      {
        Effect: "Allow",
        Action: "bedrock:InvokeModel",
        Resource: [
          `arn:aws:bedrock:*:${ACCOUNT}:application-inference-profile/*`,
          `arn:aws:bedrock:us-east-1::foundation-model/*`,
        ],
      },
    ],
  };
  const OF_TEAM = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["bedrock:CreateInferenceProfile", "bedrock:DeleteInferenceProfile"],
        Resource: "*",
      },
      { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: "arn:aws:bedrock:*::foundation-model/*" },
      {
        Effect: "Allow",
        Action: "bedrock:InvokeModel",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } },
      },
    ],
  };
  const OF_ROLE = statement({
    Action: "aws-external-anthropic:*",
    Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/team/*` } },
  });
  const IN_IRELAND = statement({
    Action: "aws-external-anthropic:*",
    Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  });
  const LONG_TERM = btoa("\0@\0AeaApiKey-abcd+1-at-123456789012:secret");
  const listModels: Sent = {
    target: "/v1/models",
    headers: [
      ["anthropic-version", "2023-06-01"],
      ["anthropic-workspace-id", WORKSPACE],
    ],
  };
  const as = (more: object, policy: object): FakeOptions => ({
    principals: [{ ...more, credentials: [ALICE], policies: [policy] } as FakePrincipal],
  });
  const user = (policy: object): FakeOptions => as({ name: "alice" }, policy);

  /** What is sent, the policy, and the options of a fake that knows no principals beside those. */
  const CASES: readonly {
    readonly name: string;
    readonly policy: object;
    readonly principals: FakeOptions;
    readonly others?: FakeOptions;
    readonly run: (fake: Fake) => Promise<unknown>;
    readonly denied: number;
    readonly says?: RegExp;
    readonly needsPrincipals?: true;
  }[] = [
    {
      name: "a profile that was made from one of several regions, and is gone",
      policy: ONE_REGION,
      principals: user(ONE_REGION),
      run: useProfile,
      denied: 1,
      says: /^denied {2}1x bedrock:InvokeModel on arn:aws:bedrock:us-east-2::foundation-model\//m,
    },
    {
      name: "the tag of a profile that is gone",
      policy: OF_TEAM,
      principals: user(OF_TEAM),
      run: (fake) => useProfile(fake, [{ key: "team", value: "blue" }]),
      denied: 0,
    },
    {
      name: "another tag of a profile that is gone",
      policy: OF_TEAM,
      principals: user(OF_TEAM),
      run: (fake) => useProfile(fake, [{ key: "team", value: "red" }]),
      denied: 1,
    },
    {
      name: "a role with a path",
      policy: OF_ROLE,
      principals: as({ arn: `arn:aws:iam::${ACCOUNT}:role/team/reader` }, OF_ROLE),
      run: (fake) => send(fake, listModels),
      denied: 0,
      needsPrincipals: true,
    },
    {
      name: "the region of a fake, and a long-term key",
      policy: IN_IRELAND,
      principals: { region: "eu-west-1", ...as({ name: "alice", apiKeys: [LONG_TERM] }, IN_IRELAND) },
      others: { region: "eu-west-1" },
      run: (fake) => send(fake, { ...listModels, key: LONG_TERM }),
      denied: 0,
    },
  ];

  const RUNS = CASES.flatMap(({ name, principals, others = {}, needsPrincipals, ...rest }) => [
    { name: `${name}, with principals`, options: principals, ...rest },
    ...(needsPrincipals ? [] : [{ name: `${name}, with an administrator`, options: others, ...rest }]),
  ]);

  test.each(RUNS)("agrees with the fake on $name", async ({ policy, options, run: sent, denied, says = /./ }) => {
    const fake = createFakeCore({ ...(options.principals ? {} : { credentials: [ALICE] }), ...options });
    await sent(fake);
    const { exchanges } = fake.journal.snapshot();
    await writeFile(join(folder, "agreed.json"), JSON.stringify(policy));
    await writeFile(join(folder, "recorded.json"), JSON.stringify({ exchanges }));
    const args = ["--check", join(folder, "agreed.json"), "--journal", join(folder, "recorded.json")];
    const { out, status } = await run(...args);
    const found = JSON.parse((await run(...args, "--json")).out) as PolicyCheck;

    expect(found.exchanges).toMatchObject({ total: exchanges.length, denied, notAsked: 0, notJudged: 0 });
    expect(status).toBe(denied > 0 ? 1 : 0);
    expect(out).toMatch(says);
    if (options.principals !== undefined) {
      expect(exchanges.filter(({ reply }) => reply.status === 403)).toHaveLength(denied);
    }
  });

  test("lists what was refused before permissions were asked, and does not count it as denied", async () => {
    const fake = createFakeCore({ credentials: [ALICE] });
    await send(fake, { ...listModels, headers: [["anthropic-version", "2023-06-01"]] });
    await writeFile(join(folder, "recorded.json"), JSON.stringify(fake.journal.snapshot()));
    const args = ["--check", join(folder, "platform.json"), "--journal", join(folder, "recorded.json")];
    const { status, out } = await run(...args);
    const found = JSON.parse((await run(...args, "--json")).out) as PolicyCheck;

    expect(status).toBe(0);
    expect(out.split("\n")).toEqual([
      "not judged 1x ListModels: refused before permissions were asked, by the check workspace: This request must include the anthropic-workspace-id header with the ID of the workspace to use.",
      "",
      "1 exchange: 0 allowed, 0 denied, 1 refused before permissions were asked",
    ]);
    expect(found).toMatchObject({
      permissions: [],
      notAsked: [{ operation: "ListModels", check: "workspace", count: 1, exchanges: [expect.any(String)] }],
      exchanges: { total: 1, allowed: 0, denied: 0, notAsked: 1, notJudged: 0 },
    });
  });

  test("reads the journal of an older fake, which does not hold it", async () => {
    const path = join(folder, "older.json");
    const older = JSON.stringify(core.journal.snapshot(), (key, value) => (key === "permissions" ? undefined : value));
    await writeFile(path, older);
    const { out } = await run("--check", join(folder, "everything.json"), "--journal", path);

    expect(out.split("\n").at(-1)).toContain("6 exchanges: 5 allowed, 0 denied");
  });

  test.each(["null", "[]", "{}", '{ "accountId": "1", "context": {}, "needed": [{}] }'])(
    "ends with 2 where it is %s",
    async (permissions) => {
      const path = join(folder, "other.json");
      await writeFile(path, exchangeWith(`"permissions": ${permissions}, "request": { "headers": [] }`));
      const { status, error } = await run("--check", "AnthropicFullAccess", "--journal", path);

      expect([status, error]).toEqual([2, expect.stringContaining("other JSON")]);
    },
  );
});

test("loadJournal() reads no more than it may", async () => {
  const path = join(folder, "long.json");
  await writeFile(path, JSON.stringify({ exchanges: [], more: "x".repeat(100) }));

  await expect(loadJournal(path, 100)).rejects.toThrow(/longer than 100 bytes/);
  await expect(loadJournal(path, 1000)).resolves.toEqual([]);
});
