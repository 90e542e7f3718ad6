import type { DiagnosisCode } from "@claude-on-aws/auth/diagnose";
import type { FaultName } from "@claude-on-aws/fake/server";
import type { ReceivedRefusal } from "./received-refusal.ts";

/** What a refusal was recognized as. */
export interface RecognizedRefusal {
  readonly name: FaultName;
  /** Where the words of a signature's refusal say more than that it does not match. */
  readonly diagnosis?: DiagnosisCode;
}

type Row = readonly [name: FaultName, words: RegExp, diagnosis?: DiagnosisCode];

/** By the words of the services, the first that fits. Only what status and type leave open stands here. */
const BY_WORDS: readonly Row[] = [
  ["access-denied", /not authorized to perform/i],
  ["authentication-missing", /^(?:missing authentication token|authorization header is missing)/i],
  ["authentication-twice", /both 'authorization' and 'x-api-key'/i],
  ["authorization-malformed", /^authorization header requires/i],
  ["signature-mismatch", /scoped to a valid region/i, "WRONG_REGION"],
  ["signature-mismatch", /scoped to correct service/i, "WRONG_SERVICE"],
  ["signature-mismatch", /^signature (?:expired|not yet current)/i, "CLOCK_SKEW"],
  ["signature-mismatch", /request signature we calculated/i],
  ["api-key-expired", /^bearer token has expired/i],
  ["credentials-expired", /security token included in the request is expired/i],
  ["access-key-unknown", /security token included in the request is invalid/i],
  ["api-key-malformed", /^invalid api key format/i],
  ["api-key-unknown", /^invalid (?:bearer token|x-api-key)|make sure your api key is valid/i],
  ["workspace-malformed", /anthropic-workspace-id header must be a valid/i],
  ["workspace-missing", /must include the anthropic-workspace-id header/i],
  ["workspace-unknown", /^workspace \S+ (?:was )?not found/i],
  ["use-case-missing", /use case details have not been submitted/i],
  ["model-needs-profile", /on-demand throughput isn['’]t supported/i],
  ["model-access-denied", /don['’]t have access to the model|is not available for this account/i],
  ["profile-unknown", /^the inference profile \S+ was not found/i],
  ["model-not-served", /^the model '[^']*' does not exist/i],
  ["model-unknown", /^model: |provided model identifier is invalid/i],
  ["route-unknown", /is not a route of|operation is not recognized/i],
  ["version-missing", /^anthropic-version: /i],
  ["content-type-unsupported", /^content-type: /i],
  ["beta-unknown", /invalid beta flag|for the `anthropic-beta` header/i],
  ["overloaded", /^overloaded/i],
];

/** By the exception of AWS or the type of the Claude API, where the words are not known. */
const BY_TYPE: ReadonlyMap<string, FaultName> = new Map([
  ["ExpiredTokenException", "credentials-expired"],
  ["UnrecognizedClientException", "access-key-unknown"],
  ["InvalidSignatureException", "signature-mismatch"],
  ["IncompleteSignatureException", "authorization-malformed"],
  ["UnknownOperationException", "route-unknown"],
  ["ConflictException", "conflict"],
  ["ServiceQuotaExceededException", "quota-exceeded"],
  ["TooManyTagsException", "too-many-tags"],
  ["billing_error", "billing"],
  ["overloaded_error", "overloaded"],
]);

const BY_STATUS: ReadonlyMap<number, FaultName> = new Map([
  [400, "body-invalid"],
  [401, "access-key-unknown"],
  [402, "billing"],
  [403, "access-denied"],
  [404, "resource-unknown"],
  [408, "timed-out"],
  [413, "body-too-large"],
  [424, "model-error"],
  [429, "throttled"],
  [501, "route-not-built"],
  [503, "unavailable"],
  [504, "timed-out"],
  [529, "overloaded"],
]);

/** What is said of credentials in words, and said in the same words of a key where the request carried one. */
const OF_KEY: ReadonlyMap<FaultName, FaultName> = new Map([
  ["credentials-expired", "api-key-expired"],
  ["access-key-unknown", "api-key-unknown"],
]);

/** A service says what it has to say at the beginning. */
const MAX_WORDS = 4096;

/**
 * Recognizes a refusal by its words, else by its type, else by its status.
 *
 * @param refusal What was answered.
 * @param carriesKey Whether the request carried a key in place of a signature.
 * @returns Its name among those that are explained.
 */
export function recognizeRefusal({ status, type, message }: ReceivedRefusal, carriesKey: boolean): RecognizedRefusal {
  const words = message.slice(0, MAX_WORDS);
  const [name, , diagnosis] = BY_WORDS.find((row) => row[1].test(words)) ?? [
    BY_TYPE.get(type) ?? BY_STATUS.get(status) ?? "internal",
  ];
  return { name: (carriesKey ? OF_KEY.get(name) : undefined) ?? name, ...(diagnosis !== undefined && { diagnosis }) };
}
