import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { createGateway, makeToken, type Upstream, type UpstreamSettings } from "@claude-on-aws/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenRules, MODEL, startFake, WORKSPACE_ID } from "../support/fetch-providers.ts";

const PLATFORM_KEY = "aws-external-anthropic-api-key-EXAMPLE";
const OTHER_KEY = "aws-external-anthropic-api-key-ANOTHER";
const BEDROCK_KEY = "bedrock-api-key-EXAMPLE";
const { record: TOKEN } = makeToken({ name: "local" });

const fake = startFake({ apiKeys: [PLATFORM_KEY, OTHER_KEY, BEDROCK_KEY] });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "upstreams-"));
  const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
  const profile = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  writeFileSync(join(folder, "credentials"), `[work]\n${profile}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The variables of a process: credentials of somebody else, unless a test says so. */
const environment = (): Record<string, string> => ({
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDNOBODY",
  AWS_SECRET_ACCESS_KEY: "nobody",
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  AWS_CONFIG_FILE: join(folder, "config"),
  AWS_ENDPOINT_URL_STS: fake.server.url,
  HOME: folder,
  CLAUDE_CODE_USE_VERTEX: "1",
  PLATFORM_KEY,
  BEDROCK_KEY,
});

/** Makes the upstream of settings, as a gateway does. */
async function upstreamOf(settings: Partial<UpstreamSettings>, env: Record<string, string> = {}): Promise<Upstream> {
  const platform = {
    name: "one",
    provider: "anthropic-aws",
    workspaceId: WORKSPACE_ID,
    baseUrl: fake.server.url,
  } as const;
  const options = { token: TOKEN, env: { ...environment(), ...env } };
  const gateway = await createGateway({ upstreams: [{ ...platform, ...settings }] }, options);
  await gateway.close();
  return gateway.upstreams[0];
}

const ask = (fetch: Upstream["fetch"], model = MODEL): Promise<Response> =>
  fetch("http://gateway.invalid/v1/messages", {
    method: "POST",
    headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
    body: JSON.stringify({ model, max_tokens: 16, messages: [{ role: "user", content: "hello" }] }),
  });

describe("an upstream of the settings", () => {
  test.each<[string, Partial<UpstreamSettings>]>([
    ["a profile, whatever access key lies around", { profile: "work" }],
    ["an API key", { apiKeyVariable: "PLATFORM_KEY" }],
    ["a key of Amazon Bedrock", { provider: "bedrock", apiKeyVariable: "BEDROCK_KEY" }],
    [
      "a role that a profile assumes",
      { profile: "work", assumeRole: { arn: "arn:aws:iam::123456789012:role/claude", externalId: "shared" } },
    ],
  ])("is reached with %s", async (_, settings) => {
    const { fetch, findProblem } = await upstreamOf(settings);

    expect((await ask(fetch)).status).toBe(200);
    expect(await findProblem?.()).toBeUndefined();
  });

  test("is asked for what it calls a model", async () => {
    const { fetch } = await upstreamOf({ profile: "work", modelNames: { "claude-opus-5-5": MODEL } });
    const answer = await ask(fetch, "claude-opus-5-5");

    expect(await answer.json()).toMatchObject({ model: MODEL });
  });

  test("is asked with a client's own key, and never with the gateway's", async () => {
    const { fetchWithKey } = await upstreamOf({ apiKeyVariable: "PLATFORM_KEY" });
    expect(fetchWithKey).toBeDefined();
    const status = async (key: string): Promise<number | undefined> =>
      fetchWithKey && (await ask(fetchWithKey(["x-api-key", key]))).status;

    expect(await status(OTHER_KEY)).toBe(200);
    expect(await status("aws-external-anthropic-api-key-UNKNOWN")).toBe(401);
  });

  test("breaks no rule of AWS but that a key has to be known", () => {
    expect(brokenRules(fake).map(({ message }) => message)).toEqual([expect.stringMatching(/key/i)]);
  });

  test("says why it could not be authenticated", async () => {
    const { findProblem } = await upstreamOf({
      assumeRole: { arn: "arn:aws:iam::123456789012:role/claude" },
    });

    expect(await findProblem?.()).toMatch(/security token|signature|InvalidClientTokenId/i);
  });

  test("says what is odd about what it is made of", async () => {
    const said: string[] = [];
    const platform = { name: "one", provider: "anthropic-aws", workspaceId: WORKSPACE_ID, profile: "work" } as const;
    const gateway = await createGateway(
      { upstreams: [{ ...platform, baseUrl: `${fake.server.url}/v1` }] },
      { token: TOKEN, env: environment(), warn: (line) => said.push(line) },
    );
    await gateway.close();

    expect(said).toEqual([expect.stringMatching(/^Upstream "one": .*\/v1/)]);
  });

  test.each<[string, Partial<UpstreamSettings>, Record<string, string>, RegExp]>([
    [
      "a key that is not there",
      { apiKeyVariable: "MISSING" },
      {},
      /environment variable MISSING, its apiKeyVariable, is not set/,
    ],
    [
      "no workspace",
      { workspaceId: undefined },
      {},
      /Cannot use the upstream "one", Claude Platform on AWS: .*ANTHROPIC_AWS_WORKSPACE_ID/,
    ],
  ])("keeps a gateway from starting with %s", async (_, settings, env, message) => {
    await expect(upstreamOf({ profile: "work", ...settings }, env)).rejects.toThrow(message);
  });
});
