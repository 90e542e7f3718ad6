import { describe, expect, test } from "vitest";
import { policyFor, type PolicyDocument, type PolicyQuestion } from "@claude-on-aws/auth/iam";
import { createPolicyCommand } from "./index.ts";

const question: PolicyQuestion = {
  provider: "anthropic-aws",
  region: "us-west-2",
  accountId: "123456789012",
  workspaceId: "wrkspc_01AbCdEf23GhIj",
  models: [],
  authentication: "sigv4",
  features: [],
};

describe("policyFor()", () => {
  test("allows inference in one workspace of Claude Platform on AWS", () => {
    expect(policyFor(question)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "UseClaude",
          Effect: "Allow",
          Action: ["aws-external-anthropic:CreateInference"],
          Resource: "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_01AbCdEf23GhIj",
        },
      ],
    });
  });

  test.each([
    ["anthropic-aws", "aws-external-anthropic:CallWithBearerToken"],
    ["bedrock", "bedrock:CallWithBearerToken"],
    ["mantle", "bedrock-mantle:CallWithBearerToken"],
  ] as const)("allows a key on %s, on every resource", (provider, action) => {
    const keyed = policyFor({ ...question, provider, authentication: "key" });
    expect(keyed.Statement.at(-1)).toMatchObject({ Action: [action], Resource: "*" });
    const signed = policyFor({ ...question, provider });
    expect(JSON.stringify(signed)).not.toContain("CallWithBearerToken");
  });

  test("allows a profile of Bedrock, and the model behind it only through the profile", () => {
    const profile = "arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.anthropic.claude-opus-5";
    const policy = policyFor({ ...question, provider: "bedrock", models: ["us.anthropic.claude-opus-5"] });
    expect(policy.Statement).toMatchObject([
      { Resource: [profile] },
      {
        Resource: ["arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5"],
        Condition: { ArnLike: { "bedrock:InferenceProfileArn": [profile] } },
      },
    ]);
  });

  test("writes the partition and no account into the ARN of a foundation model", () => {
    const options = { ...question, provider: "bedrock", region: "us-gov-west-1", partition: "aws-us-gov" } as const;
    const policy = policyFor({ ...options, models: ["anthropic.claude-3-haiku-20240307-v1:0"] });
    expect(policy.Statement[0]?.Resource).toEqual([
      "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
    ]);
  });

  test("adds what a feature takes, and nothing else", () => {
    const policy = policyFor({ ...question, features: ["count-tokens", "files"] });
    expect(policy.Statement).toHaveLength(1);
    expect(policy.Statement[0]?.Action).toEqual(
      ["CreateInference", "CountTokens", "CreateFile", "GetFile", "ListFiles", "DeleteFile"].map(
        (action) => `aws-external-anthropic:${action}`,
      ),
    );
  });
});

async function run(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ status: number; out: string; error: string }> {
  const out: string[] = [];
  const command = createPolicyCommand({ env, directory: "/none", home: "/none", managedSettings: "/none" });
  const error: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), colour: false };
  return { status: await command.run(args, terminal), out: out.join("\n"), error: error.join("\n") };
}

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "us-east-1" };

describe("policy", () => {
  test("takes what is not given from the configuration", async () => {
    const env = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" };
    const { status, out } = await run(["--account", "123456789012", "--model", "sonnet"], env);
    expect(status).toBe(0);
    const { Statement } = JSON.parse(out) as PolicyDocument;
    expect(Statement.map(({ Sid }) => Sid)).toEqual([
      "InvokeClaude",
      "InvokeBehindProfiles",
      "FindProfiles",
      "CallWithKey",
    ]);
    expect(Statement[0]?.Resource).toEqual([
      "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]);
  });

  test("names the regions that a profile routes to, and no other", async () => {
    const { out } = await run(["--model", "jp.anthropic.claude-opus-5-5", "--region", "ap-northeast-1"], BEDROCK);
    const { Statement } = JSON.parse(out) as PolicyDocument;
    expect(Statement.find(({ Sid }) => Sid === "InvokeBehindProfiles")?.Resource).toEqual([
      "arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-opus-5-5",
      "arn:aws:bedrock:ap-northeast-3::foundation-model/anthropic.claude-opus-5-5",
    ]);
  });

  test("names the ARN without a region for a global profile", async () => {
    const { out } = await run(["--model", "global.anthropic.claude-opus-5-5", "--region", "sa-east-1"], BEDROCK);
    const { Statement } = JSON.parse(out) as PolicyDocument;
    expect(Statement.find(({ Sid }) => Sid === "InvokeBehindProfiles")?.Resource).toEqual([
      "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5",
      "arn:aws:bedrock:sa-east-1::foundation-model/anthropic.claude-opus-5-5",
    ]);
  });

  test("names the profiles of every geography of the partition for every region", async () => {
    const { out } = await run(["--model", "claude-opus-5-5", "--region", "*"], BEDROCK);
    const { Statement } = JSON.parse(out) as PolicyDocument;
    expect(Statement[0]?.Resource).toEqual(
      ["us", "eu", "jp", "au", "global"].map(
        (geography) => `arn:aws:bedrock:*:*:inference-profile/${geography}.anthropic.claude-opus-5-5`,
      ),
    );
    const inGovCloud = await run(["--model", "claude-opus-5-5", "--region", "*"], {
      ...BEDROCK,
      AWS_REGION: "us-gov-west-1",
    });
    expect((JSON.parse(inGovCloud.out) as PolicyDocument).Statement[0]?.Resource).toEqual([
      "arn:aws-us-gov:bedrock:*:*:inference-profile/us-gov.anthropic.claude-opus-5-5",
    ]);
  });

  test("says that a model is mistyped, and which was meant", async () => {
    const { status, error } = await run(
      ["--model", "us.anthropic.claude-opus-4-8-v1", "--region", "us-east-1"],
      BEDROCK,
    );
    expect(status).toBe(0);
    expect(error).toMatch(/^MODEL_UNKNOWN: .* Ask for us\.anthropic\.claude-opus-4-8 or global\./);
    expect((await run(["--model", "us.anthropic.claude-opus-4-8", "--region", "us-east-1"], BEDROCK)).error).toBe("");
  });

  test("writes for the provider that is asked for, whatever is switched on", async () => {
    const { out } = await run(["--provider", "mantle", "--region", "eu-north-1"], { CLAUDE_CODE_USE_BEDROCK: "1" });
    expect(out).toContain("arn:aws:bedrock-mantle:eu-north-1:*:project/*");
  });

  test.each([[[]], [["--provider", "x"]], [["--feature", "x", "--provider", "bedrock"]], [["--account", "1"]]])(
    "refuses %j",
    async (args) => {
      expect((await run(args)).status).toBe(2);
    },
  );
});
