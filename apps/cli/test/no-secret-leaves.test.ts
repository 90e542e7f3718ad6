import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import {
  leaksIn,
  makePassword,
  makeToken,
  RUNTIME_INDEX,
  type MadeUpSecret,
  seededRandom,
  SOAK,
  soakLength,
} from "@claude-on-aws/fixtures";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFlags } from "../src/fake/flags.ts";
import { main } from "../src/main.ts";
import { createStatusCommand } from "../src/status/index.ts";
import { createVerifyCommand } from "../src/verify/index.ts";

/** At full length it takes secrets that nobody has seen, and otherwise others on each runtime. */
const SEED = SOAK ? Math.floor(Math.random() * 4_000_000_000) : 20_261_129 + RUNTIME_INDEX;
/** Eight for each place. */
const SECRETS = soakLength(10_000, 136);
/** Each place of a secret meets each change, and each kind of ID, once. */
const REQUESTS = soakLength(2_000, 30);

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "no-secret-"));
  mkdirSync(join(home, ".claude"));
});
afterAll(() => rmSync(home, { recursive: true }));

type Environment = Readonly<Record<string, string>>;

const PLATFORM: Environment = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  AWS_REGION: "us-east-1",
};
const BEDROCK: Environment = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1" };
const KEYS: Environment = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "s" };

/** Where a password may stand: in a place for secrets, in a place that takes nothing like it, or under a name that nobody knows. */
const SECRET_VARIABLES: Readonly<Record<string, (secret: MadeUpSecret) => Environment>> = {
  key: ({ value }) => ({ ...PLATFORM, ANTHROPIC_AWS_API_KEY: value }),
  bearer: ({ value }) => ({ ...BEDROCK, AWS_BEARER_TOKEN_BEDROCK: value }),
  "auth token": ({ value }) => ({ ANTHROPIC_AUTH_TOKEN: value, ANTHROPIC_API_KEY: value }),
  credentials: ({ value }) => ({
    ...BEDROCK,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: value,
    AWS_SESSION_TOKEN: value,
  }),
  workspace: ({ value }) => ({ ...PLATFORM, ...KEYS, ANTHROPIC_AWS_WORKSPACE_ID: value }),
  "a header": ({ name, value }) => ({ ...PLATFORM, ...KEYS, ANTHROPIC_CUSTOM_HEADERS: `${name}: ${value}` }),
  "the user of a URL": ({ value }) => ({
    ...PLATFORM,
    ...KEYS,
    ANTHROPIC_AWS_BASE_URL: `https://me:${encodeURIComponent(value)}@a.example`,
  }),
  "the query of a URL": ({ name, value }) => ({
    ...BEDROCK,
    ...KEYS,
    ANTHROPIC_BEDROCK_BASE_URL: `https://a.example/?${name}=${encodeURIComponent(value)}`,
  }),
};

/** Where text stands: what looks like a key is one. */
const TEXT_VARIABLES: Readonly<Record<string, (secret: MadeUpSecret) => Environment>> = {
  region: ({ value }) => ({ ...BEDROCK, ...KEYS, AWS_REGION: value }),
  switch: ({ value }) => ({ CLAUDE_CODE_USE_BEDROCK: value, ...KEYS }),
  model: ({ value }) => ({ ...BEDROCK, ...KEYS, ANTHROPIC_MODEL: value }),
  profile: ({ value }) => ({ ...BEDROCK, AWS_PROFILE: value }),
  "access key ID": ({ value }) => ({ ...BEDROCK, AWS_ACCESS_KEY_ID: value, AWS_SECRET_ACCESS_KEY: "s" }),
  "a URL": ({ value }) => ({ ...PLATFORM, ...KEYS, ANTHROPIC_AWS_BASE_URL: value }),
  "the path of a URL": ({ value }) => ({
    ...PLATFORM,
    ...KEYS,
    ANTHROPIC_AWS_BASE_URL: `https://a.example/${encodeURIComponent(value)}/v1`,
  }),
  "a host": ({ value }) => ({
    ...PLATFORM,
    ...KEYS,
    ANTHROPIC_AWS_BASE_URL: `https://${value.replace(/[^A-Za-z0-9-]/g, "x")}.example`,
  }),
  betas: ({ value }) => ({ ...BEDROCK, ...KEYS, ANTHROPIC_BETAS: value }),
};

async function printed(command: ReturnType<typeof createStatusCommand>, args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  await command.run(args, { out: print, error: print, colour: false });
  return lines.join("\n");
}

test(`of ${SECRETS} secrets in a configuration, status prints none`, async () => {
  const random = seededRandom(SEED);
  const places = { ...SECRET_VARIABLES, ...TEXT_VARIABLES };
  const names = Object.keys(places);
  const leaks: unknown[] = [];
  for (let index = 0; index < SECRETS; index++) {
    const place = names[index % names.length] as string;
    const secret = place in SECRET_VARIABLES && random() < 0.5 ? makePassword(random) : makeToken(random);
    const set = places[place]?.(secret) ?? {};
    // In the environment, in a settings file, or in both with another value.
    const inFile = random() < 0.3;
    const other = random() < 0.3 ? (places[place]?.(makeToken(random)) ?? {}) : {};
    writeFileSync(join(home, ".claude", "settings.json"), JSON.stringify(inFile ? { env: set } : {}));
    const command = createStatusCommand({
      env: { HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...(inFile ? other : set) },
      directory: join(home, "project"),
      managedSettings: join(home, "managed.json"),
    });
    const found = leaksIn(await printed(command, random() < 0.5 ? ["--json"] : []));
    if (found.length > 0) leaks.push({ place, secret, inFile, found });
  }
  expect(leaks.slice(0, 10)).toEqual([]);
});

test(`of ${REQUESTS} secrets in recorded requests, verify prints none`, async () => {
  const random = seededRandom(SEED + 1);
  const lines: string[] = [];
  for (let index = 0; index < REQUESTS; index++) {
    const { name, value } = makeToken(random);
    const token = encodeURIComponent(value);
    const plain: WireRequest = {
      method: "POST",
      target: "/v1/messages",
      headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]],
      httpVersion: "1.1",
      body: new TextEncoder().encode("{}"),
    };
    const put = [
      { ...plain, target: `/v1/messages?${name}=${token}` },
      { ...plain, target: `/v1/${token}` },
      {
        ...plain,
        headers: [...plain.headers, [name, value], ["x-request-id", value], ["anthropic-beta", value]] as const,
      },
    ][index % 3] as WireRequest;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
    const signed = await signRequest(put, { credentials, service: "aws-external-anthropic", region: "us-east-1" });
    const changed = [
      { ...signed, method: "PUT" },
      { ...signed, target: `${signed.target}x` },
      { ...signed, headers: signed.headers.map(([key, text]) => [key, key === name ? `${text}x` : text] as const) },
      { ...signed, headers: [...put.headers, ["x-api-key", value]] as const },
      {
        ...signed,
        headers: [
          ...put.headers,
          [
            "authorization",
            `AWS4-HMAC-SHA256 Credential=${value}/20261121/us-east-1/a/aws4_request, SignedHeaders=host, Signature=0`,
          ],
        ] as const,
      },
    ][index % 5];
    lines.push(JSON.stringify({ ...changed, body: "{}", id: index % 2 === 0 ? value : index }));
  }
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(lines.join("\n"));
  };
  for (const args of [[], ["--json"]]) {
    const text = await printed(createVerifyCommand({ open }), args);
    expect(text.split("\n").length).toBeGreaterThanOrEqual(lines.length);
    expect(leaksIn(text)).toEqual([]);
  }
});

test("a key that was given to another flag is not repeated", async () => {
  const random = seededRandom(SEED + 2);
  const lines: string[] = [];
  for (let index = 0; index < 200; index++) {
    const { value } = makeToken(random);
    for (const args of [
      ["--workspace", value],
      ["--region", value],
      ["--port", value],
      ["--fact", value],
      ["--report", value],
      ["--allow-host", `${value}:1`],
      [`--${value}`],
    ]) {
      try {
        parseFlags(args);
      } catch (error) {
        lines.push((error as Error).message);
      }
    }
    await main([value], { out: (line) => lines.push(line), error: (line) => lines.push(line), colour: false });
  }
  expect(lines.length).toBeGreaterThan(1_000);
  expect(leaksIn(lines.join("\n"))).toEqual([]);
});
