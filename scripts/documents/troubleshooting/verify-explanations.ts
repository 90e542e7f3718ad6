import type { KeyMistakeCode } from "../../../apps/cli/src/verify/judgement.ts";
import { SOURCES } from "../../../apps/fake/src/rules/sources.ts";
import { RULES } from "../../../apps/fake/src/rules/rules.ts";
import { DIAGNOSIS_TABLE, type DiagnosisCode } from "../../../packages/auth/src/diagnose/index.ts";
import type { Explanation } from "./explanation.ts";

/** Codes of requests without a signature; what both kinds of requests can have is explained with the signatures. */
type KeyCode = Exclude<KeyMistakeCode, DiagnosisCode>;

/** What can be wrong with a request that is not signed. */
export const KEY_MISTAKES: Readonly<Record<KeyCode, Explanation>> = {
  AS_RECORDED: {
    cause: "The request was refused when it was recorded, and what was recorded of it does not say more.",
    fix: "Read what the recording says of it, or record it again with bodies and headers whole.",
    source: "the recording",
  },
  BOTH_AUTH_HEADERS: {
    cause: "An `Authorization` header and an `x-api-key` header came together.",
    fix: "Send one of them; look for a client or a gateway that adds a key of its own.",
    source: "https://github.com/ding113/claude-code-hub/pull/1197",
  },
  KEY_EXPIRED: {
    cause: "The short-term API key has ended, or the session that made it.",
    fix: "Make a fresh key: it is good for twelve hours at most.",
    source: SOURCES.bedrockKeys,
  },
  KEY_MALFORMED: {
    cause: "The API key is not one that this service takes.",
    fix: "Copy the whole key again; one of Bedrock begins with `bedrock-api-key-` or `ABSK`.",
    source: SOURCES.bedrockKeys,
  },
  KEY_OF_WRONG_FAMILY: {
    cause: "The API key is one of another service: of the Claude Console, or of the other AWS service.",
    fix: "Use a workspace API key on Claude Platform on AWS, and a Bedrock API key on Amazon Bedrock.",
    source: SOURCES.claudePlatformKeys,
  },
  KEY_REDACTED: {
    cause: "The API key was redacted where the request was recorded.",
    fix: "Record the request with its key, or ask the service itself.",
    source: "the recording",
  },
  KEY_UNKNOWN: {
    cause: "The API key is not one that the verifier was told of, or its signature is not right for this region.",
    fix: "Copy the whole key again, and see that it was made for the region that is called.",
    source: SOURCES.anthropicErrors,
  },
  KEY_WHITESPACE: {
    cause: "The API key has space or a line break in it.",
    fix: "Trim the key where it is read.",
    source: SOURCES.claudePlatformKeys,
  },
};

/**
 * Explains a mistake in a signature by the table of diagnoses, and by the rule that it breaks.
 *
 * @returns Cause, way out and source.
 */
export function explainDiagnosis(code: DiagnosisCode): Explanation & { readonly evidence: string } {
  const { message, fix, evidence } = DIAGNOSIS_TABLE[code];
  const rule = RULES.find((each) => "brokenBy" in each && each.brokenBy.includes(code));
  return { cause: message, fix, evidence, source: rule?.source ?? SOURCES.signatureTroubleshooting };
}
