import { clearInterval, setInterval } from "node:timers";
import type { StartDeadline } from "./accept/deadline.ts";

/** Something that may take too long. */
export interface Watched {
  /** When {@link Watched.expire} is due, by the clock of the watch; `Infinity` for never. */
  readonly deadline: number;
  /** Called once its deadline has passed, again and again until there is another. */
  expire(): void;
}

/** How many times in the shortest time-out is looked. */
const LOOKS = 8;
const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 1_000;

/**
 * Looks after the deadlines of all connections with one timer: a timer for each would cost more than its request does.
 *
 * Its clock counts the looks. A process that was held up for a while so does not cut off clients whose bytes wait to be
 * read, and a test that stops the clock of its process does not stop it: the timer is the module's.
 */
export class Watch {
  readonly #intervalMs: number;
  readonly #members = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #now = 0;

  /** @param timeoutsMs The time-outs that it is asked for. */
  constructor(timeoutsMs: readonly number[]) {
    const look = Math.min(...timeoutsMs) / LOOKS;
    this.#intervalMs = Math.min(Math.max(look, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
  }

  /** The deadline of what begins now: never early, at most two looks late. */
  after(timeoutMs: number): number {
    return this.#now + this.#intervalMs + timeoutMs;
  }

  /** Begins a deadline of this clock that passes once. */
  readonly begin: StartDeadline = (passed, afterMs) => {
    const stop = (): void => this.delete(member);
    const member: Watched = {
      deadline: this.after(afterMs),
      expire: () => {
        stop();
        passed();
      },
    };
    this.add(member);
    return stop;
  };

  add(member: Watched): void {
    this.#members.add(member);
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#look(), this.#intervalMs);
    this.#timer.unref();
  }

  delete(member: Watched): void {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#now += this.#intervalMs;
    for (const member of this.#members) if (member.deadline < this.#now) member.expire();
  }
}
