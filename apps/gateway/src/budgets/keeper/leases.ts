import type { Charge, StoreAnswer, TakeAnswer } from "../store/budget-store.ts";
import type { Timing } from "./timing.ts";

/** How leases reach the store. */
export interface LeaseStore {
  /** Takes in advance; throws where the store does not answer. */
  readonly take: (id: string, charges: readonly Charge[]) => Promise<TakeAnswer>;
  readonly settle: (id: string, amounts: Readonly<Record<string, number>>, isFinal: boolean) => void;
  readonly renew: (id: string) => void;
  readonly randomId: () => string;
}

/** What was taken out of a lease for a request. */
export interface Leased {
  readonly answer: StoreAnswer;
  /** Puts what was used in place of it, by charge. */
  readonly settle: (used: readonly (number | undefined)[]) => void;
  readonly renew: () => void;
}

/** A set of keys is hot where so many requests come within {@link HOT_WITHIN_MS}. */
const HOT_REQUESTS = 8;
const HOT_WITHIN_MS = 1_000;
/** A lease is no more than this part of what is left, so that forty gateways leave half of it to others. */
const PART_OF_REST = 64;
/** A lease is worth so many requests like the first one, and no more. */
const FEWEST_REQUESTS = 4;
const MOST_REQUESTS = 512;
/** The next lease is asked for when so little of one is left, and one of which even less is left is given back. */
const LOW = 1 / 4;
const USED_UP = 1 / 16;
/** Allowance that nobody uses goes back after so long, in milliseconds. */
const LEASE_MS = 2_000;
/** A shorter one is not worth asking for. */
const SHORTEST_MS = 20;
/** Sets of keys whose requests are counted. */
const MOST_SETS = 10_000;

interface Lease {
  readonly id: string;
  readonly charges: readonly Charge[];
  readonly answer: StoreAnswer;
  readonly usableUntilMs: number;
  /** What is left of each charge. */
  readonly left: number[];
  /** What was really used, and what open requests hold. */
  readonly used: number[];
  readonly held: number[];
  open: number;
  isOver: boolean;
  cancel: () => void;
}

interface KeySet {
  requests: number;
  sinceMs: number;
  lease: Lease | undefined;
  asking: Promise<void> | undefined;
}

/**
 * Allowance that was taken from a shared store in advance, for sets of keys that many requests charge: such a request costs memory
 * only. What is leased counts as taken in the store; so all leases together never exceed what is left, and what a gateway held
 * that died is spent.
 */
export class Leases {
  readonly #store: LeaseStore;
  readonly #timing: Timing;
  readonly #sets = new Map<string, KeySet>();
  readonly #open = new Set<Lease>();

  constructor(store: LeaseStore, timing: Timing) {
    this.#store = store;
    this.#timing = timing;
  }

  /** How many leases are not settled. */
  get size(): number {
    return this.#open.size;
  }

  /** Takes from a lease. Undefined where there is none with enough in it. */
  async take(charges: readonly Charge[]): Promise<Leased | undefined> {
    const set = this.#setOf(charges);
    let leased = this.#takeFrom(set.lease, charges);
    if (leased === undefined && set.asking !== undefined) {
      await set.asking;
      leased = this.#takeFrom(set.lease, charges);
    }
    const { lease } = set;
    if (lease === undefined) return leased;
    if (leased === undefined && isBelow(lease, USED_UP)) {
      this.#end(lease);
      set.lease = undefined;
    } else if (leased !== undefined && set.asking === undefined && isBelow(lease, LOW)) {
      // What is left by now is less than it was: if it is too little, the store says so.
      this.#askFor(set, charges, lease.answer);
    }
    return leased;
  }

  /** Learns from an answer of the store how much is left, and takes a lease where that is worth it. */
  learn(charges: readonly Charge[], answer: StoreAnswer): void {
    const set = this.#setOf(charges);
    const nowMs = this.#timing.elapsedMs();
    if (nowMs - set.sinceMs > HOT_WITHIN_MS) {
      set.requests = 0;
      set.sinceMs = nowMs;
    }
    set.requests += 1;
    if (set.requests < HOT_REQUESTS || set.lease !== undefined || set.asking !== undefined) return;
    this.#askFor(set, charges, answer);
  }

  /** Gives back what is not used. */
  close(): void {
    for (const { lease } of this.#sets.values()) if (lease !== undefined) this.#end(lease);
    this.#sets.clear();
  }

  #setOf(charges: readonly Charge[]): KeySet {
    const name = charges.map(({ key }) => key).join("\n");
    const known = this.#sets.get(name);
    if (known !== undefined) return known;
    if (this.#sets.size >= MOST_SETS) this.#forgetIdle();
    const set: KeySet = { requests: 0, sinceMs: this.#timing.elapsedMs(), lease: undefined, asking: undefined };
    if (this.#sets.size < MOST_SETS) this.#sets.set(name, set);
    return set;
  }

  #forgetIdle(): void {
    for (const [name, { lease, asking }] of this.#sets) {
      if (lease === undefined && asking === undefined) this.#sets.delete(name);
    }
  }

  #askFor(set: KeySet, charges: readonly Charge[], answer: StoreAnswer): void {
    const wanted = sizeLease(charges, answer);
    if (wanted !== undefined) set.asking = this.#ask(set, wanted).finally(() => (set.asking = undefined));
  }

  async #ask(set: KeySet, charges: readonly Charge[]): Promise<void> {
    const askedAtMs = this.#timing.elapsedMs();
    const id = this.#store.randomId();
    let answer: TakeAnswer;
    try {
      answer = await this.#store.take(id, charges);
    } catch {
      return;
    }
    if (!answer.isTaken) return;
    const { nowMs, states } = answer;
    // The store read its clock after it was asked: counted from then on, a lease ends too early, never too late.
    const lifeMs = Math.min(LEASE_MS, ...states.map(({ usableUntilMs }) => usableUntilMs - nowMs));
    const lease: Lease = {
      id,
      charges,
      answer,
      usableUntilMs: askedAtMs + lifeMs,
      left: charges.map(({ amount }) => amount),
      used: charges.map(() => 0),
      held: charges.map(() => 0),
      open: 0,
      isOver: false,
      cancel: () => {},
    };
    this.#open.add(lease);
    lease.cancel = this.#timing.after(Math.max(0, lifeMs), () => {
      this.#end(lease);
      if (set.lease === lease) set.lease = undefined;
    });
    if (set.lease !== undefined) this.#end(set.lease);
    set.lease = lease;
  }

  #takeFrom(lease: Lease | undefined, charges: readonly Charge[]): Leased | undefined {
    if (lease === undefined || lease.isOver || this.#timing.elapsedMs() >= lease.usableUntilMs) return undefined;
    const amounts = charges.map(({ amount }) => amount);
    if (!amounts.every((amount, at) => amount <= (lease.left[at] ?? 0))) return undefined;
    for (const [at, amount] of amounts.entries()) {
      lease.left[at] = (lease.left[at] ?? 0) - amount;
      lease.held[at] = (lease.held[at] ?? 0) + amount;
    }
    lease.open += 1;
    const states = lease.answer.states.map((state, at) => ({ ...state, used: state.used - (lease.left[at] ?? 0) }));
    return {
      answer: { nowMs: lease.answer.nowMs, states },
      settle: (used) => this.#settle(lease, amounts, used),
      renew: () => this.#store.renew(lease.id),
    };
  }

  #settle(lease: Lease, amounts: readonly number[], used: readonly (number | undefined)[]): void {
    lease.open -= 1;
    for (const [at, amount] of amounts.entries()) {
      const really = used[at] ?? amount;
      lease.held[at] = (lease.held[at] ?? 0) - amount;
      lease.used[at] = (lease.used[at] ?? 0) + really;
      lease.left[at] = (lease.left[at] ?? 0) + amount - really;
    }
    if (lease.isOver) this.#write(lease);
  }

  #end(lease: Lease): void {
    if (lease.isOver) return;
    lease.isOver = true;
    lease.cancel();
    this.#write(lease);
  }

  #write(lease: Lease): void {
    const isFinal = lease.open === 0;
    if (isFinal) this.#open.delete(lease);
    const amounts = lease.charges.map(({ key }, at) => [key, (lease.used[at] ?? 0) + (lease.held[at] ?? 0)] as const);
    this.#store.settle(lease.id, Object.fromEntries(amounts), isFinal);
  }
}

/** Whether less than a part of what a lease was granted is left of any of its charges. */
const isBelow = ({ charges, left }: Lease, part: number): boolean =>
  charges.some(({ amount }, at) => amount > 0 && (left[at] ?? 0) < part * amount);

/** How much is worth taking in advance; undefined where too little is left, or the slot ends too soon. */
function sizeLease(charges: readonly Charge[], { nowMs, states }: StoreAnswer): readonly Charge[] | undefined {
  if (states.some(({ usableUntilMs }) => usableUntilMs - nowMs < SHORTEST_MS)) return undefined;
  const requests = charges.map(({ limit, amount }, at) =>
    amount === 0 ? MOST_REQUESTS : Math.floor((limit - (states[at]?.used ?? limit)) / PART_OF_REST / amount),
  );
  const worth = Math.min(MOST_REQUESTS, ...requests);
  if (worth < FEWEST_REQUESTS) return undefined;
  return charges.map((charge) => ({ ...charge, amount: charge.amount * worth }));
}
