export type { AuditOutcome, AuditRecord, AuditSink } from "./audit/audit-record.ts";
export {
  type BudgetKeeper,
  type CapState,
  type Reservation,
  type SpendBound,
  type SpendRequest,
  UNLIMITED,
} from "./budgets/budget-keeper.ts";
export { boundSpend, type BoundedRequest } from "./budgets/bound/bound-spend.ts";
export { costOf, isInOneGeography, type PriceConditions } from "./budgets/cost/cost-of.ts";
export { type BudgetKeeperOptions, createBudgetKeeper } from "./budgets/keeper/create-budget-keeper.ts";
export type { Timing } from "./budgets/keeper/timing.ts";
export type {
  BudgetStore,
  Charge,
  KeyState,
  Settlement,
  StoreAnswer,
  TakeAnswer,
  TakeRequest,
} from "./budgets/store/budget-store.ts";
export { openBudgetStore, type OpenStoreOptions } from "./budgets/store/open-budget-store.ts";
export type { Identify } from "./callers/identify.ts";
export { GatewayError, type GatewayErrorCode } from "./gateway-error.ts";
export { createHandler } from "./handle.ts";
export { OWN_REFUSALS, type OwnRefusalCode, refuse } from "./refusals/own-refusals.ts";
export type { GatewayParts } from "./gateway-parts.ts";
export type { Caller, CallerLimits, CallerProof } from "./terms/caller.ts";
export type { GatewayRoute, RequestForm, RouteOperation } from "./terms/gateway-route.ts";
export { isOwnRefusal, type OwnRefusal } from "./terms/own-refusal.ts";
export { NO_USAGE, type Usage } from "./terms/usage.ts";
export type { Upstream } from "./upstreams/upstream.ts";
export type { BudgetSettings, CapSettings, CapUnit, CapWindow } from "./settings/budget-settings.ts";
export type { CallerSettings, IssuerSettings } from "./settings/caller-settings.ts";
export type { AuditSettings, GatewaySettings, ListenSettings } from "./settings/gateway-settings.ts";
export type { UpstreamSettings } from "./settings/upstream-settings.ts";
