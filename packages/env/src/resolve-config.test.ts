import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  EnvError,
  PROVIDER_SWITCHES,
  REGION_RULES,
  resolveConfig,
  VARIABLES,
  type ConfigInput,
  type ProblemCode,
  type Provider,
} from "./index.ts";

const onPlatform = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCd",
  AWS_REGION: "us-east-1",
};
const onBedrock = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "us-east-1" };
const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const platformKey = { ANTHROPIC_AWS_API_KEY: "AEAAexampleexample" };

const codes = (input: ConfigInput): readonly ProblemCode[] => resolveConfig(input).problems.map(({ code }) => code);

describe("resolveConfig()", () => {
  describe("provider", () => {
    const order: readonly Provider[] = ["bedrock", "foundry", "anthropic-aws", "mantle", "vertex"];
    const subsets = Array.from({ length: 2 ** order.length }, (_, bits) =>
      order.filter((_provider, index) => (bits >> index) & 1),
    );

    test.each(subsets)("takes the first of %j %j %j %j %j", (...on) => {
      const wanted = on.filter((provider) => provider !== undefined);
      const env = Object.fromEntries(
        PROVIDER_SWITCHES.map(({ provider, variable }) => [variable, wanted.includes(provider) ? "1" : "0"]),
      );
      const config = resolveConfig({ env });
      expect(config.provider).toBe(wanted[0] ?? "anthropic");
      expect(config.providers).toEqual(wanted);
      expect(config.endpoints.map(({ provider }) => provider)).toEqual(
        wanted[0] === "bedrock" && wanted.includes("mantle") ? ["bedrock", "mantle"] : [wanted[0] ?? "anthropic"],
      );
      const shadowed = config.problems.filter(({ code }) => code === "PROVIDER_SHADOWED").length;
      expect(shadowed).toBe(Math.max(0, wanted.length - config.endpoints.length));
    });
  });

  describe("region", () => {
    const regions = [
      "us-east-1",
      "eu-west-2",
      "ap-northeast-1",
      "sa-east-1",
      "us-gov-west-1",
      "cn-north-1",
      "US-EAST-1",
    ];
    const hosts: readonly (readonly [Provider, Record<string, string>, (region: string) => string])[] = [
      ["anthropic-aws", { ...onPlatform }, (region) => `https://aws-external-anthropic.${region}.api.aws`],
      ["bedrock", { ...onBedrock }, (region) => `https://bedrock-runtime.${region}.amazonaws.com`],
      ["mantle", { CLAUDE_CODE_USE_MANTLE: "1" }, (region) => `https://bedrock-mantle.${region}.api.aws/anthropic`],
    ];

    test.each(hosts)("makes the base URL of %s", (_provider, env, url) => {
      for (const region of regions) {
        const { endpoints } = resolveConfig({ env: { ...env, AWS_REGION: ` ${region} ` } });
        expect(endpoints[0].baseUrl).toEqual({ value: url(region), source: "default" });
      }
    });

    test("is looked for in the variables, then in the profile, then has a default", () => {
      const files = { config: "[default]\nregion = eu-west-3\n", credentials: "[default]\nregion = eu-west-2\n" };
      const of = (env: Record<string, string>, awsFiles = {}): unknown =>
        resolveConfig({ env: { CLAUDE_CODE_USE_BEDROCK: "1", ...env }, awsFiles }).region;
      expect(of({ AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-east-2" }, files)).toEqual({
        value: "us-west-2",
        source: "AWS_REGION",
      });
      expect(of({ AWS_REGION: "a/b", AWS_DEFAULT_REGION: "us-east-2" }, files)).toMatchObject({ value: "us-east-2" });
      expect(of({ AWS_REGION: "" }, files)).toEqual({
        value: "eu-west-2",
        source: "~/.aws/credentials [default] region",
      });
      expect(of({ AWS_PROFILE: "other" }, files)).toEqual({ value: "us-east-1", source: "default" });
    });

    test.each(["a b", "us-east-1.evil.com/x", "us_east_1", "us-east-1\n.x", "é"])(
      "ignores the malformed %j",
      (text) => {
        const config = resolveConfig({ env: { ...onBedrock, ...keys, AWS_REGION: text } });
        expect(config.region).toEqual({ value: "us-east-1", source: "default" });
        expect(config.problems.map(({ code }) => code)).toEqual(["REGION_MALFORMED", "REGION_DEFAULTED"]);
      },
    );

    test.each(REGION_RULES)(
      "follows the rule of $since for $providers",
      ({ since, providers, readsProfile, fallback }) => {
        const switches: Record<string, string> = {
          bedrock: "CLAUDE_CODE_USE_BEDROCK",
          mantle: "CLAUDE_CODE_USE_MANTLE",
        };
        for (const provider of providers) {
          const env = { [switches[provider] ?? "CLAUDE_CODE_USE_ANTHROPIC_AWS"]: "1" };
          const awsFiles = { config: "[default]\nregion = eu-west-1\n" };
          const clientVersion = since;
          expect(resolveConfig({ env, clientVersion }).region?.value ?? null).toBe(fallback);
          expect(resolveConfig({ env, awsFiles, clientVersion }).region?.value ?? null).toBe(
            readsProfile ? "eu-west-1" : fallback,
          );
        }
      },
    );
  });

  describe("settings", () => {
    test("lie over the process environment, and an empty value there unsets", () => {
      const settings = [
        { source: "user" as const, value: { env: { AWS_REGION: "eu-west-1", ANTHROPIC_AWS_API_KEY: "" } } },
      ];
      const config = resolveConfig({ env: { ...onPlatform, ...platformKey, ...keys }, settings });
      expect(config.region).toEqual({ value: "eu-west-1", source: "AWS_REGION in user settings" });
      expect(config.endpoints[0].authentication).toMatchObject({ method: "sigv4", source: "AWS_ACCESS_KEY_ID" });
    });

    test("decide nothing about the provider if a host manages it", () => {
      const settings = [{ source: "user" as const, value: { env: { ...onBedrock, DISABLE_PROMPT_CACHING: "1" } } }];
      const config = resolveConfig({ env: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: "1" }, settings });
      expect(config.provider).toBe("anthropic");
      expect(config.caching.enabled).toEqual({ value: false, source: "DISABLE_PROMPT_CACHING in user settings" });
    });
  });

  describe("problems", () => {
    const cases: readonly (readonly [string, ConfigInput, readonly ProblemCode[]])[] = [
      ["nothing is wrong on Claude Platform on AWS", { env: { ...onPlatform, ...platformKey } }, []],
      ["nothing is wrong on Bedrock", { env: { ...onBedrock, ...keys } }, []],
      ["nothing is set", { env: {} }, ["CREDENTIALS_NOT_FOUND"]],
      [
        "the workspace id is missing",
        { env: { ...onPlatform, ...platformKey, ANTHROPIC_AWS_WORKSPACE_ID: " " } },
        ["WORKSPACE_ID_MISSING"],
      ],
      [
        "the workspace id is malformed",
        { env: { ...onPlatform, ...platformKey, ANTHROPIC_AWS_WORKSPACE_ID: "ws-1" } },
        ["WORKSPACE_ID_MALFORMED"],
      ],
      ["the region is a default", { env: { CLAUDE_CODE_USE_BEDROCK: "1", ...keys } }, ["REGION_DEFAULTED"]],
      [
        "an old client finds no region",
        { env: { CLAUDE_CODE_USE_BEDROCK: "1", ...keys }, clientVersion: "1.0.51" },
        ["REGION_MISSING"],
      ],
      [
        "a switch is set to y",
        { env: { CLAUDE_CODE_USE_ANTHROPIC_AWS: "y", ANTHROPIC_API_KEY: "k" } },
        ["SWITCH_NOT_TRUTHY", "REQUESTS_GO_TO_FIRST_PARTY"],
      ],
      [
        "a switch is off and a workspace is set",
        { env: { ...onPlatform, CLAUDE_CODE_USE_ANTHROPIC_AWS: "0", ANTHROPIC_API_KEY: "k" } },
        ["REQUESTS_GO_TO_FIRST_PARTY"],
      ],
      ["two providers are on", { env: { ...onPlatform, ...onBedrock, ...keys } }, ["PROVIDER_SHADOWED"]],
      ["the provider is Vertex", { env: { CLAUDE_CODE_USE_VERTEX: "1" } }, ["PROVIDER_NOT_PLANNED"]],
      ["credentials are missing", { env: onBedrock }, ["CREDENTIALS_NOT_FOUND"]],
      [
        "credentials are partial",
        { env: { ...onBedrock, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE" } },
        ["CREDENTIALS_PARTIAL", "CREDENTIALS_NOT_FOUND"],
      ],
      ["a key hides credentials", { env: { ...onPlatform, ...platformKey, ...keys } }, ["CREDENTIALS_HIDDEN_BY_KEY"]],
      [
        "a profile hides credentials",
        { env: { ...onBedrock, ...keys, AWS_PROFILE: "none" } },
        ["CREDENTIALS_HIDDEN_BY_PROFILE", "CREDENTIALS_NOT_FOUND"],
      ],
      [
        "nobody is signed in to SSO",
        {
          env: { ...onBedrock, AWS_PROFILE: "s" },
          awsFiles: { config: "[profile s]\nsso_session = x\n", signedInSessions: [] },
        },
        ["CREDENTIALS_NOT_FOUND"],
      ],
      [
        "a Console key is used for the platform",
        { env: { ...onPlatform, ANTHROPIC_AWS_API_KEY: "sk-ant-api03-abc" } },
        ["KEY_OF_WRONG_FAMILY"],
      ],
      [
        "a Bedrock key is used for the platform",
        { env: { ...onPlatform, ANTHROPIC_AWS_API_KEY: "ABSKabc" } },
        ["KEY_OF_WRONG_FAMILY"],
      ],
      [
        "a platform key is used for Bedrock",
        { env: { ...onBedrock, AWS_BEARER_TOKEN_BEDROCK: "AEAAabc" } },
        ["KEY_OF_WRONG_FAMILY"],
      ],
      ["the documents' placeholder is used", { env: { ...onPlatform, ANTHROPIC_AWS_API_KEY: "sk-ant-xxxxx" } }, []],
      ["a key ends with a newline", { env: { ...onPlatform, ANTHROPIC_AWS_API_KEY: "AEAAabc\n" } }, ["KEY_WHITESPACE"]],
      [
        "a key has a newline inside",
        { env: { ...onPlatform, ANTHROPIC_AWS_API_KEY: "AEAA\nabc" } },
        ["KEY_WHITESPACE"],
      ],
      ["a key is not read", { env: { ...onBedrock, ...keys, ...platformKey } }, ["KEY_IGNORED"]],
      [
        "skipping drops the key",
        { env: { ...onPlatform, ...platformKey, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: "1" } },
        ["KEY_IGNORED"],
      ],
      [
        "a gateway's token goes into both headers",
        { env: { ...onPlatform, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: "1", ANTHROPIC_AUTH_TOKEN: "t" } },
        ["BOTH_AUTH_HEADERS"],
      ],
      [
        "a custom key goes along with a signature",
        { env: { ...onPlatform, ...keys, ANTHROPIC_CUSTOM_HEADERS: "x-api-key: k" } },
        ["CUSTOM_HEADER_OVERRIDES_AUTH", "BOTH_AUTH_HEADERS"],
      ],
      [
        "a custom header cannot be sent",
        { env: { ...onBedrock, ...keys, ANTHROPIC_CUSTOM_HEADERS: "X: \u201C" } },
        ["CUSTOM_HEADER_MALFORMED"],
      ],
      [
        "Foundry has no base URL",
        { env: { CLAUDE_CODE_USE_FOUNDRY: "1", ANTHROPIC_FOUNDRY_API_KEY: "k" } },
        ["BASE_URL_MISSING"],
      ],
      [
        "a base URL is none",
        { env: { ...onBedrock, ...keys, ANTHROPIC_BEDROCK_BASE_URL: "gateway" } },
        ["BASE_URL_MALFORMED"],
      ],
      [
        "a base URL is another provider's",
        {
          env: {
            ...onPlatform,
            ...platformKey,
            ANTHROPIC_AWS_BASE_URL: "https://bedrock-runtime.us-east-1.amazonaws.com",
          },
        },
        ["BASE_URL_OF_OTHER_PROVIDER"],
      ],
      [
        "another provider's base URL is set",
        { env: { ...onPlatform, ...platformKey, ANTHROPIC_BASE_URL: "https://gateway.example.com" } },
        ["BASE_URL_OF_OTHER_PROVIDER"],
      ],
      [
        "a base URL ends with /v1",
        { env: { ...onPlatform, ...platformKey, ANTHROPIC_AWS_BASE_URL: "https://g.example.com/v1/" } },
        ["BASE_URL_HAS_V1"],
      ],
      [
        "a variable is old",
        { env: { ...onBedrock, ...keys, ANTHROPIC_SMALL_FAST_MODEL: "m" } },
        ["VARIABLE_DEPRECATED"],
      ],
      [
        "the client is newer than any that is known",
        { env: { ...onBedrock, ...keys }, clientVersion: "9.0.0" },
        ["CLIENT_VERSION_UNKNOWN"],
      ],
      [
        "a settings file overrides the shell",
        {
          env: { ...onBedrock, ...keys },
          settings: [{ source: "project", value: { env: { AWS_REGION: "eu-south-2" } } }],
        },
        ["SHELL_OVERRIDDEN"],
      ],
      [
        "a settings file repeats the shell",
        { env: { ...onBedrock, ...keys }, settings: [{ source: "project", value: { env: onBedrock } }] },
        [],
      ],
      [
        "a command gives the credentials",
        { env: onBedrock, settings: [{ source: "user", value: { awsCredentialExport: "x" } }] },
        ["VALUE_FROM_COMMAND"],
      ],
    ];

    test.each(cases)("are right where %s", (_name, input, expected) => {
      expect(codes(input)).toEqual(expected);
      for (const { message, fix } of resolveConfig(input).problems) expect(message + fix).not.toMatch(/\{[a-zA-Z]+\}/);
    });

    test("name the file that overrides the shell, and both values", () => {
      const [problem] = resolveConfig({
        env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-3", ...keys },
        settings: [{ source: "project", value: { env: { CLAUDE_CODE_USE_BEDROCK: "0" } } }],
      }).problems;
      expect(problem?.message).toBe(
        'The shell exports CLAUDE_CODE_USE_BEDROCK as "1", and .claude/settings.json of the project overrides it with "0".',
      );
    });

    test("never show a secret", () => {
      const secret = "Sup3rS3cretValue";
      const names = VARIABLES.filter(({ secret: isSecret }) => isSecret).map(({ name }) => name);
      fc.assert(
        fc.property(
          fc.subarray(names),
          fc.subarray(PROVIDER_SWITCHES.map(({ variable }) => variable)),
          fc.constantFrom("", " ", "\n", "sk-ant-api03-", "ABSK"),
          (set, on, before) => {
            const env: Record<string, string> = { ANTHROPIC_CUSTOM_HEADERS: `x-api-key: ${secret}` };
            for (const name of set) env[name] = before + secret;
            for (const name of on) env[name] = "1";
            expect(JSON.stringify(resolveConfig({ env }).problems)).not.toContain(secret);
            const overriding = [
              { source: "user" as const, value: { env: Object.fromEntries(set.map((name) => [name, "x"])) } },
            ];
            expect(JSON.stringify(resolveConfig({ env, settings: overriding }).problems)).not.toContain(secret);
          },
        ),
      );
    });
  });

  test("asks for a command's output, and uses it", () => {
    const settings = [{ source: "user" as const, value: { awsCredentialExport: "give" } }];
    const before = resolveConfig({ env: onBedrock, settings });
    expect(before.pendingCommand).toEqual({ setting: "awsCredentialExport", command: "give" });
    expect(before.endpoints[0].authentication).toMatchObject({ credentials: null });
    const output = '{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"s","SessionToken":"t"}';
    const after = resolveConfig({ env: onBedrock, settings, commandOutputs: { awsCredentialExport: output } });
    expect(after.pendingCommand).toBeNull();
    expect(after.endpoints[0].authentication).toMatchObject({
      credentials: { accessKeyId: "AKIDEXAMPLE", sessionToken: "t" },
    });
    expect(after.problems).toEqual([]);
  });

  test("ends even if profiles name each other as their source", () => {
    const config = "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n";
    const resolved = resolveConfig({ env: { ...onBedrock, AWS_PROFILE: "a" }, awsFiles: { config } });
    expect(resolved.endpoints[0].authentication).toMatchObject({ method: "sigv4", credentials: null });
  });

  test("knows a variable only since its first version", () => {
    const env = { ...onBedrock, ...keys, ANTHROPIC_BEDROCK_REGION_PREFIX: "eu" };
    expect(resolveConfig({ env, clientVersion: "2.1.223" }).model.regionPrefix).toBeNull();
    expect(resolveConfig({ env, clientVersion: "2.1.224" }).model.regionPrefix?.value).toBe("eu");
  });

  test.each(["", "latest", "2.1.x", "1.2.3.4.5"])("refuses the client version %j", (clientVersion) => {
    expect(() => resolveConfig({ env: {}, clientVersion })).toThrow(EnvError);
  });
});

describe("variables", () => {
  test("name each variable once, and a successor that is known", () => {
    const names = VARIABLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { replacedBy } of VARIABLES) if (replacedBy !== undefined) expect(names).toContain(replacedBy);
  });
});
