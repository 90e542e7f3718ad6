// What it costs to take from a budget, by store, beside what the store costs at least. Run it by `pnpm bench:budgets`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type BudgetStore, createBudgetKeeper, isOwnRefusal, openBudgetStore } from "@claude-on-aws/gateway";
import postgres from "postgres";
import { bound, caller, usage } from "../test/budgets/support/callers.ts";
import { NO_POSTGRES, startPostgres } from "../test/budgets/support/start-postgres.ts";

const ROUNDS = 5;
const AT_ONCE = 8;

interface Contender {
  readonly name: string;
  readonly kind: "limit" | "ours";
  /** How often in a round. */
  readonly times: number;
  readonly run: (count: number) => Promise<unknown>;
}

const caps = [
  { name: "month", unit: "usd", amount: 1_000_000, window: "month", scope: "everybody" },
  { name: "rate", unit: "requests", amount: 1_000_000_000, window: { seconds: 60 }, scope: "everybody" },
] as const;

/** A request: taken from two caps, and settled. */
async function reserving(store: BudgetStore): Promise<(count: number) => Promise<unknown>> {
  const keeper = await createBudgetKeeper({ caps, storeTimeoutMs: 10_000 }, { store });
  const ann = caller("ann");
  let ids = 0;
  return async () => {
    const reservation = await keeper.reserve({
      id: `${process.pid} ${ids++}`,
      caller: ann,
      model: "m",
      bound: bound(10, 10, 100),
    });
    if (isOwnRefusal(reservation)) throw new Error(reservation.message);
    await reservation.settle(usage(5, 5), 50);
  };
}

/** A store whose every request is a statement of its own. */
const withoutLeases = (store: BudgetStore): BudgetStore => ({
  isShared: false,
  take: async (request) => store.take(request),
  settle: async (settlements) => store.settle(settlements),
  renew: async (ids, lifetimeMs) => store.renew(ids, lifetimeMs),
  read: async (charges) => store.read(charges),
  close: async () => store.close(),
});

/** What a round takes: milliseconds and processor time of this process, a request. */
async function measure({ times, run }: Contender): Promise<readonly [perSecond: number, cpuMicroseconds: number]> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < times) await run(next++);
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return [(times / (performance.now() - startedAt)) * 1_000, (user + system) / times];
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

const folder = await mkdtemp(join(tmpdir(), "budgets-bench-"));
const contenders: Contender[] = [
  { name: "memory", kind: "ours", times: 20_000, run: await reserving(await openBudgetStore("memory")) },
];
const sqlite = await openBudgetStore(`sqlite:${join(folder, "sums")}`);
contenders.push({ name: "a file of SQLite", kind: "ours", times: 2_000, run: await reserving(sqlite) });
const server = NO_POSTGRES === "" ? await startPostgres() : undefined;
const stores: BudgetStore[] = [sqlite];
let sql: postgres.Sql | undefined;
if (server === undefined) console.log(`PostgreSQL${NO_POSTGRES}`);
else {
  const client = postgres({
    host: new URL(server.address).searchParams.get("host") ?? "",
    username: "test",
    database: "postgres",
    onnotice: () => {},
  });
  sql = client;
  await client`create table rows (id text primary key, at timestamptz default now())`;
  const [leased, direct] = [await openBudgetStore(server.address), await openBudgetStore(server.address)];
  stores.push(leased, direct);
  let ids = 0;
  contenders.push(
    { name: "PostgreSQL: select 1", kind: "limit", times: 1_000, run: async () => client`select 1` },
    {
      name: "PostgreSQL: insert of a row",
      kind: "limit",
      times: 500,
      run: async () => client`insert into rows (id) values (${String(ids++)})`,
    },
    {
      name: "PostgreSQL: a statement each, one hot key",
      kind: "ours",
      times: 500,
      run: await reserving(withoutLeases(direct)),
    },
    { name: "PostgreSQL: leases, one hot key", kind: "ours", times: 5_000, run: await reserving(leased) },
  );
}

const measured = new Map<string, (readonly [number, number])[]>();
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const contender of contenders) {
    const result = await measure(contender);
    // The first warms up.
    if (round > 0) measured.set(contender.name, [...(measured.get(contender.name) ?? []), result]);
  }
}
for (const { name, kind } of contenders) {
  const results = measured.get(name) ?? [];
  const perSecond = Math.round(median(results.map(([each]) => each))).toLocaleString("en");
  const cpu = median(results.map(([, each]) => each)).toFixed(1);
  console.log(
    `${kind.padEnd(6)} ${name.padEnd(45)} ${perSecond.padStart(10)} requests/s ${cpu.padStart(8)} µs CPU each`,
  );
}
for (const store of stores) await store.close();
await sql?.end();
await server?.close();
await rm(folder, { recursive: true, force: true });
process.exit(0);
