import type { Config } from "./config.ts";

/**
 * Gives a configuration that was resolved already to whoever asks first, and resolves it again for each who asks then: what was looked
 * at before anything was sent is what is sent with, and credentials that ended are found anew.
 *
 * @example Usage
 * ```ts
 * import { firstThen, resolveConfig } from "@claude-on-aws/env";
 * import { equal, notEqual } from "node:assert/strict";
 *
 * const resolve = async () => resolveConfig({ env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1" } });
 * const config = await resolve();
 * const ask = firstThen(config, resolve);
 *
 * equal(await ask(), config);
 * notEqual(await ask(), config);
 * ```
 *
 * @param config The configuration.
 * @param resolve Resolves it again. It is not called before somebody asks twice.
 * @returns What is asked.
 */
export function firstThen(config: Config, resolve: () => Promise<Config>): () => Promise<Config> {
  let first: Config | null = config;
  return () => {
    const given = first === null ? resolve() : Promise.resolve(first);
    first = null;
    return given;
  };
}
