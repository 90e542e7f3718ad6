import { openBudgetStore } from "@claude-on-aws/gateway";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_POSTGRES, startPostgres, type TestedPostgres } from "./support/start-postgres.ts";
import { describeStore } from "./support/store-contract.ts";

const SCHEMA = "claude_on_aws_gateway";
const sqlOf = (address: string): postgres.Sql => {
  const url = new URL(address);
  return postgres({
    host: url.searchParams.get("host") ?? "",
    username: "test",
    database: "postgres",
    max: 1,
    onnotice: () => {},
  });
};

/** Of each store: a server starts a process for each, which plans each statement anew. */
const CONNECTIONS = 4;
/** One for all: what keeps to the contract first, and leaves nothing behind. */
const started = NO_POSTGRES === "" ? startPostgres() : undefined;
afterAll(async () => (await started)?.close());

const few = (server: TestedPostgres): string => `${server.address}&max=${CONNECTIONS}`;

async function theServer(): Promise<TestedPostgres> {
  if (started === undefined) throw new Error("skipped");
  return started;
}

describeStore("in PostgreSQL", NO_POSTGRES, async () => {
  const server = await theServer();
  const store = await openBudgetStore(few(server));
  const sql = sqlOf(server.address);
  await sql.unsafe(`create table now (ms bigint); insert into now values (0);
    create or replace function ${SCHEMA}.now_ms() returns bigint language sql volatile as 'select ms from public.now'`);
  return {
    store,
    setNow: async (ms) => void (await sql`update now set ms = ${ms}`),
    empty: async () => void (await sql.unsafe(`truncate ${SCHEMA}.sums, ${SCHEMA}.reservations`)),
    close: async () => {
      await store.close();
      await sql.unsafe(`drop schema ${SCHEMA} cascade; drop table now`);
      await sql.end();
    },
  };
});

describe.skipIf(NO_POSTGRES !== "")(`the schema in PostgreSQL${NO_POSTGRES}`, () => {
  let server: TestedPostgres;
  beforeAll(async () => void (server = await theServer()));

  test("is made by many that start at once, and is there for the next", async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, async () => openBudgetStore(server.address)));
    const charges = [{ key: "a", window: "day", limit: 5, amount: 1 } as const];
    const answers = await Promise.all(
      stores.map(async (store, index) => store.take({ id: String(index), charges, lifetimeMs: 60_000 })),
    );
    expect(answers.filter(({ isTaken }) => isTaken).length).toBe(5);
    expect(Math.abs((answers[0]?.nowMs ?? 0) - Date.now())).toBeLessThan(60_000);
    await Promise.all(stores.map(async (store) => store.close()));
  });

  test("of a later version is not touched", async () => {
    const sql = sqlOf(server.address);
    await sql.unsafe(`update ${SCHEMA}.version set version = 1000`);
    await expect(openBudgetStore(server.address)).rejects.toMatchObject({
      code: "BUDGET_STORE_UNUSABLE",
      message: expect.stringContaining("version 1000") as string,
    });
    await sql.unsafe(`update ${SCHEMA}.version set version = 1`);
    await sql.end();
  });

  test("is used by who may not make one", async () => {
    const sql = sqlOf(server.address);
    await sql.unsafe(`create role guest login;
      grant usage on schema ${SCHEMA} to guest; grant all on all tables in schema ${SCHEMA} to guest`);
    const store = await openBudgetStore(server.address.replace("test@", "guest@"));
    expect((await store.read([])).states).toEqual([]);
    await store.close();
    await sql.end();
  });

  test("what an admission waits for is on the disk, whatever the connection says", async () => {
    const store = await openBudgetStore(`${server.address}&synchronous_commit=off&max=1`);
    const sql = sqlOf(server.address);
    const charges = [{ key: "b", window: "day", limit: 100, amount: 1 } as const];
    const flushed: unknown[] = [];
    for (let count = 0; count < 5; count += 1) {
      await store.take({ id: `flushed ${count}`, charges, lifetimeMs: 60_000 });
      const [row] = await sql`select pg_current_wal_insert_lsn() = pg_current_wal_flush_lsn() as flushed`;
      flushed.push(row?.["flushed"]);
    }
    // The server may write something of its own in between.
    expect(flushed).toContain(true);
    await store.close();
    await sql.end();
  });

  test.each(["repeatable read", "serializable"])(
    "takes as well where transactions are %s by default",
    async (level) => {
      const sql = sqlOf(server.address);
      await sql.unsafe(`alter role test set default_transaction_isolation = '${level}'`);
      const store = await openBudgetStore(few(server));
      const charges = [{ key: level, window: "day", limit: 30, amount: 1 } as const];
      const answers = await Promise.all(
        Array.from({ length: 60 }, async (_, at) => store.take({ id: `${level} ${at}`, charges, lifetimeMs: 60_000 })),
      );
      expect(answers.filter(({ isTaken }) => isTaken).length).toBe(30);
      await Promise.all(
        answers.map(async (_, at) => store.settle([{ id: `${level} ${at}`, amounts: { [level]: 0 }, isFinal: true }])),
      );
      expect((await store.read(charges)).states[0]?.used).toBe(0);
      await store.close();
      await sql.unsafe("alter role test reset default_transaction_isolation");
      await sql.end();
    },
  );

  test("has nobody wait in a circle, whichever of its keys are there already", async () => {
    const store = await openBudgetStore(server.address);
    const take = async (round: number, id: number, names: readonly string[]) =>
      store.take({
        id: `circle ${round} ${id}`,
        charges: names.map((name) => ({ key: `${name} ${round}`, window: "day", limit: 1_000, amount: 1 }) as const),
        lifetimeMs: 60_000,
      });
    const sets = ["fb", "abf", "acf", "bcd", "fa", "dfc", "ebf", "af"];
    for (let round = 0; round < 40; round += 1) {
      await take(round, 0, ["f"]);
      const answers = await Promise.all(sets.map(async (names, at) => take(round, at + 1, [...names])));
      expect(answers.every(({ isTaken }) => isTaken)).toBe(true);
    }
    await store.close();
  });

  test("forgets what expired and what counts no more", async () => {
    const store = await openBudgetStore(server.address);
    const sql = sqlOf(server.address);
    const charges = [{ key: "old", window: { seconds: 1 }, limit: 5, amount: 1 } as const];
    await store.take({ id: "old", charges, lifetimeMs: 0 });
    await sql.unsafe(`update ${SCHEMA}.sums set stale_at = 0 where key = 'old'`);
    await sql.unsafe(`select ${SCHEMA}.sweep_1(1000)`);
    expect((await sql.unsafe(`select * from ${SCHEMA}.sums where key = 'old'`)).length).toBe(0);
    expect((await sql.unsafe(`select * from ${SCHEMA}.reservations where id = 'old'`)).length).toBe(0);
    await store.close();
    await sql.end();
  });
});

test("an address that is none, or leads nowhere, is told without its password", async () => {
  await expect(openBudgetStore("postgres://user:pa ss@[host/db")).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
  await expect(openBudgetStore("postgres://user@host/db?max=many")).rejects.toThrow(/max=many/);
  const nowhere = openBudgetStore("postgres://user:secret@localhost/db?host=/nowhere");
  await expect(nowhere).rejects.toMatchObject({ code: "BUDGET_STORE_UNUSABLE" });
  await expect(nowhere).rejects.not.toThrow(/secret/);
});
