import type { Header } from "@claude-on-aws/fetch";
import { capHeaders } from "../budgets/cap-headers.ts";
import type { Reservation, SpendBound } from "../budgets/budget-keeper.ts";
import type { Caller } from "../terms/caller.ts";
import type { RouteOperation } from "../terms/gateway-route.ts";
import { isOwnRefusal, type OwnRefusal } from "../terms/own-refusal.ts";
import { NO_USAGE, type Usage } from "../terms/usage.ts";
import type { Service } from "./service.ts";

/** A request that is paid for. */
export interface PaidRequest {
  /** The gateway's own id of it. */
  readonly id: string;
  readonly caller: Caller;
  readonly operation: RouteOperation;
  /** The model as the client names it. */
  readonly model: string;
  /** The model as the first upstream is asked for it. */
  readonly upstreamModel: string;
  readonly body: Uint8Array;
}

/** How an exchange ended, for whoever counts what it used. */
export interface SpentEnd {
  /** Whether a service may have worked on it. */
  readonly wasSent: boolean;
  /** What the answer said; null where it said nothing. */
  readonly said: Usage | null;
  /** Whether the answer was an error, which nobody pays for. */
  readonly isError: boolean;
  /** Whether a whole answer arrived. */
  readonly isWhole: boolean;
  /** The model as the service was asked for it. */
  readonly model: string;
}

/** What was used, and what that costs; null where nothing was sent, or no price is known. */
export interface Spent {
  readonly usage: Usage | null;
  readonly microUsd: number | null;
}

/** What a request can cost where nobody says: nothing is reserved. */
const NO_BOUND: SpendBound = { inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** A reservation is renewed no more often than this. */
const RENEW_MS = 60_000;

/** The share of one request in the budgets: taken before it is sent, and settled once. */
export class Spending {
  readonly #service: Service;
  readonly #reservation: Reservation;
  readonly #bound: SpendBound;
  #renewedMs: number;

  private constructor(service: Service, reservation: Reservation, bound: SpendBound) {
    this.#service = service;
    this.#reservation = reservation;
    this.#bound = bound;
    this.#renewedMs = service.nowMs();
  }

  /**
   * Takes the most that a request can cost.
   *
   * @param service What all exchanges share.
   * @param request The request.
   * @returns What was taken; or why nothing was.
   */
  static async reserve(service: Service, request: PaidRequest): Promise<Spending | OwnRefusal> {
    const { budgets, bound: boundOf } = service;
    const { id, caller, operation, model, upstreamModel, body } = request;
    const bound = boundOf?.({ operation, model: upstreamModel, body }) ?? NO_BOUND;
    const reserved = await budgets.reserve({ id, caller, model, bound });
    if (!isOwnRefusal(reserved)) return new Spending(service, reserved, bound);
    if (reserved.code !== "BUDGET_SPENT") return reserved;
    return { ...reserved, headers: [...(reserved.headers ?? []), ...capHeaders(await budgets.capsOf(caller))] };
  }

  /** What the client is told of how full the caps are. */
  get headers(): readonly Header[] {
    return capHeaders(this.#reservation.caps);
  }

  /** Says that the answer goes on: what was taken does not expire. */
  renew(): void {
    const nowMs = this.#service.nowMs();
    if (nowMs - this.#renewedMs < RENEW_MS) return;
    this.#renewedMs = nowMs;
    this.#reservation.renew();
  }

  /**
   * Puts what was used in place of what was taken.
   *
   * @param end How the exchange ended.
   * @returns What was used.
   */
  settle(end: SpentEnd): Spent {
    const usage = this.#usageOf(end);
    const microUsd = usage === null ? null : (this.#service.cost?.(usage, end.model, this.#bound.conditions) ?? null);
    // What has no price costs what it can cost at most.
    const settled = usage === null ? null : (microUsd ?? this.#bound.microUsd);
    this.#reservation.settle(usage ?? NO_USAGE, settled).catch(this.#service.onError);
    return { usage, microUsd };
  }

  /** Where nobody says how much was used, it is what it can be at most: of input always, of output where all of it came. */
  #usageOf({ wasSent, said, isError, isWhole }: SpentEnd): Usage | null {
    if (!wasSent) return null;
    const { inputTokens, outputTokens } = this.#bound;
    if (said !== null) return hasInput(said) ? said : { ...said, inputTokens };
    if (isError) return NO_USAGE;
    return { ...NO_USAGE, inputTokens, outputTokens: isWhole ? outputTokens : 0 };
  }
}

const hasInput = ({ inputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens }: Usage): boolean =>
  inputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens > 0;
