import type { RouteOperation } from "../terms/gateway-route.ts";
import type { Usage } from "../terms/usage.ts";
import type { SpendBound } from "./budget-keeper.ts";
import type { PriceConditions } from "./cost/cost-of.ts";

/**
 * Says what a request can cost at most.
 *
 * @param request The operation, the model as the service is asked for it, and the body as received.
 * @returns The most.
 */
export type BoundSpend = (request: {
  readonly operation: RouteOperation;
  readonly model: string;
  readonly body: Uint8Array;
}) => SpendBound;

/**
 * Says what was paid for tokens.
 *
 * @param usage The tokens.
 * @param model The model as the service was asked for it.
 * @param conditions What else changes the price.
 * @returns Millionths of a US dollar, rounded up; null where no price is known.
 */
export type CostOf = (usage: Usage, model: string, conditions?: PriceConditions) => number | null;
