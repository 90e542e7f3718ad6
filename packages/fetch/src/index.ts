export type { BodyField, BodyFields } from "./body/body-fields.ts";
export { readFields } from "./body/read-fields.ts";
export type { LongStrings } from "./body/skip-string.ts";
export { type JsonShape, type KeptMembers, type KeptValue, walkJson } from "./body/walk-json.ts";
export { type ClaudeFetch, createFetch, type CreateFetchOptions } from "./create-fetch.ts";
export {
  configuredCredentials,
  type ConfiguredCredentialsOptions,
  type ConfigOrResolver,
} from "./config/credential-source.ts";
export type { ExchangeAnswer, ExchangeRequest } from "./exchange.ts";
export { FIELD_DECISIONS, type FieldDecision } from "./dialects/bedrock/field-decisions.ts";
export { FetchError, type FetchErrorCode } from "./fetch-error.ts";
export type { FetchPlan } from "./fetch-plan.ts";
export { findModelProblem } from "./foresee/find-model-problem.ts";
export type { EndEvent, FetchHooks, RequestEvent, ResponseEvent, RetryEvent } from "./hooks/hooks.ts";
export type { BodyReader, ReadFacts, TranslationFacts as TranslationEvent } from "./hooks/observer.ts";
export { planRequest, type PlanRequestOptions } from "./plan-request.ts";
export type { PlannedRequest, PlannedSignature, RequestPlan } from "./request-plan.ts";
export { isPassedHeader } from "./request/is-passed-header.ts";
export type { SendOptions } from "./send/settings.ts";
export type { TimeLimits } from "./send/time-limits.ts";
export type { Header } from "./header.ts";
export type { Refusal, Translation } from "./translate/translation.ts";
export type { BodySource, Transport, TransportAnswer, TransportRequest } from "./transport/transport.ts";
