export type { AuditOutcome, AuditRecord, AuditSink } from "./audit/audit-record.ts";
export {
  type BudgetKeeper,
  type CapState,
  type Reservation,
  type SpendBound,
  type SpendRequest,
  UNLIMITED,
} from "./budgets/budget-keeper.ts";
export { capHeaders } from "./budgets/cap-headers.ts";
export type { BoundSpend, CostOf } from "./budgets/spend-pricing.ts";
export type { Timers } from "./forward/relay.ts";
export { parseSettings } from "./configuration/parse-settings.ts";
export { createGateway, type Gateway, type GatewayOptions, type Readiness } from "./create-gateway.ts";
export { checkListening } from "./callers/check-listening.ts";
export { createIdentify, type IdentifyOptions } from "./callers/create-identify.ts";
export { checkHead, createHeadRules, type HeadRules } from "./callers/head/check-head.ts";
export { boundSpend, type BoundedRequest } from "./budgets/bound/bound-spend.ts";
export { costOf, isInOneGeography, type PriceConditions } from "./budgets/cost/cost-of.ts";
export { type BudgetKeeperOptions, createBudgetKeeper } from "./budgets/keeper/create-budget-keeper.ts";
export type { Timing } from "./budgets/keeper/timing.ts";
export type {
  BudgetStore,
  Charge,
  KeyState,
  OpenStoreOptions,
  Settlement,
  StoreAnswer,
  TakeAnswer,
  TakeRequest,
} from "./budgets/store/budget-store.ts";
export { openBudgetStore } from "./budgets/store/open-budget-store.ts";
export type { Identify } from "./callers/identify.ts";
export { DEFAULT_JWT_LIMITS, type JwtLimits } from "./callers/jwt/jwt-limits.ts";
export { namesCallers } from "./callers/names-callers.ts";
export { neverForwarded } from "./callers/never-forwarded.ts";
export { addToken } from "./callers/tokens/add-token.ts";
export type { EditTokenFileOptions } from "./callers/tokens/edit-token-file.ts";
export { type MadeToken, makeToken, type MakeTokenOptions } from "./callers/tokens/make-token.ts";
export { readTokenFile } from "./callers/tokens/read-token-file.ts";
export { revokeTokens, type RevokeTokensOptions } from "./callers/tokens/revoke-tokens.ts";
export { tokenId, type TokenRecord } from "./callers/tokens/token-record.ts";
export type { ExplainedRefusal, ExplainedUpstream, Explanation } from "./explain/explain-request.ts";
export { GatewayError, type GatewayErrorCode } from "./gateway-error.ts";
export { createHandler } from "./handle.ts";
export { OWN_REFUSALS, type OwnRefusalCode, refuse } from "./refusals/own-refusals.ts";
export type { GatewayParts } from "./gateway-parts.ts";
export type { Caller, CallerLimits, CallerProof } from "./terms/caller.ts";
export type { GatewayRoute, RequestForm, RouteOperation } from "./terms/gateway-route.ts";
export { isOwnRefusal, type OwnRefusal } from "./terms/own-refusal.ts";
export { NO_USAGE, type Usage } from "./terms/usage.ts";
export { type GatewayServer, serveGateway } from "./serve/serve-gateway.ts";
export type { Upstream } from "./upstreams/upstream.ts";
export type { BudgetSettings, CapSettings, CapUnit, CapWindow } from "./settings/budget-settings.ts";
export type { CallerSettings, IssuerSettings } from "./settings/caller-settings.ts";
export type { AuditSettings, GatewaySettings, ListenSettings, MetricsSettings } from "./settings/gateway-settings.ts";
export type { UpstreamSettings } from "./settings/upstream-settings.ts";
