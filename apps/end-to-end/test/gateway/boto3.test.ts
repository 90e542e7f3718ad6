import { runCommand } from "@claude-on-aws/auth/command";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { brokenRules, startFake, TEXT } from "../support/fetch-providers.ts";
import { findBoto3 } from "../support/find-boto3.ts";
import { startServedGateway } from "../support/serve-gateway.ts";

const found = await findBoto3();
const reason = "missing" in found ? ` (skipped: ${found.missing})` : "";
const { python = "" } = "missing" in found ? {} : found;
const SCRIPT = fileURLToPath(new URL("../support/ask-with-boto3.py", import.meta.url));

/** What the machine that runs the test has configured must not decide. */
const NOTHING_ELSE: Readonly<Record<string, string | undefined>> = {
  ...process.env,
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^AWS_|_proxy$/i.test(name))
      .map((name) => [name, undefined]),
  ),
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
};

describe.skipIf(reason !== "")(`boto3 through a gateway to Amazon Bedrock${reason}`, () => {
  const fake = startFake({
    scenario: {
      replies: [
        { when: { text: "throttle" }, reply: { throttle: {} } },
        { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
      ],
    },
  });
  const gateway = startServedGateway(fake, "bedrock");
  const ask = async (variables: Readonly<Record<string, string>>, ...ways: readonly string[]) => {
    const { url } = gateway;
    const endpoints = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url, AWS_ENDPOINT_URL_BEDROCK: url };
    const env = { ...NOTHING_ELSE, ...endpoints, ...variables };
    const { stdout, stderr } = await runCommand([python, SCRIPT, ...ways], { env });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  };

  test("with the token in AWS_BEARER_TOKEN_BEDROCK is answered in each way that it has", async () => {
    expect(await ask({ AWS_BEARER_TOKEN_BEDROCK: gateway.token })).toEqual({
      converse: "Hello, wörld",
      converse_stream: "Hello, wörld",
      invoke_model: "Hello, wörld",
      invoke_model_with_response_stream: ["message_start", "message_stop"],
      count_tokens: true,
      list_inference_profiles: true,
      throttled: { error: "ThrottlingException", message: expect.any(String) },
      cut: { error: expect.any(String), message: expect.any(String) },
    });
    const { exchanges } = fake.core.journal.snapshot();
    expect(new Set(exchanges.map(({ client, caller }) => `${client.split("/")[0]} ${caller?.kind}`))).toEqual(
      new Set(["Boto3 sigv4"]),
    );
  });

  test("is told of the variable where it signs, and nothing is sent", async () => {
    const before = fake.core.journal.snapshot().exchanges.length;
    const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
    const signing = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };

    expect(await ask(signing, "converse")).toEqual({
      converse: {
        error: "AccessDeniedException",
        message: expect.stringContaining("set AWS_BEARER_TOKEN_BEDROCK to the token"),
      },
    });
    expect(fake.core.journal.snapshot().exchanges.length).toBe(before);
  });

  test("breaks no rule of AWS", () => {
    expect(brokenRules(fake)).toEqual([]);
  });
});
