import { hide } from "@claude-on-aws/endpoints";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createStatusCommand } from "./index.ts";
import type { StatusReport } from "./status-report.ts";

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in a folder of its own that holds the given files. */
async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const home = mkdtempSync(join(tmpdir(), "status-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const out: string[] = [];
  const error: string[] = [];
  const command = createStatusCommand({
    env: { PATH: process.env["PATH"], HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...env },
    directory: join(home, "project"),
    managedSettings: join(home, "managed-settings.json"),
  });
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), colour: false };
  const status = await command.run(args, terminal);
  return { status, out: out.join("\n"), error: error.join("\n") };
}

async function report(...args: Parameters<typeof run>): Promise<StatusReport & { readonly status: number }> {
  const { status, out } = await run(
    ["--json", ...args[0]],
    ...(args.slice(1) as [Record<string, string>?, Record<string, string>?]),
  );
  return { ...(JSON.parse(out) as StatusReport), status };
}

const onPlatform = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCd",
  AWS_REGION: "us-east-1",
};
const onBedrock = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1" };
const keys = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "FwoGZXIvYXdzEXAMPLETOKEN==",
};

describe("status", () => {
  test("prints the whole contract as JSON", async () => {
    expect(await report(["--model", "sonnet[1m]"], { ...onBedrock, ...keys })).toEqual({
      status: 0,
      provider: "bedrock",
      providers: ["bedrock"],
      region: { value: "eu-west-1", source: "AWS_REGION" },
      baseUrl: { value: "https://bedrock-runtime.eu-west-1.amazonaws.com", source: "default" },
      workspaceId: null,
      auth: { method: "sigv4", source: "AWS_ACCESS_KEY_ID" },
      model: {
        requested: "sonnet[1m]",
        id: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        source: "--model",
        context1m: true,
      },
      request: {
        method: "POST",
        url: "https://bedrock-runtime.eu-west-1.amazonaws.com/model/eu.anthropic.claude-sonnet-4-5-20250929-v1:0/invoke-with-response-stream",
        headers: { accept: "application/json", "content-type": "application/json", "anthropic-version": "2023-06-01" },
        signing: {
          service: "bedrock",
          region: "eu-west-1",
          accessKeyId: "AKIDEXAMPLE",
          sessionToken: hide(keys.AWS_SESSION_TOKEN),
        },
        body: { model: null, anthropic_version: "bedrock-2023-05-31", anthropic_beta: ["context-1m-2025-08-07"] },
        promptCaching: { enabled: true, ttl: "5m" },
      },
      controlPlane: ["GET /inference-profiles?type=SYSTEM_DEFINED"],
      controlPlaneOrigin: "https://bedrock.eu-west-1.amazonaws.com",
      problems: [],
    });
  });

  test("masks secrets unless it is told not to", async () => {
    const env = {
      ...onPlatform,
      ANTHROPIC_AWS_API_KEY: "AEAA0123456789abcdef",
      ANTHROPIC_CUSTOM_HEADERS: "x-gateway-token: 0123456789abcdef0123",
      ANTHROPIC_AWS_BASE_URL: "https://user:pass1234@gateway.example.com",
    };
    for (const args of [[], ["--json"]]) {
      const { out } = await run(args, env);
      for (const secret of ["0123456789abcdef", "pass1234"]) expect(out).not.toContain(secret);
    }
    const shown = await report(["--show-secrets"], env);
    expect(shown.request?.headers["x-api-key"]).toBe("AEAA0123456789abcdef");
    expect(shown.baseUrl?.value).toContain("pass1234");
  });

  test("runs a command only with --run-helpers, and then once", async () => {
    const output = '{"AccessKeyId":"AKIDCOMMAND","SecretAccessKey":"s","SessionToken":"t"}';
    const command = `echo x >> "$HOME/runs"; echo '${output}'`;
    const files = { ".claude/settings.json": JSON.stringify({ awsCredentialExport: command }) };
    const before = await report([], onBedrock, files);
    expect(before).toMatchObject({ status: 0, auth: { source: "awsCredentialExport in user settings" } });
    expect(before.request?.signing?.accessKeyId).toBeNull();
    expect(before.problems.map(({ code }) => code)).toEqual(["VALUE_FROM_COMMAND"]);
    const after = await report(["--run-helpers"], onBedrock, files);
    expect(after.request?.signing?.accessKeyId).toBe("AKIDCOMMAND");
    expect(after.problems).toEqual([]);
  });

  test("goes on with the chain where the command fails", async () => {
    const files = { ".claude/settings.json": JSON.stringify({ awsCredentialExport: "exit 1" }) };
    const { request, problems } = await report(["--run-helpers"], { ...onBedrock, ...keys }, files);
    expect(request?.signing?.accessKeyId).toBe("AKIDEXAMPLE");
    expect(problems.map(({ code }) => code)).toEqual(["VALUE_FROM_COMMAND"]);
  });

  test("takes the key of apiKeyHelper for a gateway", async () => {
    const files = { ".claude/settings.json": JSON.stringify({ apiKeyHelper: "echo helper-key" }) };
    const env = { ...onPlatform, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: "1" };
    const { request } = await report(["--run-helpers", "--show-secrets"], env, files);
    expect(request?.headers).toMatchObject({ authorization: "Bearer helper-key", "x-api-key": "helper-key" });
  });

  test.each([
    ["nothing is set", {}, 1],
    ["there are no credentials", onBedrock, 1],
    ["there is a key", { ...onBedrock, AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" }, 0],
    ["the provider is Vertex", { CLAUDE_CODE_USE_VERTEX: "1" }, 0],
  ])("ends with the right status where %s", async (_name, env, status) => {
    expect((await run([], env)).status).toBe(status);
    expect((await report([], env)).request === null).toBe(status === 1 || "CLAUDE_CODE_USE_VERTEX" in env);
  });

  test("takes the listed inference profiles and the client's version", async () => {
    const listed = "--inference-profiles=global.anthropic.claude-opus-5-5, us.anthropic.claude-opus-5-5";
    expect((await report([listed], { ...onBedrock, ...keys })).model.id).toBe("global.anthropic.claude-opus-5-5");
    const old = await report(["--client-version", "2.1.197"], { ...onBedrock, ...keys });
    expect(old.model.id).toBe("eu.anthropic.claude-sonnet-4-5-20250929-v1:0");
  });

  test.each([[["--nonsense"]], [["extra"]], [["--client-version", "latest"]]])("refuses %j", async (args) => {
    const { status, out, error } = await run(args);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(error).not.toBe("");
  });

  test("prints its help", async () => {
    expect(await run(["--help"])).toMatchObject({
      status: 0,
      out: expect.stringContaining("Usage: claude-on-aws status"),
    });
  });

  test("folds a long ARN", async () => {
    const arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abcdefghijkl";
    const { out } = await run([], { ...onBedrock, ...keys, ANTHROPIC_MODEL: arn });

    expect(out).toMatch(
      /^model +arn:aws:bedrock:eu-west-1:123456789012:application-inference- +ANTHROPIC_MODEL\n +profile\/abcdefghijkl$/m,
    );
    const rows = out.split("\n").map((line) => line.replace(/ {2,}[A-Za-z_]+$/, ""));
    expect(rows.filter((row) => row.length > 82)).toEqual([]);
  });

  test("writes problems with their fixes below the table", async () => {
    const { out } = await run([], { ...onPlatform, CLAUDE_CODE_USE_ANTHROPIC_AWS: "enabled", ANTHROPIC_API_KEY: "k" });
    expect(out).toMatch(/provider +Anthropic API +default/);
    expect(out).toMatch(/warning SWITCH_NOT_TRUTHY\n +CLAUDE_CODE_USE_ANTHROPIC_AWS is set to "enabled".*\n +→ Set/);
  });
});
