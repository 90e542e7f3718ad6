import { performance } from "node:perf_hooks";
import { resolveConfig, type ConfigInput } from "../src/index.ts";

// What is measured: the whole of resolveConfig on three set-ups, next to the physical limit, one pass over the same
// input that reads every variable and file. Median of five interleaved rounds.

const onPlatform: ConfigInput = {
  env: {
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
    ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
    ANTHROPIC_AWS_API_KEY: "AEAAexample",
    AWS_REGION: "us-east-1",
  },
};
const PROFILES = Array.from({ length: 50 }, (_, index) => `[profile p${index}]\nregion = eu-west-1\nsso_session = s\n`);
const SET_UPS: Readonly<Record<string, ConfigInput>> = {
  "a key on Claude Platform on AWS": onPlatform,
  "SigV4 on Bedrock with settings": {
    env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "s" },
    settings: [
      { source: "user", value: { model: "sonnet", env: { AWS_REGION: "eu-west-1" } } },
      {
        source: "project",
        value: { modelOverrides: { "claude-opus-5": "arn" }, env: { DISABLE_PROMPT_CACHING: "1" } },
      },
    ],
  },
  "a config file of 50 profiles": {
    env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_PROFILE: "p40" },
    awsFiles: { config: PROFILES.join("") },
  },
};

function copy(input: ConfigInput): number {
  let characters = 0;
  for (const value of Object.values({ ...input.env, ...input.awsFiles })) characters += `${value as string}`.length;
  return characters;
}

function measure(work: () => unknown, runs: number): number {
  const start = performance.now();
  for (let run = 0; run < runs; run++) work();
  return ((performance.now() - start) / runs) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

for (const [name, input] of Object.entries(SET_UPS)) {
  const resolving: number[] = [];
  const copying: number[] = [];
  for (let round = 0; round < 6; round++) {
    const resolved = measure(() => resolveConfig(input), 2000);
    const copied = measure(() => copy(input), 2000);
    // The first round warms up.
    if (round > 0) {
      resolving.push(resolved);
      copying.push(copied);
    }
  }
  const ratio = (median(resolving) / median(copying)).toFixed(1);
  console.log(`${name}: ${median(resolving).toFixed(1)} µs, ${ratio} times one pass over the input`);
}
