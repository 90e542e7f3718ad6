import type { Caller, SpendBound, Usage } from "@claude-on-aws/gateway";
import { NO_USAGE } from "../../../src/terms/usage.ts";

export const caller = (name: string, groups: readonly string[] = []): Caller => ({
  name,
  proof: "token",
  groups,
  limits: { models: null, upstreams: null, maxConcurrent: null },
  ownKey: null,
});

export const bound = (inputTokens: number, outputTokens: number, microUsd: number): SpendBound => ({
  inputTokens,
  outputTokens,
  microUsd,
});

export const usage = (inputTokens: number, outputTokens: number): Usage => ({ ...NO_USAGE, inputTokens, outputTokens });
