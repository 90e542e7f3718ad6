import { resolveConfig, type ConfigInput, type ProblemCode } from "@claude-on-aws/env";
import { describe, expect, test } from "vitest";
import { planRequest, type PlanRequestOptions, type RequestPlan } from "./index.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const onBedrock = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1", ...keys };
const onBoth = { ...onBedrock, CLAUDE_CODE_USE_MANTLE: "1" };

const plan = (env: ConfigInput["env"], options?: PlanRequestOptions): RequestPlan =>
  planRequest(resolveConfig({ env }), options);
const codes = ({ problems }: RequestPlan): readonly ProblemCode[] => problems.map(({ code }) => code);

describe("planRequest()", () => {
  test("asks for a whole reply if it is not to be streamed", () => {
    expect(plan(onBedrock, { model: "m", stream: false }).request?.url).toMatch(/\/model\/m\/invoke$/);
    const onPlatform = { CLAUDE_CODE_USE_ANTHROPIC_AWS: "1", ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_1", ...keys };
    expect(plan(onPlatform, { stream: false }).request?.body.stream).toBe(false);
  });

  test.each([
    ["claude-sonnet-4-5", ["MODEL_OF_OTHER_PROVIDER"]],
    ["anthropic.claude-opus-5", ["MODEL_NEEDS_PROFILE"]],
    ["eu.anthropic.claude-opus-5", ["PROFILE_NOT_LISTED"]],
    ["us.anthropic.claude-opus-5", ["PROFILE_NOT_IN_REGION"]],
    ["my-model", ["MODEL_UNKNOWN"]],
  ] as const)("reports what is wrong with %s on Bedrock", (model, expected) => {
    expect(codes(plan(onBedrock, { model, inferenceProfiles: ["us.anthropic.claude-opus-5"] }))).toEqual(expected);
  });

  test.each([
    ["claude-sonnet-4-5", "Ask for eu.anthropic.claude-sonnet-4-5-20250929-v1:0 or an alias such as sonnet."],
    ["anthropic.claude-opus-5", "Ask for eu.anthropic.claude-opus-5 or global.anthropic.claude-opus-5."],
    ["eu.anthropic.claude-opus-5", "pin us.anthropic.claude-opus-5."],
    ["us.anthropic.claude-opus-5", "Ask for eu.anthropic.claude-opus-5 or global.anthropic.claude-opus-5."],
    ["us.anthropic.claude-opus-55", "Ask for eu.anthropic.claude-opus-5-5 or global.anthropic.claude-opus-5-5."],
    ["anthropic.claude-opus-5-v1:0", "Ask for eu.anthropic.claude-opus-5 or global.anthropic.claude-opus-5."],
  ])("names the profile that is nearest to %s", (model, words) => {
    const { problems } = plan(onBedrock, { model, inferenceProfiles: ["us.anthropic.claude-opus-5"] });

    expect(problems.at(-1)?.fix).toContain(words);
  });

  describe("where the project has credentials and a base URL of its own", () => {
    const env = {
      ANTHROPIC_BEDROCK_BASE_URL: "https://later.test",
      AWS_ACCESS_KEY_ID: "AKIDLATER",
      AWS_SECRET_ACCESS_KEY: "s",
    };
    const planned = (shell: ConfigInput["env"], more: object = {}): RequestPlan =>
      planRequest(resolveConfig({ env: shell, settings: [{ source: "project", value: { env, ...more } }] }));
    const described = ({ request, controlPlane, controlPlaneOrigin }: RequestPlan): readonly unknown[] => [
      new URL(request?.url ?? "").origin,
      request?.signing?.accessKeyId,
      controlPlane.length,
      controlPlaneOrigin,
    ];
    const CONTROL = "https://bedrock.eu-west-1.amazonaws.com";

    test("the credentials of the start are kept, and said to hide the others", () => {
      const plan = planned(onBedrock);
      expect(described(plan)).toEqual(["https://later.test", "AKIDEXAMPLE", 1, CONTROL]);
      expect(plan.authentication).toEqual({ method: "sigv4", source: "AWS_ACCESS_KEY_ID" });
      expect(codes(plan)).toContain("CREDENTIALS_TAKEN_AT_START");
    });

    test("no profile is listed where there were none at the start", () => {
      const { AWS_ACCESS_KEY_ID: _key, ...without } = onBedrock;
      const plan = planned(without);
      expect(described(plan)).toEqual(["https://later.test", "AKIDLATER", 0, null]);
      expect(codes(plan)).not.toContain("CREDENTIALS_TAKEN_AT_START");
    });

    test("nothing is needed at the start where a model is asked for by its id", () => {
      const plan = planned(onBedrock, { model: "claude-opus-4-7" });
      expect(described(plan)).toEqual(["https://later.test", "AKIDLATER", 1, "https://later.test"]);
      expect(codes(plan)).not.toContain("CREDENTIALS_TAKEN_AT_START");
    });
  });

  test("reports an id of Bedrock that goes to Claude Platform on AWS", () => {
    const env = {
      CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
      ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_1",
      AWS_REGION: "us-east-1",
      ...keys,
    };
    expect(codes(plan(env, { model: "us.anthropic.claude-opus-5" }))).toEqual(["MODEL_OF_OTHER_PROVIDER"]);
    expect(codes(plan(env, { model: "opus" }))).toEqual([]);
  });

  test.each([
    ["anthropic.claude-opus-5", "mantle"],
    ["anthropic.claude-opus-4-6-v1", "bedrock"],
    ["us.anthropic.claude-opus-5", "bedrock"],
    ["opus", "bedrock"],
  ])("sends %s to %s where both are on", (model, provider) => {
    expect(plan(onBoth, { model }).provider).toBe(provider);
  });

  test("refuses only where the endpoint that gets the request lacks something", () => {
    const env = { ...onBoth, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const skipsMantle = { ...env, CLAUDE_CODE_SKIP_MANTLE_AUTH: "1" };
    expect(plan(skipsMantle, { model: "anthropic.claude-opus-5" }).request).not.toBeNull();
    expect(plan(skipsMantle, { model: "opus" }).request).toBeNull();
    const skipsBedrock = { ...env, CLAUDE_CODE_SKIP_BEDROCK_AUTH: "1" };
    expect(plan(skipsBedrock, { model: "anthropic.claude-opus-5" }).request).toBeNull();
    expect(plan(skipsBedrock, { model: "opus" }).request).not.toBeNull();
  });

  test("plans no request to Vertex, and reports no error", () => {
    const { provider, request, problems } = plan({ CLAUDE_CODE_USE_VERTEX: "1" });
    expect({ provider, request }).toEqual({ provider: "vertex", request: null });
    expect(problems.map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test("sends the user's own betas where they are accepted, and to Bedrock only those that it knows", () => {
    const ANTHROPIC_BETAS = "my-beta, context-1m-2025-08-07";
    const { request } = plan({ ...onBedrock, ANTHROPIC_BETAS });
    expect(request?.body.anthropic_beta).toEqual(["context-1m-2025-08-07"]);
    expect(request?.headers["anthropic-beta"]).toBeUndefined();
    const firstParty = plan({ ANTHROPIC_API_KEY: "k", ANTHROPIC_BETAS });
    expect(firstParty.request?.headers["anthropic-beta"]).toBe("my-beta,context-1m-2025-08-07");
  });

  test("leaves out the beta of the hour-long cache where experimental ones are off, and keeps the hour", () => {
    const env = { ANTHROPIC_API_KEY: "k", ENABLE_PROMPT_CACHING_1H: "1" };
    expect(plan(env).request?.headers["anthropic-beta"]).toBe("extended-cache-ttl-2025-04-11");
    const without = plan({ ...env, CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: "1" }).request;
    expect(without?.headers["anthropic-beta"]).toBeUndefined();
    expect(without?.promptCaching).toEqual({ enabled: true, ttl: "1h" });
  });

  test.each(["not a url", "file:///x", "a b"])("plans without throwing where an endpoint is %j", (text) => {
    expect(plan({ ...onBedrock, AWS_ENDPOINT_URL: text }).request).not.toBeNull();
    expect(plan({ ...onBedrock, ANTHROPIC_BEDROCK_BASE_URL: text }).request).toBeNull();
    const old = resolveConfig({ env: { ...onBedrock, AWS_REGION: text }, clientVersion: "2.1.197" });
    expect(() => planRequest(old)).not.toThrow();
  });

  test.each(["a b", "%", "a]b"])("plans nothing for a control plane that the region %j cannot name", (AWS_REGION) => {
    const ANTHROPIC_BEDROCK_MANTLE_BASE_URL = "https://gateway.example.com";
    const env = { ...onBoth, AWS_REGION, ANTHROPIC_BEDROCK_MANTLE_BASE_URL };
    const old = resolveConfig({ env, clientVersion: "2.1.197" });
    const { request, controlPlane, controlPlaneOrigin } = planRequest(old, { model: "anthropic.claude-opus-5" });
    expect(request?.url).toBe("https://gateway.example.com/v1/messages?beta=true");
    expect({ controlPlane, controlPlaneOrigin }).toEqual({ controlPlane: [], controlPlaneOrigin: null });
  });
});
