import {
  type BudgetKeeper,
  type BudgetStore,
  type CapSettings,
  createBudgetKeeper,
  isOwnRefusal,
  type Reservation,
  type TakeAnswer,
  type TakeRequest,
} from "@claude-on-aws/gateway";
import { capsFor } from "../../../src/budgets/keeper/caps.ts";
import { MemoryStore } from "../../../src/budgets/store/memory-store.ts";
import { slotOf } from "../../../src/budgets/windows/windows.ts";
import { bound, caller, usage } from "./callers.ts";
import { createRandom, type Random } from "./random.ts";
import { createVirtualTiming, settleDown } from "./virtual-timing.ts";

/** What is tried in one run. */
export interface Scenario {
  readonly caps: readonly CapSettings[];
  /** The most of a bound, in tokens and in millionths. */
  readonly largest: number;
  /** The most requests that come at once. */
  readonly burst: number;
  readonly gateways: number;
  readonly reservationMs: number;
  /** How often some are settled, of a hundred steps. */
  readonly settlePercent: number;
  /** How long it usually is until the next step, in milliseconds. */
  readonly pauseMs: number;
  readonly steps: number;
  /** How many of what is on its way are lost at most, of a hundred. */
  readonly lossPercent: number;
}

/** A request that was let through. */
interface Admission {
  readonly gateway: Gateway;
  readonly reservation: Reservation;
  readonly atMs: number;
  /** What it holds of each unit: the bound, and what was used once it is settled. */
  held: { usd: number; tokens: number; requests: number };
  readonly bound: { readonly usd: number; readonly tokens: number };
  readonly who: string;
  isOpen: boolean;
}

interface Gateway {
  readonly keeper: BudgetKeeper;
  /** When the store granted the lease that each set of keys draws on: by the store's clock, and by the one that only goes on. */
  readonly leases: Map<string, { readonly nowMs: number; readonly elapsedMs: number }>;
  isDead: boolean;
}

/** What is on its way between a gateway and the store. */
interface Transit {
  readonly gateway: Gateway;
  readonly arrive: () => void;
  readonly lose: () => void;
}

const START = Date.parse("2026-11-29T23:58:00Z");
/** What a keeper waits for the store, unless it is told otherwise. */
const TIMEOUT_MS = 250;
const CALLERS = ["ann", "bob", "carl"];
const GROUPS: Readonly<Record<string, readonly string[]>> = { ann: ["team"], bob: ["team"], carl: [] };

/** Gateways that share a store over a network which loses, delays and reorders, whose clocks are set, and which die. */
export class Simulation {
  readonly #scenario: Scenario;
  readonly #random: Random;
  readonly #timing = createVirtualTiming();
  readonly #server: MemoryStore;
  readonly #admitted: Admission[] = [];
  /** When what was asked for was asked for first, and when it was taken: by the clock that only goes on, and by the store's. */
  readonly #asked = new Map<string, number>();
  readonly #takenAfter = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  #transit: Transit[] = [];
  #gateways: Gateway[] = [];
  #clockOffsetMs = 0;
  #latestMs = START;
  #ids = 0;
  readonly #granted = new Map<string, number>();
  #isOverdrawn = false;
  /** How many admissions there were when caps were looked at last. */
  #checked = 0;
  crashes = 0;
  leases = 0;
  /** How full a cap ever was. */
  fullest = 0;

  private constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#random = createRandom(seed);
    this.#server = new MemoryStore({ nowMs: () => this.#nowMs() });
  }

  static async start(scenario: Scenario, seed: number): Promise<Simulation> {
    const simulation = new Simulation(scenario, seed);
    for (let count = 0; count < scenario.gateways; count += 1) await simulation.#addGateway();
    return simulation;
  }

  get admitted(): number {
    return this.#admitted.length;
  }

  /** Does something by chance, and lets happen what waits for nothing. */
  async step(): Promise<void> {
    const random = this.#random;
    const gateway = random.pick(this.#gateways);
    const kind = random.below(100);
    if (kind < 30)
      for (let count = 1 + random.below(this.#scenario.burst); count > 0; count -= 1) this.#request(gateway);
    else if (kind < 30 + this.#scenario.settlePercent) this.#settleSome();
    else if (kind < 53) random.maybe(this.#open())?.reservation.renew();
    else if (kind < 78)
      await this.#deliver(1 + random.below(2 * this.#scenario.burst), random.below(this.#scenario.lossPercent + 1));
    else if (kind < 93)
      this.#timing.advance(random.below(random.below(8) === 0 ? 10 * this.#scenario.pauseMs : this.#scenario.pauseMs));
    else if (kind < 96) this.#setClock();
    else if (kind < 97) this.#timing.advance(random.below(200 * this.#scenario.pauseMs));
    else if (random.below(3) === 0) await this.#crash(gateway);
    await settleDown();
  }

  /** Whether more was admitted than a cap allows, in any of its windows; says which. */
  findExcess(): string | undefined {
    if (this.#isOverdrawn) return "more was used of a lease than was in it";
    // What is settled holds less than before: only an admission can be too much.
    if (this.#admitted.length === this.#checked) return undefined;
    this.#checked = this.#admitted.length;
    for (const cap of this.#scenario.caps) {
      const limit = limitOf(cap);
      for (const [who, admissions] of Map.groupBy(this.#admitted, (each) => sharer(cap, each.who))) {
        if (who === undefined) continue;
        const sum = mostIn(cap, admissions);
        this.fullest = Math.max(this.fullest, sum / limit);
        if (sum > limit) return `${cap.name} of ${who}: ${sum} of ${limit}`;
      }
    }
    return undefined;
  }

  /**
   * Ends it: everybody settles, all that is on its way arrives. Then whatever was not lost is counted as it was, rates come
   * back, and nothing is kept.
   */
  async findLeak(): Promise<string | undefined> {
    const isYoung = (): boolean => this.#nowMs() > 0 && this.#latestMs - START + 2_000 < this.#scenario.reservationMs;
    const isExact = this.crashes === 0 && isYoung();
    for (let round = 0; round < 8; round += 1) {
      await this.#deliver(Number.POSITIVE_INFINITY, 0);
      for (const admission of this.#open()) this.#settle(admission);
      await settleDown();
      if (isExact && !isYoung()) return undefined;
      this.#timing.advance(1_500);
      await settleDown();
    }
    const wrong = isExact ? this.#findWrongSum() : undefined;
    if (wrong !== undefined) return wrong;
    this.#clockOffsetMs = Math.max(this.#clockOffsetMs, this.#latestMs - START - this.#timing.elapsedMs());
    // What arrives only now lives once more as long.
    for (let round = 0; round < 3; round += 1) {
      this.#timing.advance(700_000);
      if (round < 2) await this.#deliver(Number.POSITIVE_INFINITY, 0);
    }
    const rates = this.#scenario.caps.filter(({ window }) => typeof window === "object");
    for (const cap of rates)
      for (const who of [null, ...CALLERS]) if (this.#used(cap, who) > 0) return `${cap.name} did not come back`;
    this.#server.takeNow({ id: "last", charges: [], lifetimeMs: 0 });
    const { reservations } = this.#server.size;
    return reservations === 1 ? undefined : `${reservations - 1} reservations are kept`;
  }

  #findWrongSum(): string | undefined {
    const nowMs = this.#nowMs();
    for (const cap of this.#scenario.caps) {
      if (typeof cap.window === "object") continue;
      for (const who of cap.scope === "each-caller" ? CALLERS : [null]) {
        const counted = this.#admitted
          .filter((each) => slotOf(cap.window, each.atMs) === slotOf(cap.window, nowMs))
          .filter((each) => (who === null ? sharer(cap, each.who) !== undefined : each.who === who))
          .reduce((sum, { held }) => sum + held[cap.unit], 0);
        const kept = this.#used(cap, who);
        if (kept !== counted) return `${cap.name} of ${who}: ${kept} are kept of ${counted}`;
      }
    }
    return undefined;
  }

  #used({ name, unit, window }: CapSettings, who: string | null): number {
    const span = typeof window === "object" ? `${window.seconds}s` : window;
    const key = JSON.stringify([name, unit, span, who]);
    return this.#server.peek({ key, window, limit: 0, amount: 0 });
  }

  #nowMs(): number {
    const nowMs = START + this.#timing.elapsedMs() + this.#clockOffsetMs;
    this.#latestMs = Math.max(this.#latestMs, nowMs);
    return nowMs;
  }

  /** Forward by anything; back by no more than the shortest span behind where it ever was. */
  #setClock(): void {
    const spans = this.#scenario.caps.flatMap(({ window }) =>
      typeof window === "object" ? [window.seconds * 1_000] : [],
    );
    const nowMs = this.#nowMs();
    const room = Math.min(...spans) - (this.#latestMs - nowMs);
    const back = this.#random.below(3) > 0 && room > 0;
    this.#clockOffsetMs += back ? -this.#random.below(room) : this.#random.below(10_000);
  }

  #open(): Admission[] {
    return this.#admitted.filter(({ isOpen, gateway }) => isOpen && !gateway.isDead);
  }

  #request(gateway: Gateway): void {
    const { largest } = this.#scenario;
    const [id, who] = [`r${this.#ids++}`, this.#random.pick(CALLERS)];
    const [tokens, usd] = [1 + this.#random.below(largest), 1 + this.#random.below(largest)];
    void this.#ask(gateway, id, who, { usd, tokens });
  }

  async #ask(gateway: Gateway, id: string, who: string, most: Admission["bound"]): Promise<void> {
    const asked = { id, caller: caller(who, GROUPS[who]), model: "m", bound: bound(most.tokens, 0, most.usd) };
    const reservation = await gateway.keeper.reserve(asked);
    if (gateway.isDead || isOwnRefusal(reservation)) return;
    const atMs = this.#taken.get(id) ?? this.#leaseTime(gateway, who);
    this.#admitted.push({ gateway, reservation, atMs, held: { ...most, requests: 1 }, bound: most, who, isOpen: true });
  }

  #leaseTime(gateway: Gateway, who: string): number {
    const keys = capsFor(this.#scenario.caps, caller(who, GROUPS[who])).map(({ key }) => key);
    const lease = gateway.leases.get(keys.join("\n"));
    if (lease === undefined) throw new Error("admitted without being taken");
    return lease.nowMs + this.#timing.elapsedMs() - lease.elapsedMs;
  }

  #settleSome(): void {
    for (let count = 1 + this.#random.below(this.#scenario.burst); count > 0; count -= 1) {
      const admission = this.#random.maybe(this.#open());
      if (admission !== undefined) this.#settle(admission);
    }
  }

  #settle(admission: Admission): void {
    admission.isOpen = false;
    const isSent = this.#random.below(5) > 0;
    const usd = isSent ? this.#random.below(admission.bound.usd + 1) : 0;
    const tokens = isSent ? this.#random.below(admission.bound.tokens + 1) : 0;
    // Behind its life a settlement says nothing any more; what was reserved stays counted.
    admission.held = { usd, tokens, requests: isSent ? 1 : 0 };
    void admission.reservation.settle(usage(tokens, 0), isSent ? usd : null);
  }

  async #deliver(most: number, lossPercent: number): Promise<void> {
    for (let count = 0; count < most && this.#transit.length > 0; count += 1) {
      const [transit] = this.#transit.splice(this.#random.below(this.#transit.length), 1);
      if (transit === undefined) break;
      if (this.#random.below(100) < lossPercent) transit.lose();
      else transit.arrive();
      if (count % 8 === 7 || this.#transit.length === 0) await settleDown();
    }
  }

  async #crash(gateway: Gateway): Promise<void> {
    this.crashes += 1;
    gateway.isDead = true;
    this.#gateways = this.#gateways.filter((each) => each !== gateway);
    await this.#addGateway();
  }

  async #addGateway(): Promise<void> {
    const state: { keeper?: BudgetKeeper } = {};
    const gateway: Gateway = {
      get keeper() {
        if (state.keeper === undefined) throw new Error("not made yet");
        return state.keeper;
      },
      leases: new Map(),
      isDead: false,
    };
    const timing = {
      elapsedMs: this.#timing.elapsedMs,
      after: (ms: number, call: () => void) => this.#timing.after(ms, () => (gateway.isDead ? undefined : call())),
    };
    const { caps, reservationMs } = this.#scenario;
    const options = { store: this.#storeOf(gateway), timing, randomId: () => `lease${this.#ids++}` };
    state.keeper = await createBudgetKeeper({ caps, reservationMs }, options);
    this.#gateways.push(gateway);
  }

  #storeOf(gateway: Gateway): BudgetStore {
    return {
      isShared: true,
      take: async (request) => {
        if (!this.#asked.has(request.id)) this.#asked.set(request.id, this.#timing.elapsedMs());
        const learn = ({ isTaken }: TakeAnswer): void => this.#learn(gateway, request, isTaken);
        return this.#send(gateway, () => this.#take(request), learn);
      },
      settle: async (settlements) =>
        this.#send(gateway, () => {
          for (const settlement of settlements) {
            for (const [key, amount] of Object.entries(settlement.amounts ?? {})) {
              if (amount > (this.#granted.get(`${settlement.id} ${key}`) ?? 0)) this.#isOverdrawn = true;
            }
            this.#server.settleNow(settlement);
          }
        }),
      renew: async (ids, lifetimeMs) => this.#send(gateway, () => void this.#server.renew(ids, lifetimeMs)),
      read: async (charges) => this.#server.read(charges),
      close: async () => {},
    };
  }

  #take(request: TakeRequest) {
    const answer = this.#server.takeNow(request);
    for (const { key, amount } of request.charges) this.#granted.set(`${request.id} ${key}`, amount);
    if (answer.isTaken && !this.#taken.has(request.id)) {
      this.#taken.set(request.id, answer.nowMs);
      this.#takenAfter.set(request.id, this.#timing.elapsedMs());
      if (request.inAdvance === true) this.leases += 1;
    }
    return answer;
  }

  /** From the moment on at which a gateway learns of a lease in time, it draws on it. */
  #learn(gateway: Gateway, { id, charges, inAdvance }: TakeRequest, isTaken: boolean): void {
    const late = this.#timing.elapsedMs() - (this.#asked.get(id) ?? 0) >= TIMEOUT_MS;
    const [nowMs, elapsedMs] = [this.#taken.get(id), this.#takenAfter.get(id)];
    if (inAdvance !== true || !isTaken || late || nowMs === undefined || elapsedMs === undefined) return;
    gateway.leases.set(charges.map(({ key }) => key).join("\n"), { nowMs, elapsedMs });
  }

  /** A statement on its way there, and its answer on its way back: either can be lost, or take its time. */
  #send<Answer>(
    gateway: Gateway,
    statement: () => Answer,
    onAnswer: (answer: Answer) => void = () => {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (gateway.isDead) return;
      const lose = (): void => reject(new Error("connection lost"));
      const there = (): void => {
        const answer = statement();
        const back = (): void => {
          onAnswer(answer);
          resolve(answer);
        };
        this.#transit.push({ gateway, arrive: back, lose });
      };
      this.#transit.push({ gateway, arrive: there, lose });
    });
  }
}

const limitOf = ({ unit, amount }: CapSettings): number => (unit === "usd" ? Math.round(amount * 1e6) : amount);

function sharer({ scope }: CapSettings, who: string): string | undefined {
  if (scope === "everybody") return "all";
  if (scope === "each-caller") return who;
  const isIn = "group" in scope && (GROUPS[who] ?? []).includes(scope.group);
  return isIn ? "all" : undefined;
}

/** The most that is held in any window of a cap. */
function mostIn({ unit, window }: CapSettings, admissions: readonly Admission[]): number {
  if (typeof window === "string") {
    const windows = Map.groupBy(admissions, ({ atMs }) => slotOf(window, atMs));
    return Math.max(...[...windows.values()].map((each) => each.reduce((sum, { held }) => sum + held[unit], 0)));
  }
  const sorted = admissions.toSorted((one, other) => one.atMs - other.atMs);
  let [most, sum, first] = [0, 0, 0];
  for (const { atMs, held } of sorted) {
    sum += held[unit];
    for (
      let oldest = sorted[first];
      oldest !== undefined && oldest.atMs < atMs - window.seconds * 1_000;
      oldest = sorted[++first]
    ) {
      sum -= oldest.held[unit];
    }
    most = Math.max(most, sum);
  }
  return most;
}
