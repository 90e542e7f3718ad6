import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import type { Random } from "@claude-on-aws/fixtures";
import { MODEL_PROFILES, profileRegions } from "@claude-on-aws/models";

/** Access keys that the fake of the proof knows. */
export const CREDENTIALS: readonly {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}[] = [
  { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  { accessKeyId: "AKIAEXAMPLELONGLIVED", secretAccessKey: "secret-of-a-user" },
  { accessKeyId: "ASIAEXAMPLETEMPORARY", secretAccessKey: "secret-of-a-role", sessionToken: "token-of-a-role" },
];

/** A configuration of Claude Code, with the model that is asked for on its command line. */
export interface RandomConfiguration {
  readonly env: Readonly<Record<string, string>>;
  readonly model: string;
}

const REGIONS = profileRegions();
const PLATFORM_MODELS = ["opus", "sonnet", "haiku", "claude-opus-5", "claude-haiku-4-5", "claude-sonnet-4-5-20250929"];
const ALIASES = ["default", "opus", "sonnet", "haiku", "fable"];

type Make = (random: Random, region: string) => string;

const bedrockId = (random: Random): string => random.pick(MODEL_PROFILES).bedrockId;

const BEDROCK_MODELS: readonly Make[] = [
  (random) => random.pick(ALIASES),
  (random) => `${random.pick(GEOGRAPHIES)}.${bedrockId(random)}`,
  (random) => `global.${bedrockId(random)}`,
  bedrockId,
  (random) => `global.${bedrockId(random)}-v9`,
  (random, region) =>
    `arn:aws:bedrock:${random.pick([region, region, random.pick(REGIONS)])}:123456789012:application-inference-profile/abc`,
  (random, region) =>
    `arn:aws:bedrock:${random.pick([region, region, random.pick(REGIONS)])}:123456789012:inference-profile/global.${bedrockId(random)}`,
  (_, region) => `arn:aws-cn:bedrock:${region}:123456789012:application-inference-profile/abc`,
  (random, region) => `arn:aws:${random.pick(["s3", "bedrock"])}:${region}::foundation-model/${bedrockId(random)}`,
];

const MODELS: Readonly<Record<string, readonly Make[]>> = {
  bedrock: BEDROCK_MODELS,
  "anthropic-aws": [
    (random) => random.pick(PLATFORM_MODELS),
    (random) => random.pick(PLATFORM_MODELS),
    (random) =>
      random.pick(["claude-opus-4-9", "claude-3-7-sonnet-20250219", "us.anthropic.claude-opus-5", "house-model"]),
  ],
  mantle: [
    (random) => random.pick(ALIASES),
    (random) => random.pick(["anthropic.claude-opus-5", "anthropic.claude-haiku-4-5"]),
    (random) => random.pick(["anthropic.claude-opus-4-9", "us.anthropic.claude-opus-5", "house-model"]),
  ],
};

type Env = Record<string, string>;

const PROVIDERS: Readonly<
  Record<
    string,
    {
      readonly env: Env;
      readonly key: string;
      readonly keys: readonly string[];
      readonly skip: string;
      readonly baseUrl: string;
      readonly host: string;
    }
  >
> = {
  bedrock: {
    env: { CLAUDE_CODE_USE_BEDROCK: "1" },
    key: "AWS_BEARER_TOKEN_BEDROCK",
    keys: ["bedrock-api-key-TEST", "ABSKexample", "AKIAIOSFODNN7EXAMPLE", "AEAAexample", "sso-access-token"],
    skip: "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
    baseUrl: "ANTHROPIC_BEDROCK_BASE_URL",
    host: "https://bedrock-runtime.REGION.amazonaws.com",
  },
  "anthropic-aws": {
    env: { CLAUDE_CODE_USE_ANTHROPIC_AWS: "1" },
    key: "ANTHROPIC_AWS_API_KEY",
    keys: ["AEAAexample", "aws-external-anthropic-api-key-TEST", "ABSKexample", "bedrock-api-key-TEST"],
    skip: "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
    baseUrl: "ANTHROPIC_AWS_BASE_URL",
    host: "https://aws-external-anthropic.REGION.api.aws",
  },
  mantle: {
    env: { CLAUDE_CODE_USE_MANTLE: "1" },
    key: "AWS_BEARER_TOKEN_BEDROCK",
    keys: ["bedrock-api-key-TEST", "ABSKexample", "AEAAexample"],
    skip: "CLAUDE_CODE_SKIP_MANTLE_AUTH",
    baseUrl: "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    host: "https://bedrock-mantle.REGION.api.aws/anthropic",
  },
};

/** Makes a configuration: of each thing in it, what is right more often than what is wrong. */
export function makeConfiguration(random: Random): RandomConfiguration {
  const name = random.pick(Object.keys(PROVIDERS));
  const provider = PROVIDERS[name];
  if (provider === undefined) throw new TypeError(`No provider is called ${name}`);
  const region = random.pick(REGIONS);
  const env: Env = { ...provider.env, AWS_REGION: region };
  const sometimes = (often: number): boolean => random.below(often) === 0;
  const { sessionToken, ...pair } = random.pick(CREDENTIALS);
  env["AWS_ACCESS_KEY_ID"] = pair.accessKeyId;
  env["AWS_SECRET_ACCESS_KEY"] = pair.secretAccessKey;
  if (sessionToken !== undefined && !sometimes(6)) env["AWS_SESSION_TOKEN"] = sessionToken;
  if (pair.accessKeyId.startsWith("AKIA") && sometimes(6)) env["AWS_SESSION_TOKEN"] = "left-over";
  if (sometimes(4)) env[provider.key] = random.pick(provider.keys);
  if (sometimes(15)) env[provider.skip] = "1";
  if (name === "anthropic-aws") {
    env["ANTHROPIC_AWS_WORKSPACE_ID"] = sometimes(10) ? "ws-1" : "wrkspc_01AbCdEf23GhIj";
    if (sometimes(12)) env["ANTHROPIC_AWS_BASE_URL"] = `${provider.host.replace("REGION", region)}/v1`;
  }
  if (name !== "bedrock" && sometimes(12)) env["ANTHROPIC_CUSTOM_HEADERS"] = "x-api-key: AEAAexample";
  if (name === "bedrock" && sometimes(6)) {
    env["ANTHROPIC_BEDROCK_SERVICE_TIER"] = random.pick(["priority", "flex", "gold"]);
  }
  // Without the path, a stand-in tells the two Messages APIs by the key that it is sent.
  if (sometimes(8)) env[provider.baseUrl] = `http://127.0.0.1:4242${name === "mantle" ? "/anthropic" : ""}`;
  else if (sometimes(10)) env[provider.baseUrl] = provider.host.replace("REGION", random.pick(REGIONS));
  return { env, model: random.pick(MODELS[name] ?? [])(random, region) };
}
