import { resolveConfig, type Problem } from "@claude-on-aws/env";
import { describe, expect, test } from "vitest";
import { planRequest } from "../index.ts";

type Environment = Readonly<Record<string, string>>;

const SIGNED = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "x" };
const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "ap-northeast-1", ...SIGNED };
const PLATFORM = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  AWS_REGION: "us-east-1",
  ...SIGNED,
};

const refused = (env: Environment, model?: string): readonly Problem[] =>
  planRequest(resolveConfig({ env }), { model }).problems.filter(({ refusal }) => refusal !== undefined);

const INVALID = { status: 400, type: "ValidationException" };

describe("a request that the service refuses is foreseen", () => {
  test.each([
    ["apac.anthropic.claude-haiku-4-5-20251001-v1:0", "PROFILE_NOT_IN_REGION", /jp\.anthropic.* or global\./],
    ["us.anthropic.claude-opus-5-5", "PROFILE_NOT_IN_REGION", /jp\.anthropic\.claude-opus-5-5/],
    ["anthropic.claude-haiku-4-5-20251001-v1:0", "MODEL_NEEDS_PROFILE", /jp\.anthropic\.claude-haiku/],
    ["us.anthropic.claude-opus-4-8-v1", "MODEL_UNKNOWN", /jp\.anthropic\.claude-opus-4-8 /],
    ["arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc", "MODEL_ARN_INVALID", /ap-northeast-1/],
    ["arn:aws:s3:::bucket", "MODEL_ARN_INVALID", /ARN of a profile/],
  ])("for the model %s", (model, code, fix) => {
    expect(refused(BEDROCK, model)).toMatchObject([{ code, refusal: INVALID, fix: expect.stringMatching(fix) }]);
  });

  test.each<[string, Environment, string, number, string]>([
    [
      "a key of no form",
      { AWS_BEARER_TOKEN_BEDROCK: "AKIAIOSFODNN7EXAMPLE" },
      "KEY_MALFORMED",
      403,
      "AccessDeniedException",
    ],
    [
      "another family's key",
      { AWS_BEARER_TOKEN_BEDROCK: "AEAAx" },
      "KEY_OF_WRONG_FAMILY",
      403,
      "AccessDeniedException",
    ],
    [
      "a token beside AKIA",
      { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SESSION_TOKEN: "t" },
      "SESSION_TOKEN_UNEXPECTED",
      403,
      "UnrecognizedClientException",
    ],
    [
      "no token beside ASIA",
      { AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE" },
      "SESSION_TOKEN_MISSING",
      403,
      "UnrecognizedClientException",
    ],
    [
      "a host of another region",
      { ANTHROPIC_BEDROCK_BASE_URL: "https://bedrock-runtime.eu-west-1.amazonaws.com" },
      "BASE_URL_OF_OTHER_REGION",
      403,
      "InvalidSignatureException",
    ],
    [
      "a tier that is none",
      { ANTHROPIC_BEDROCK_SERVICE_TIER: "gold" },
      "SERVICE_TIER_UNKNOWN",
      400,
      "ValidationException",
    ],
    [
      "no authentication",
      { CLAUDE_CODE_SKIP_BEDROCK_AUTH: "1" },
      "AUTHENTICATION_MISSING",
      403,
      "AccessDeniedException",
    ],
  ])("for %s", (_, env, code, status, type) => {
    const [first] = refused({ ...BEDROCK, ANTHROPIC_MODEL: "global.anthropic.claude-opus-5-5", ...env });

    expect(first).toMatchObject({ code, severity: "warning", refusal: { status, type } });
    expect(JSON.stringify(first)).not.toContain("IOSFODNN7EXAMPLE");
  });

  test("by the host that gets it, also where the client takes it for the Anthropic API", () => {
    const key = "aws-external-anthropic-api-key-TEST";
    const problems = refused({
      ANTHROPIC_BASE_URL: "https://aws-external-anthropic.ap-northeast-1.api.aws",
      ANTHROPIC_API_KEY: key,
      ANTHROPIC_CUSTOM_HEADERS: `Authorization: Bearer ${key}\nanthropic-workspace-id: wrkspc_01AbCdEf23GhIj`,
    });

    expect(problems).toMatchObject([
      { code: "BOTH_AUTH_HEADERS", refusal: { status: 400, type: "invalid_request_error" } },
    ]);
  });

  test("on Claude Platform, for a model and for a workspace", () => {
    expect(refused(PLATFORM, "claude-opus-4-9")).toMatchObject([
      { code: "MODEL_UNKNOWN", refusal: { status: 404, type: "not_found_error" } },
    ]);
    expect(refused({ ...PLATFORM, ANTHROPIC_AWS_WORKSPACE_ID: "ws-1" })).toMatchObject([
      { code: "WORKSPACE_ID_MALFORMED", refusal: { status: 400, type: "invalid_request_error" } },
    ]);
  });
});

describe("nothing is foreseen", () => {
  test.each<[string, Environment, string | undefined]>([
    ["of a request that is right", BEDROCK, "jp.anthropic.claude-opus-5-5"],
    ["of Claude Platform's own default", PLATFORM, undefined],
    ["of a gateway", { ...BEDROCK, ANTHROPIC_BEDROCK_BASE_URL: "https://gateway.example.com" }, "house-model"],
    ["of a provisioned model", BEDROCK, "arn:aws:bedrock:ap-northeast-1:123456789012:provisioned-model/abcdefghijkl"],
  ])("%s", (_, env, model) => {
    expect(refused(env, model)).toEqual([]);
  });
});
