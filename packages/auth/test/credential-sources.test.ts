import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createCredentialChain, createCredentials } from "../src/credentials/index.ts";

/** Long enough for a busy machine to come to the step that hangs. */
const HANGS_MS = 1_500;
/** Everything of the surroundings that AWS's chain reads. */
const VARIABLES = /^(?:AWS_|HOME$|USERPROFILE$)/;

let home = "";
const servers: Server[] = [];

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (VARIABLES.test(name)) vi.stubEnv(name, undefined);
  home = mkdtempSync(join(tmpdir(), "credentials-"));
  set({
    HOME: home,
    AWS_CONFIG_FILE: join(home, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "us-east-1",
  });
});

afterEach(() => void vi.unstubAllEnvs());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(home, { recursive: true, force: true });
});

function set(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
}

const write = (name: string, text: string): string => {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
};

/** A local stand-in; gives its origin. */
async function standIn(
  answer: (request: IncomingMessage, body: string) => string | undefined | { readonly status: number },
): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Uint8Array) => (body += new TextDecoder().decode(chunk)));
    request.on("end", () => {
      const given = answer(request, body);
      // Left open: a service that never answers.
      if (given === undefined) return;
      if (typeof given === "object") response.writeHead(given.status).end();
      else response.end(given);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const inAnHour = (): string => `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
const walk = () => createCredentialChain({ timeoutMs: 10_000 })();

describe("createCredentialChain() finds", () => {
  test("the environment", async () => {
    set({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" });

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDENV", secretAccessKey: "secret", sessionToken: "token" });
  });

  test("the shared files, and a profile in them, which beats the environment", async () => {
    write(
      "credentials",
      "[default]\naws_access_key_id=AKIDFILE\naws_secret_access_key=s\n[work]\naws_access_key_id=AKIDWORK\naws_secret_access_key=s\n",
    );
    expect(await walk()).toMatchObject({ accessKeyId: "AKIDFILE" });

    set({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "secret", AWS_PROFILE: "work" });
    expect(await walk()).toMatchObject({ accessKeyId: "AKIDWORK" });
  });

  test("what a file says now, not what it said", async () => {
    write("credentials", "[default]\naws_access_key_id=BEFORE\naws_secret_access_key=s\n");
    const chain = createCredentialChain();
    expect(await chain()).toMatchObject({ accessKeyId: "BEFORE" });
    write("credentials", "[default]\naws_access_key_id=AFTER\naws_secret_access_key=s\n");
    expect(await chain()).toMatchObject({ accessKeyId: "AFTER" });
  });

  test("credential_process", async () => {
    const output = {
      Version: 1,
      AccessKeyId: "AKIDPROCESS",
      SecretAccessKey: "s",
      SessionToken: "t",
      Expiration: inAnHour(),
    };
    const path = write("output.json", JSON.stringify(output));
    write("config", `[default]\ncredential_process = cat ${path}\n`);

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDPROCESS", expiration: new Date(output.Expiration) });
  });

  test("web identity", async () => {
    const origin = await standIn((_, body) => {
      if (!body.includes("Action=AssumeRoleWithWebIdentity") || !body.includes("WebIdentityToken=jwt"))
        return { status: 400 };
      return `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inAnHour()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
    });
    set({
      AWS_WEB_IDENTITY_TOKEN_FILE: write("token", "jwt"),
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/r",
      AWS_ENDPOINT_URL_STS: origin,
    });

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDWEB", sessionToken: "t" });
  });

  test("SSO", async () => {
    const origin = await standIn(({ headers, url }) => {
      if (headers["x-amz-sso_bearer_token"] !== "sso-token" || !url?.includes("account_id=123456789012"))
        return { status: 401 };
      const roleCredentials = {
        accessKeyId: "AKIDSSO",
        secretAccessKey: "s",
        sessionToken: "t",
        expiration: Date.now() + 3_600_000,
      };
      return JSON.stringify({ roleCredentials });
    });
    write(
      "config",
      "[default]\nsso_session=corp\nsso_account_id=123456789012\nsso_role_name=r\nregion=us-east-1\n[sso-session corp]\nsso_region=us-east-1\nsso_start_url=https://corp.awsapps.com/start\n",
    );
    const name = createHash("sha1").update("corp").digest("hex");
    write(
      `.aws/sso/cache/${name}.json`,
      JSON.stringify({
        accessToken: "sso-token",
        expiresAt: inAnHour(),
        region: "us-east-1",
        startUrl: "https://corp.awsapps.com/start",
      }),
    );
    set({ AWS_ENDPOINT_URL_SSO: origin });

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDSSO" });
  });

  test("a container's endpoint", async () => {
    const origin = await standIn(({ headers }) => {
      if (headers.authorization !== "container-token") return { status: 401 };
      return JSON.stringify({ AccessKeyId: "AKIDCONTAINER", SecretAccessKey: "s", Token: "t", Expiration: inAnHour() });
    });
    set({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/creds`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "container-token",
    });

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDCONTAINER", sessionToken: "t" });
  });

  test("instance metadata, version 2", async () => {
    const origin = await standIn(({ method, url, headers }) => {
      if (method === "PUT" && url === "/latest/api/token") return "imds-token";
      if (headers["x-aws-ec2-metadata-token"] !== "imds-token") return { status: 401 };
      if (url?.endsWith("/security-credentials/")) return "role";
      return JSON.stringify({
        Code: "Success",
        LastUpdated: inAnHour(),
        Type: "AWS-HMAC",
        AccessKeyId: "AKIDIMDS",
        SecretAccessKey: "s",
        Token: "t",
        Expiration: inAnHour(),
      });
    });
    set({ AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: origin });

    expect(await walk()).toMatchObject({ accessKeyId: "AKIDIMDS" });
  });
});

describe("createCredentialChain() fails", () => {
  test("with the last step, where there is nothing", async () => {
    await expect(walk()).rejects.toMatchObject({ name: "AuthError", code: "CREDENTIALS_NOT_FOUND" });
  });

  test("in time, with the step that hangs: credential_process", async () => {
    write("config", "[default]\ncredential_process = sleep 60\n");

    await expect(createCredentialChain({ timeoutMs: HANGS_MS })()).rejects.toMatchObject({
      code: "CREDENTIALS_TIMEOUT",
      step: "credential_process",
    });
  });

  test("in time, with the step that hangs: container", async () => {
    set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await standIn(() => undefined)}/creds` });

    await expect(createCredentialChain({ timeoutMs: HANGS_MS })()).rejects.toMatchObject({
      code: "CREDENTIALS_TIMEOUT",
      step: "container",
    });
  });

  test("in time, with the step that hangs: web identity", async () => {
    set({
      AWS_WEB_IDENTITY_TOKEN_FILE: write("token", "jwt"),
      AWS_ROLE_ARN: "arn:aws:iam::1:role/r",
      AWS_ENDPOINT_URL_STS: await standIn(() => undefined),
    });

    await expect(createCredentialChain({ timeoutMs: HANGS_MS })()).rejects.toMatchObject({
      code: "CREDENTIALS_TIMEOUT",
      step: "web identity",
    });
  });
});

describe("createCredentials() on the real shell", () => {
  test("logs in when the SSO session has ended, and goes on with the new one", async () => {
    const origin = await standIn(({ headers }) => {
      if (headers["x-amz-sso_bearer_token"] !== "fresh") return { status: 401 };
      const roleCredentials = { accessKeyId: "AKIDSSO", secretAccessKey: "s", sessionToken: "t" };
      return JSON.stringify({ roleCredentials: { ...roleCredentials, expiration: Date.now() + 3_600_000 } });
    });
    write(
      "config",
      "[default]\nsso_session=corp\nsso_account_id=123456789012\nsso_role_name=r\nregion=us-east-1\n[sso-session corp]\nsso_region=us-east-1\nsso_start_url=https://corp.awsapps.com/start\n",
    );
    const token = (accessToken: string, expiresAt: string): string =>
      JSON.stringify({ accessToken, expiresAt, region: "us-east-1", startUrl: "https://corp.awsapps.com/start" });
    const path = `.aws/sso/cache/${createHash("sha1").update("corp").digest("hex")}.json`;
    write(path, token("stale", "2020-01-01T00:00:00Z"));
    const next = write("next.json", token("fresh", inAnHour()));
    set({ AWS_ENDPOINT_URL_SSO: origin });
    const shown: string[] = [];
    const awsAuthRefresh = `echo logging in; cp ${next} ${join(home, path)}`;
    const { get } = createCredentials({ awsAuthRefresh, show: (text) => shown.push(text) });

    expect(await Promise.all([get(), get()])).toMatchObject([{ accessKeyId: "AKIDSSO" }, { accessKeyId: "AKIDSSO" }]);
    expect(shown.join("")).toBe("logging in\n");
  });

  test("logs in when the files have ended in mid-run, and goes on with what the login wrote", async () => {
    const process1 = (id: string, end: string): string =>
      JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: "s", SessionToken: "t", Expiration: end });
    const path = write("output.json", process1("OLD", new Date(Date.now() + 400_000).toISOString()));
    const next = write("next.json", process1("NEW", new Date(Date.now() + 9_000_000).toISOString()));
    write("config", `[default]\ncredential_process = cat ${path}\n`);
    let time = Date.now();
    const shown: string[] = [];
    const { get, refresh } = createCredentials({
      awsAuthRefresh: `echo logging in; cp ${next} ${path}`,
      show: (text) => shown.push(text),
      now: () => new Date(time),
    });
    const first = await get();
    expect(first).toMatchObject({ accessKeyId: "OLD" });
    time += 401_000;

    expect(await refresh("expired", first)).toBe(true);
    expect(await get()).toMatchObject({ accessKeyId: "NEW" });
    expect(shown.join("")).toBe("logging in\n");
  });

  test.each([
    ["fails", "exit 1", 60_000, /exit status 1/],
    ["hangs", "sleep 60", 200, /did not end within 200 ms/],
  ])("says so where the login command %s", async (_, awsAuthRefresh, commandTimeoutMs, expected) => {
    set({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "secret" });
    const shown: string[] = [];
    const { get, refresh } = createCredentials({
      awsAuthRefresh,
      commandTimeoutMs,
      show: (text) => shown.push(text),
    });

    expect(await refresh("expired", await get())).toBe(false);
    expect(shown.join("")).toMatch(expected);
  });

  test.each([
    ["prints garbage", "echo garbage"],
    ["fails", "exit 1"],
    ["hangs", "sleep 5"],
    ["prints without end", "yes"],
  ])("uses the chain where the export command %s", async (_, awsCredentialExport) => {
    set({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "secret" });
    const shown: string[] = [];
    const { get } = createCredentials({
      awsCredentialExport,
      commandTimeoutMs: 300,
      maxOutputBytes: 1000,
      show: (text) => shown.push(text),
    });

    expect(await get()).toMatchObject({ accessKeyId: "AKIDENV" });
    expect(shown.join("")).toContain("using the credential chain");
  });
});
