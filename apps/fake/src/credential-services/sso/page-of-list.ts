import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck, ServiceExchange } from "../service-exchange.ts";
import { ssoFault } from "./sso-refusals.ts";

/** A part of a list, and how to ask for the next. */
export interface PageOfList<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** Most items of a page, by default too. */
const MAX_RESULTS = 100;

/**
 * Picks the part of a list that a request asks for by `max_result` and `next_token`, which the checks let pass.
 *
 * @returns The part; without a token where it is the last.
 */
export function pageOfList<Item>(items: readonly Item[], { parameters }: ServiceExchange): PageOfList<Item> {
  const from = Number(parameters.get("next_token") ?? 0);
  const to = from + Number(parameters.get("max_result") ?? MAX_RESULTS);
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
}

function checkPage({ parameters }: ServiceExchange): Fault | undefined {
  const size = parameters.get("max_result") ?? String(MAX_RESULTS);
  if (!/^\d{1,3}$/.test(size) || Number(size) < 1 || Number(size) > MAX_RESULTS) return invalid("max_result");
  return /^\d{1,6}$/.test(parameters.get("next_token") ?? "0") ? undefined : invalid("next_token");
}

const invalid = (name: string): Fault => ssoFault("body-invalid", "InvalidRequestException", `Invalid ${name}`);

/** Whether the request asks for a part that there can be. */
export const PAGE_CHECK: ServiceCheck = { name: "parameters", decisive: true, check: checkPage };
