import { generateShortTermKey } from "@claude-on-aws/auth";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../server.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const SESSION = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "sEcReT/SESSION", sessionToken: "tok+en/1==" };
const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);

type Provider = "anthropic-aws" | "bedrock" | "mantle";

const TARGETS: Readonly<Record<Provider, string>> = {
  "anthropic-aws": "/v1/models",
  bedrock: "/inference-profiles",
  mantle: "/anthropic/v1/messages",
};

/** The refusal's name and code of the check, and the caller. */
async function judge(key: string, provider: Provider, options: FakeOptions = {}, host = "127.0.0.1:4242") {
  const fake = createFakeCore({ now: () => NOW, credentials: [EXAMPLE_CREDENTIALS, SESSION], ...options });
  await fake.handle({
    method: provider === "mantle" ? "POST" : "GET",
    target: TARGETS[provider],
    headers: [
      ["host", host],
      ["authorization", `Bearer ${key}`],
      // Without it, a key of Bedrock would be one for the Messages endpoint.
      ...(provider === "anthropic-aws" ? [["anthropic-workspace-id", "wrkspc_1"] as const] : []),
    ],
    httpVersion: "1.1",
    body: new Uint8Array(),
    wire: "received",
  });
  const entry = fake.journal.snapshot().exchanges[0];
  const fault = entry?.checks.find(({ check }) => check === "authentication")?.fault;
  return { fault: fault?.name, code: fault?.details?.["code"], message: fault?.message, caller: entry?.caller };
}

type Family = "anthropic-aws" | "bedrock";
const PROVIDERS: readonly (readonly [Provider, Family])[] = [
  ["anthropic-aws", "anthropic-aws"],
  ["bedrock", "bedrock"],
  ["mantle", "bedrock"],
];

const makeKey = (family: Family, more: Partial<Parameters<typeof generateShortTermKey>[0]> = {}): Promise<string> =>
  generateShortTermKey({ credentials: EXAMPLE_CREDENTIALS, family, region: "eu-west-1", date: NOW, ...more });

/** The key with the last digit of its signature changed. */
function forge(key: string): string {
  const prefix = /^[a-z-]+/.exec(key)?.[0] ?? "";
  const url = atob(key.slice(prefix.length));
  return prefix + btoa(url.replace(/(?<=X-Amz-Signature=[0-9a-f]{63})./, (digit) => (digit === "0" ? "1" : "0")));
}

describe.each(PROVIDERS)("checkApiKey() of %s, with short-term keys of %s,", (provider, family) => {
  test("takes one, and says whose it is", async () => {
    const service = family === "bedrock" ? "bedrock" : "aws-external-anthropic";

    expect((await judge(await makeKey(family), provider)).caller).toEqual({
      kind: "bearer",
      accessKeyId: "AKIDEXAMPLE",
      region: "eu-west-1",
      service,
    });
  });

  test("takes one of a session", async () => {
    expect((await judge(await makeKey(family, { credentials: SESSION }), provider)).fault).toBeUndefined();
  });

  test("takes one of an access key that it does not know", async () => {
    const credentials = { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" };

    expect((await judge(await makeKey(family, { credentials }), provider)).fault).toBeUndefined();
  });

  test("refuses one whose signature is wrong", async () => {
    expect(await judge(forge(await makeKey(family)), provider)).toMatchObject({
      fault: "api-key-unknown",
      code: "SIGNATURE_MISMATCH",
      caller: undefined,
    });
  });

  test("refuses one that has ended, whoever made it", async () => {
    const credentials = { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" };
    const key = await makeKey(family, { credentials, date: hoursAgo(13) });

    expect(await judge(key, provider)).toMatchObject({ fault: "api-key-expired", code: "PRESIGNED_EXPIRED" });
  });

  test("refuses one whose credentials have ended", async () => {
    const ended = { ...SESSION, expiration: hoursAgo(1) };
    const key = await makeKey(family, { credentials: SESSION, date: hoursAgo(2) });

    expect(await judge(key, provider, { credentials: [ended] })).toMatchObject({
      fault: "api-key-expired",
      code: "CREDENTIALS_EXPIRED",
    });
  });

  test("refuses one of another region than the host, or than the fake's", async () => {
    const host = {
      "anthropic-aws": "aws-external-anthropic.us-east-1.api.aws",
      bedrock: "bedrock.us-east-1.amazonaws.com",
      mantle: "bedrock-mantle.us-east-1.api.aws",
    }[provider];
    const key = await makeKey(family);

    expect(await judge(key, provider, {}, host)).toMatchObject({ fault: "api-key-unknown", code: "WRONG_REGION" });
    expect(await judge(key, provider, { region: "us-east-1" })).toMatchObject({ code: "WRONG_REGION" });
  });

  test("refuses one of the other family, and those of the Claude Console", async () => {
    const other = await makeKey(family === "bedrock" ? "anthropic-aws" : "bedrock");

    expect((await judge(other, provider)).fault).toBe("api-key-malformed");
    expect((await judge("sk-ant-api03-x", provider)).fault).toBe("api-key-malformed");
    expect((await judge("sk-ant-oat01-x", provider)).fault).toBe("api-key-malformed");
  });

  test("takes no other keys than those of apiKeys, and these until they end", async () => {
    const key = await makeKey(family);
    const until = (expiration: Date): FakeOptions => ({ apiKeys: ["k", { key, expiration }] });

    expect((await judge(key, provider, { apiKeys: ["k"] })).fault).toBe("api-key-unknown");
    expect((await judge(key, provider, until(new Date(NOW.getTime() + 1)))).fault).toBeUndefined();
    expect((await judge(key, provider, until(NOW))).fault).toBe("api-key-expired");
  });
});

describe("checkApiKey(), with long-term keys,", () => {
  const LONG = {
    "anthropic-aws": btoa("\0@\0AeaApiKey-abcd+1-at-123456789012:secret"),
    bedrock: `ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`,
  };

  test.each(PROVIDERS)("of %s takes those of %s and no others", async (provider, family) => {
    const facts = { undecodableKeys: false };

    expect((await judge(LONG[family], provider, { facts })).fault).toBeUndefined();
    expect((await judge(LONG[family === "bedrock" ? "anthropic-aws" : "bedrock"], provider)).fault).toBe(
      "api-key-malformed",
    );
  });

  test("says of an ended key what each service says", async () => {
    const ended = (key: string): FakeOptions => ({ apiKeys: [{ key, expiration: NOW }] });

    expect((await judge(LONG.bedrock, "bedrock", ended(LONG.bedrock))).message).toBe("Bearer Token has expired");
    expect((await judge(LONG.bedrock, "mantle", ended(LONG.bedrock))).message).toBe(
      "The security token included in the request is expired",
    );
  });
});
