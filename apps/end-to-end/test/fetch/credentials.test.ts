import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AwsCredentials } from "@claude-on-aws/auth";
import { type ConfigInput, resolveConfig } from "@claude-on-aws/env";
import { createFetch } from "@claude-on-aws/fetch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MODEL, PROVIDERS, startFake } from "../support/fetch-providers.ts";

const OLD: AwsCredentials = { accessKeyId: "ASIAOLDEXAMPLE", secretAccessKey: "old", sessionToken: "old-token" };
const NEW: AwsCredentials = { accessKeyId: "ASIANEWEXAMPLE", secretAccessKey: "new", sessionToken: "new-token" };

const fake = startFake({ credentials: [NEW, { ...OLD, expiration: new Date(0) }] });
const URL_OF_MESSAGES = "https://api.anthropic.com/v1/messages";
const init = (): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
  body: JSON.stringify({ model: MODEL, max_tokens: 16, messages: [{ role: "user", content: "Hello" }] }),
});

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "fetch-credentials-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const profile = ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): string =>
  `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\naws_session_token=${sessionToken}\n`;

/** Resolves a configuration whose credentials stand in a file, anew each time. */
const resolver = (settings: Readonly<Record<string, string>>) => async () => {
  const input: ConfigInput = {
    env: { AWS_REGION: "us-east-1", ...PROVIDERS["anthropic-aws"]?.(fake.server.url) },
    settings: [{ source: "user", value: settings }],
    awsFiles: { credentials: await readFile(join(folder, "credentials"), "utf8") },
  };
  return resolveConfig(input);
};

describe("createFetch() with a configuration that is resolved again", () => {
  test("runs awsAuthRefresh once for all who were refused, and finds what it brought", async () => {
    await writeFile(join(folder, "credentials"), profile(OLD));
    await writeFile(join(folder, "new"), profile(NEW));
    const awsAuthRefresh = `echo login >> ${folder}/logins && cp ${folder}/new ${folder}/credentials`;
    const fetch = createFetch(resolver({ awsAuthRefresh }));
    const answers = await Promise.all(Array.from({ length: 4 }, () => fetch(URL_OF_MESSAGES, init())));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await readFile(join(folder, "logins"), "utf8")).toBe("login\n");
  });

  test("takes what awsCredentialExport prints before everything else", async () => {
    await writeFile(join(folder, "credentials"), profile(OLD));
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = NEW;
    await writeFile(
      join(folder, "export.json"),
      JSON.stringify({ Credentials: { AccessKeyId, SecretAccessKey, SessionToken } }),
    );
    const fetch = createFetch(resolver({ awsCredentialExport: `cat ${folder}/export.json` }));

    expect((await fetch(URL_OF_MESSAGES, init())).status).toBe(200);
  });
});
