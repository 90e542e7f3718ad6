import type { Provider } from "../terms/provider.ts";

/** Every service. */
export const EVERY_SERVICE: readonly Provider[] = ["anthropic-aws", "bedrock", "mantle"];

/** Those that speak the Messages API as clients do: what comes from the client can go on as it is. */
export const OF_MESSAGES_API: readonly Provider[] = ["anthropic-aws", "mantle"];

/** Those that take no request tags. */
export const WITHOUT_TAGS: readonly Provider[] = ["bedrock", "mantle"];

/** Claude Platform on AWS. */
export const CLAUDE_PLATFORM: readonly Provider[] = ["anthropic-aws"];

/** Amazon Bedrock's own runtime. */
export const BEDROCK: readonly Provider[] = ["bedrock"];
