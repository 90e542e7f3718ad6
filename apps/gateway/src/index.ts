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
export type { Identify } from "./callers/identify.ts";
export type { Timers } from "./forward/relay.ts";
export { GatewayError, type GatewayErrorCode } from "./gateway-error.ts";
export { createHandler } from "./handle.ts";
export { OWN_REFUSALS, type OwnRefusalCode, refuse } from "./refusals/own-refusals.ts";
export type { GatewayParts } from "./gateway-parts.ts";
export type { Caller, CallerLimits, CallerProof } from "./terms/caller.ts";
export type { GatewayRoute, RequestForm, RouteOperation } from "./terms/gateway-route.ts";
export type { OwnRefusal } from "./terms/own-refusal.ts";
export { NO_USAGE, type Usage } from "./terms/usage.ts";
export type { Upstream } from "./upstreams/upstream.ts";
export type { BudgetSettings, CapSettings, CapUnit, CapWindow } from "./settings/budget-settings.ts";
export type { CallerSettings, IssuerSettings } from "./settings/caller-settings.ts";
export type { AuditSettings, GatewaySettings, ListenSettings } from "./settings/gateway-settings.ts";
export type { UpstreamSettings } from "./settings/upstream-settings.ts";
