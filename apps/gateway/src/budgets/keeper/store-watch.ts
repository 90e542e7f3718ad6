import { GatewayError } from "../../gateway-error.ts";
import type { BudgetStore } from "../store/budget-store.ts";
import type { Timing } from "./timing.ts";

/** Why there is no answer of the store. */
export class StoreGone extends Error {
  override name = "StoreGone";
  /** Whether the statement may have happened. */
  readonly wasAsked: boolean;

  constructor(message: string, wasAsked: boolean, options?: ErrorOptions) {
    super(message, options);
    this.wasAsked = wasAsked;
  }
}

/** How a store is watched. */
export interface WatchOptions {
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly timing: Timing;
}

/** Statements that are under way or given up, but not over; more are refused. */
const MOST_UNDER_WAY = 10_000;
/** A store that has not answered for so many times its limit gets other connections. */
const RECONNECT_AFTER = 8;
/** A connection that was closed while nobody used it breaks the first statement on it. */
const ATTEMPTS = 2;

/**
 * Asks a store, and gives up in time. While it is gone, one statement at a time tries whether it is back; whoever comes
 * meanwhile is answered at once. A statement that breaks off is asked once more: it has an id, and happens once.
 */
export class StoreWatch {
  readonly #store: BudgetStore;
  readonly #options: WatchOptions;
  #underWay = 0;
  #isGone = false;
  #isTrying = false;
  #goneSinceMs = 0;

  constructor(store: BudgetStore, options: WatchOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Asks the store.
   *
   * @param ask The statement; asked twice, it happens once.
   * @returns The answer.
   * @throws {StoreGone} It was not asked, did not answer in time, or broke off.
   */
  async ask<Answer>(ask: (store: BudgetStore) => Promise<Answer>): Promise<Answer> {
    if (this.#isGone && this.#isTrying) throw new StoreGone("it did not answer before", false);
    if (this.#underWay >= MOST_UNDER_WAY) {
      throw new StoreGone(`${MOST_UNDER_WAY.toLocaleString("en")} statements wait for it`, false);
    }
    const isTrial = this.#isGone;
    if (isTrial) this.#isTrying = true;
    try {
      const answer = await this.#inTime(ask);
      this.#isGone = false;
      return answer;
    } catch (error) {
      this.#gone();
      throw error;
    } finally {
      if (isTrial) this.#isTrying = false;
    }
  }

  #inTime<Answer>(ask: (store: BudgetStore) => Promise<Answer>): Promise<Answer> {
    const { timing, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      let isLate = false;
      const cancel = timing.after(timeoutMs, () => {
        isLate = true;
        reject(new StoreGone(`it did not answer within ${timeoutMs} ms`, true));
      });
      const attempt = async (left: number): Promise<void> => {
        this.#underWay += 1;
        try {
          const answer = await ask(this.#store);
          cancel();
          resolve(answer);
        } catch (cause) {
          if (left > 0 && !isLate) return attempt(left - 1);
          cancel();
          // What a store says of itself names the way out; what a client of a database says may name anything.
          reject(new StoreGone(cause instanceof GatewayError ? cause.message : "it broke off", true, { cause }));
        } finally {
          this.#underWay -= 1;
        }
      };
      void attempt(ATTEMPTS - 1);
    });
  }

  #gone(): void {
    const nowMs = this.#options.timing.elapsedMs();
    if (!this.#isGone) this.#goneSinceMs = nowMs;
    this.#isGone = true;
    if (nowMs - this.#goneSinceMs < RECONNECT_AFTER * this.#options.timeoutMs) return;
    this.#goneSinceMs = nowMs;
    this.#store.reconnect?.();
  }
}
