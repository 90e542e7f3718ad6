import { LATEST_CLIENT_VERSION } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { resolveConfig } from "./resolve-config.ts";

const SWITCHES = ["CLAUDE_CODE_USE_ANTHROPIC_AWS", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_MANTLE"];
const refresh = [{ source: "user", value: { awsAuthRefresh: "aws sso login" } }] as const;
const signedOut =
  "[profile work]\nsso_session = corp\nregion = us-east-1\n[sso-session corp]\nsso_region = us-east-1\n";

const resolve = (variable: string, fields: Partial<Parameters<typeof resolveConfig>[0]> = {}) =>
  resolveConfig({
    env: {
      [variable]: "1",
      ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
      AWS_REGION: "us-east-1",
      ...fields.env,
    },
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => name !== "env")),
  });
const codes = (config: ReturnType<typeof resolveConfig>) =>
  config.problems.map(({ code, severity }) => [code, severity]);

describe.each(SWITCHES)("awsAuthRefresh with %s", (variable) => {
  test.each([
    ["no credentials at all", {}],
    [
      "an SSO session that nobody is signed in to",
      { env: { AWS_PROFILE: "work" }, awsFiles: { config: signedOut, signedInSessions: [] } },
    ],
  ])("takes the place of %s", (_title, fields) => {
    const without = resolve(variable, fields);
    expect(codes(without)).toContainEqual(["CREDENTIALS_NOT_FOUND", "error"]);
    const config = resolve(variable, { ...fields, settings: refresh });
    expect(config.endpoints[0].authentication).toMatchObject({
      method: "sigv4",
      source: "awsAuthRefresh in user settings",
      credentials: null,
    });
    expect(codes(config)).toEqual([["VALUE_FROM_COMMAND", "warning"]]);
    expect(config.problems[0]?.message).toContain("asks STS first");
    // Nobody is to run it.
    expect(config.pendingCommand).toBeNull();
  });

  test("changes nothing where there are credentials", () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
    const config = resolve(variable, { env, settings: refresh });
    expect(config.endpoints[0].authentication).toEqual(resolve(variable, { env }).endpoints[0].authentication);
    expect(config.problems).toEqual(resolve(variable, { env }).problems);
  });
});

test.each([
  ["CLAUDE_CODE_USE_ANTHROPIC_AWS", "2.1.197", "CREDENTIALS_NOT_FOUND"],
  ["CLAUDE_CODE_USE_ANTHROPIC_AWS", "2.1.198", "VALUE_FROM_COMMAND"],
  ["CLAUDE_CODE_USE_BEDROCK", "2.1.197", "VALUE_FROM_COMMAND"],
])("%s in %s follows it or not", (variable, clientVersion, code) => {
  expect(codes(resolve(variable, { settings: refresh, clientVersion })).map(([found]) => found)).toContain(code);
});

test.each([
  [LATEST_CLIENT_VERSION, false],
  ["2.1.1", false],
  [`${LATEST_CLIENT_VERSION}.1`, true],
  ["99.0", true],
])("the client version %s is said to be unseen: %s", (clientVersion, unseen) => {
  const config = resolveConfig({ env: {}, clientVersion });
  expect(config.problems.some(({ code }) => code === "CLIENT_VERSION_UNKNOWN")).toBe(unseen);
});
