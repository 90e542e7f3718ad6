import { SOURCES } from "../../../apps/fake/src/rules/sources.ts";
import type { FaultName } from "../../../apps/fake/src/terms/faults.ts";

const HTTP_ERRORS = SOURCES.anthropicErrors;
const CLAUDE_CODE = "https://code.claude.com/docs/en/claude-platform-on-aws";

/** Where the explanation of each refusal is known from. */
export const REFUSAL_SOURCES: Readonly<Record<FaultName, string>> = {
  "authentication-missing": SOURCES.claudePlatform,
  "authentication-twice": "https://github.com/ding113/claude-code-hub/pull/1197",
  "authorization-malformed": SOURCES.signatureTroubleshooting,
  "signature-mismatch": SOURCES.signatureTroubleshooting,
  "access-key-unknown": SOURCES.bedrockErrors,
  "credentials-expired": CLAUDE_CODE,
  "api-key-malformed": SOURCES.claudePlatformKeys,
  "api-key-unknown": CLAUDE_CODE,
  "api-key-expired": SOURCES.bedrockKeys,
  "workspace-missing": CLAUDE_CODE,
  "workspace-malformed": SOURCES.anthropicAuthentication,
  "workspace-unknown": SOURCES.claudePlatform,
  "route-unknown": SOURCES.claudePlatformRoutes,
  "route-not-built": SOURCES.claudePlatformRoutes,
  "version-missing": SOURCES.claudePlatform,
  "content-type-unsupported": SOURCES.messagesApi,
  "body-too-large": HTTP_ERRORS,
  "body-invalid": SOURCES.messagesApi,
  "beta-unknown": "https://github.com/BerriAI/litellm/pull/19877",
  "capability-missing": SOURCES.messagesApi,
  "model-unknown": SOURCES.bedrockClaude,
  "model-not-served": SOURCES.mantle,
  "model-needs-profile": "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html",
  "model-access-denied": SOURCES.bedrockErrors,
  "access-denied": SOURCES.claudePlatformRoutes,
  "profile-unknown": SOURCES.bedrockReference,
  "resource-unknown": HTTP_ERRORS,
  conflict: SOURCES.bedrockReference,
  "quota-exceeded": SOURCES.bedrockReference,
  "too-many-tags": SOURCES.bedrockReference,
  "use-case-missing": SOURCES.bedrockErrors,
  billing: "https://github.com/Tracer-Cloud/opensre/pull/1811",
  throttled: SOURCES.rateLimits,
  overloaded: HTTP_ERRORS,
  unavailable: SOURCES.bedrockErrors,
  "timed-out": HTTP_ERRORS,
  "model-error": SOURCES.bedrockReference,
  internal: HTTP_ERRORS,
};
