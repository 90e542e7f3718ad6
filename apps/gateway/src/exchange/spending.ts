import type { Header } from "@claude-on-aws/fetch";
import { addUsage } from "@claude-on-aws/fetch/usage";
import { capHeaders } from "../budgets/cap-headers.ts";
import type { Reservation, SpendBound } from "../budgets/budget-keeper.ts";
import type { Caller } from "../terms/caller.ts";
import type { RouteOperation } from "../terms/gateway-route.ts";
import { isOwnRefusal, type OwnRefusal } from "../terms/own-refusal.ts";
import { NO_USAGE, type Usage } from "../terms/usage.ts";
import { mostWritten } from "./most-written.ts";
import type { Service } from "./service.ts";

/** A request that is paid for. */
export interface PaidRequest {
  /** The gateway's own id of it. */
  readonly id: string;
  readonly caller: Caller;
  readonly operation: RouteOperation;
  /** The model as the client names it. */
  readonly model: string;
  /** The model as the upstreams that may be asked call it, the first one first. */
  readonly upstreamModels: readonly string[];
  /** Whether the answer comes as it is written, so that what streamed is what was paid for. */
  readonly isStreamed: boolean;
  readonly body: Uint8Array;
}

/** How an exchange ended, for whoever counts what it used. */
export interface SpentEnd {
  /** Whether a service may have worked on it. */
  readonly wasSent: boolean;
  /** How many services may have, of whom nobody heard again, besides the one that the rest is about. */
  readonly lost: number;
  /** What the answer said; null where it said nothing. */
  readonly said: Usage | null;
  /** Whether that is the service's last word. */
  readonly isCounted: boolean;
  /** Tokens that what streamed can be at most. */
  readonly mostStreamedTokens: number;
  /** How long it took, from before the request was sent, in milliseconds. */
  readonly elapsedMs: number;
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

/** What of a gateway's parts the budgets need. */
type SpendingService = Pick<Service, "budgets" | "bound" | "cost" | "nowMs" | "onError">;

/** The share of one request in the budgets: taken before it is sent, and settled once. */
export class Spending {
  readonly #service: SpendingService;
  readonly #reservation: Reservation;
  readonly #bound: SpendBound;
  readonly #isStreamed: boolean;
  #renewedMs: number;

  private constructor(service: SpendingService, reservation: Reservation, bound: SpendBound, isStreamed: boolean) {
    this.#service = service;
    this.#reservation = reservation;
    this.#bound = bound;
    this.#isStreamed = isStreamed;
    this.#renewedMs = service.nowMs();
  }

  /**
   * Takes the most that a request can cost.
   *
   * @param service What all exchanges share.
   * @param request The request.
   * @returns What was taken; or why nothing was.
   */
  static async reserve(service: SpendingService, request: PaidRequest): Promise<Spending | OwnRefusal> {
    const { budgets, bound: boundOf } = service;
    const { id, caller, operation, model, upstreamModels, isStreamed, body } = request;
    const [first = "", ...otherModels] = upstreamModels;
    const bound = boundOf?.({ operation, model: first, otherModels, body }) ?? NO_BOUND;
    const reserved = await budgets.reserve({ id, caller, model, bound });
    if (!isOwnRefusal(reserved)) return new Spending(service, reserved, bound, isStreamed);
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
    const microUsd = usage === null ? null : this.#costOf(usage, end);
    // What has no price costs what it can cost at most.
    const settled = usage === null ? null : (microUsd ?? this.#bound.microUsd);
    this.#settle(usage ?? NO_USAGE, settled, end.lost);
    return { usage, microUsd };
  }

  /** What all of a bound was used of costs what it can cost at most: which part of it stood in a cache, nobody knows. */
  #costOf(usage: Usage, { model, said, isCounted }: SpentEnd): number | null {
    const { inputTokens, outputTokens, microUsd, conditions, unseen } = this.#bound;
    if (said === null && usage.inputTokens === inputTokens && usage.outputTokens === outputTokens) return microUsd;
    const cost = this.#service.cost?.(usage, model, conditions) ?? null;
    return said !== null && !isCounted && unseen === "anything" ? Math.max(cost ?? 0, microUsd) : cost;
  }

  /** Whoever was asked and never heard of again may have done all of it. */
  #settle(usage: Usage, microUsd: number | null, lost: number): void {
    const { inputTokens, outputTokens, microUsd: most } = this.#bound;
    const all = addUsage(usage, { ...NO_USAGE, inputTokens: lost * inputTokens, outputTokens: lost * outputTokens });
    const cost = microUsd === null && lost === 0 ? null : (microUsd ?? 0) + lost * most;
    this.#reservation.settle(all, cost).catch(this.#service.onError);
  }

  /**
   * Where nobody says how much was used, it is what it can be at most: of input always, of output unless it was to stream, where
   * nothing of it is unseen, and nothing came.
   */
  #usageOf(end: SpentEnd): Usage | null {
    const { wasSent, said, isError, isWhole, elapsedMs } = end;
    if (!wasSent) return null;
    const { inputTokens, unseen = "nothing" } = this.#bound;
    if (said !== null) return this.#usageSaid(said, end);
    if (isError) return NO_USAGE;
    const isNothing = this.#isStreamed && unseen === "nothing" && !isWhole;
    return { ...NO_USAGE, inputTokens, outputTokens: isNothing ? 0 : this.#mostOutput(elapsedMs) };
  }

  /** What a stream said that broke off is filled up with the most that it may have left out: what was reserved, where more is done than streams. */
  #usageSaid(said: Usage, { isCounted, mostStreamedTokens, elapsedMs }: SpentEnd): Usage {
    const { inputTokens, unseen = "nothing" } = this.#bound;
    const input = inputOf(said);
    const isInputLeftOut = input === 0 || (unseen === "anything" && !isCounted && input < inputTokens);
    const usage = isInputLeftOut ? { ...said, inputTokens: said.inputTokens + inputTokens - input } : said;
    if (isCounted) return usage;
    const most = this.#mostOutput(elapsedMs);
    const left = unseen === "nothing" ? Math.min(mostStreamedTokens, most) : most;
    return { ...usage, outputTokens: Math.max(usage.outputTokens, left) };
  }

  /** What a stream can have taken that broke off. Tools of the service and other models work at a speed that nobody knows, and all at once. */
  #mostOutput(elapsedMs: number): number {
    const { outputTokens, unseen } = this.#bound;
    return this.#isStreamed && unseen !== "anything" ? Math.min(outputTokens, mostWritten(elapsedMs)) : outputTokens;
  }
}

const inputOf = ({ inputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens }: Usage): number =>
  inputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens;
