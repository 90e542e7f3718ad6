import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { RUNTIME_INDEX, SOAK, soakLength } from "@claude-on-aws/fixtures";
import { type CapSettings, createBudgetKeeper } from "@claude-on-aws/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caller } from "./support/callers.ts";
import { spawnWorker } from "./support/spawn-worker.ts";
import { NO_POSTGRES, startPostgres, type TestedPostgres } from "./support/start-postgres.ts";

/** Each is a process; two of them are killed. */
const GATEWAYS = soakLength(4, 3);
/** Of each gateway: a server starts a process for each, which plans each statement anew. */
const CONNECTIONS = 3;
/** In turns: a rate that is reached again and again, and caps so wide that gateways take leases. */
const LIMITED = { microUsd: soakLength(400_000, 250_000), rate: 40 };
const KINDS = [LIMITED, { microUsd: 2_500_000, rate: 100_000 }] as const;
/** Both kinds are run by some runtime; at full length, by every one. */
const RUNS = SOAK ? Array.from({ length: 50 }, (_, run) => run) : [RUNTIME_INDEX];
const kindOf = (run: number): (typeof KINDS)[number] => KINDS[run % 2 === 0 ? 0 : 1];

interface Admission {
  readonly from: number;
  readonly until: number;
  microUsd: number;
}

/** Everything that gateways said, killed ones too. */
class Ledger {
  readonly admitted = new Map<string, Admission>();
  readonly refused = new Map<string, number>();

  read(line: string): void {
    const [word, ...rest] = line.split(" ");
    if (word === "admitted") {
      const [id = "", from, until, microUsd] = rest;
      this.admitted.set(id, { from: Number(from), until: Number(until), microUsd: Number(microUsd) });
    } else if (word === "settled") {
      const admission = this.admitted.get(rest[0] ?? "");
      if (admission !== undefined) admission.microUsd = Number(rest[1]);
    } else if (word === "refused") this.refused.set(rest[0] ?? "", (this.refused.get(rest[0] ?? "") ?? 0) + 1);
  }

  get microUsd(): number {
    return [...this.admitted.values()].reduce((sum, { microUsd }) => sum + microUsd, 0);
  }

  /** The most that were let through, as far as can be told from outside, within a second. */
  get mostInSecond(): number {
    const all = [...this.admitted.values()];
    return Math.max(
      ...all.map(({ from }) => all.filter((other) => other.from >= from && other.until <= from + 1_000).length),
    );
  }
}

describe.skipIf(NO_POSTGRES !== "")(`gateways that share PostgreSQL, and die${NO_POSTGRES}`, () => {
  let server: TestedPostgres;
  beforeAll(async () => void (server = await startPostgres()));
  afterAll(async () => server.close());

  test(`${GATEWAYS} gateways, two killed, and their database too, never pass a cap; rates come back; ${RUNS.length} times`, async () => {
    const seen = { admitted: 0, gone: 0, limited: 0 };
    for (const run of RUNS) {
      const ledger = await crashOnce(server, run);
      seen.admitted += ledger.admitted.size;
      seen.gone += ledger.refused.get("BUDGET_STORE_UNREACHABLE") ?? 0;
      seen.limited += ledger.refused.get("RATE_LIMITED") ?? 0;
    }
    // Otherwise nothing was tried.
    expect(seen.admitted).toBeGreaterThan(50 * RUNS.length);
    expect(seen.gone).toBeGreaterThan(0);
    if (RUNS.some((run) => kindOf(run) === LIMITED)) expect(seen.limited).toBeGreaterThan(0);
  });
});

interface Worker {
  readonly child: ReturnType<typeof spawnWorker>;
  readonly closed: Promise<unknown>;
  readonly lines: Interface;
  isReady: boolean;
  isClosed: boolean;
  /** The last that it said, and how it ended, for whoever looks why it did. */
  lastWords: string;
}

const endOf = ({ child: { pid, exitCode, signalCode }, isReady, lastWords }: Worker): string =>
  `process ${pid}, status ${exitCode}, signal ${signalCode}, ${isReady ? "behind" : "before"} its "ready"; it said last: ${lastWords}`;

/** Waits until something that a worker says, or others meanwhile, makes it true. */
async function until(worker: Worker, happened: () => boolean): Promise<void> {
  while (!happened()) {
    if (worker.isClosed) throw new Error(`A worker ended by itself: ${endOf(worker)}`);
    await Promise.race([once(worker.lines, "line"), worker.closed]);
  }
}

async function crashOnce(server: TestedPostgres, run: number): Promise<Ledger> {
  const { microUsd, rate } = kindOf(run);
  const caps: CapSettings[] = [
    { name: `money ${run}`, unit: "usd", amount: microUsd / 1e6, window: "month", scope: "everybody" },
    { name: `rate ${run}`, unit: "requests", amount: rate, window: { seconds: 1 }, scope: "everybody" },
  ];
  const ledger = new Ledger();
  const start = (seed: number): Worker => {
    const child = spawnWorker(
      "postgres-worker.ts",
      `${server.address}&max=${CONNECTIONS}`,
      JSON.stringify(caps),
      String(seed),
    );
    const closed = once(child, "close");
    const lines = createInterface({ input: child.stdout });
    const worker = { child, closed, lines, isReady: false, isClosed: false, lastWords: "" };
    void closed.then(() => (worker.isClosed = true));
    child.stderr.on("data", (chunk: Buffer) => (worker.lastWords = chunk.toString()));
    lines.on("line", (line) => {
      worker.lastWords = line;
      if (line === "ready") worker.isReady = true;
      ledger.read(line);
    });
    return worker;
  };
  let seed = run * 100;
  const workers = Array.from({ length: GATEWAYS }, () => start(seed++));
  const [first, second, third] = workers;
  if (first === undefined || second === undefined || third === undefined) throw new Error("too few");
  for (const worker of workers) await until(worker, () => worker.isReady);

  await until(third, () => ledger.admitted.size > 30 + run);
  first.child.kill("SIGKILL");
  await until(third, () => ledger.admitted.size > 60 + run);
  await server.stopAtOnce();
  const gone = (): number => ledger.refused.get("BUDGET_STORE_UNREACHABLE") ?? 0;
  const before = gone();
  await until(third, () => gone() > before + 3);
  second.child.kill("SIGKILL");
  await server.start();
  const fifth = start(seed++);
  workers.push(fifth);
  await until(fifth, () => fifth.isReady);
  // Money is the cap that does not come back: when it is refused for money, all is spent.
  await until(third, () => (ledger.refused.get("BUDGET_SPENT") ?? 0) > 8);
  for (const { child } of workers) child.stdin.end();
  await Promise.all(workers.map(async ({ closed }) => closed));

  expect(ledger.microUsd).toBeLessThanOrEqual(microUsd);
  expect(ledger.mostInSecond).toBeLessThanOrEqual(rate);
  const keeper = await createBudgetKeeper({ caps, store: server.address });
  const states = async () =>
    new Map((await keeper.capsOf(caller("ann"))).map(({ name, utilization }) => [name, utilization]));
  expect((await states()).get(`money ${run}`)).toBeGreaterThanOrEqual(ledger.microUsd / microUsd);
  // Whoever asks without a pause takes the time of the database.
  while ((await states()).get(`rate ${run}`) !== 0) await new Promise((resolve) => setTimeout(resolve, 25));
  await keeper.close();
  return ledger;
}
