import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { createBudgetKeeper, isOwnRefusal, openBudgetStore } from "@claude-on-aws/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bound, caller } from "./support/callers.ts";
import { NO_POSTGRES, startPostgres, type TestedPostgres } from "./support/start-postgres.ts";
import { createVirtualTiming, settleDown } from "./support/virtual-timing.ts";

/** What stands between a gateway and its database, and can fall silent on the connections that it has. */
async function startMiddle(
  path: string,
): Promise<{ readonly server: Server; readonly port: number; readonly fallSilent: () => void }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect({ path });
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(from);
      from.on("data", (chunk) => {
        if (open.has(from)) to.write(chunk);
      });
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as { port: number }).port, fallSilent: () => open.clear() };
}

/** Parts of the protocol: that nobody has to say who they are, and that a statement may come. */
const AUTHENTICATED = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

test("a PostgreSQL that takes a connection and never answers is given up when a gateway starts", async () => {
  const asked = Promise.withResolvers<void>();
  const server = createServer((client) => {
    client.on("error", () => {});
    client.once("data", () => {
      client.write(Buffer.concat([AUTHENTICATED, READY]));
      client.once("data", () => asked.resolve());
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const late = Promise.withResolvers<() => void>();
  const after = (_: number, call: () => void): (() => void) => {
    late.resolve(call);
    return () => {};
  };
  const opening = openBudgetStore(`postgres://test:a-secret@127.0.0.1:${port}/postgres`, { after });
  await asked.promise;
  (await late.promise)();

  const error: unknown = await opening.catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: "BUDGET_STORE_UNUSABLE",
    message: expect.stringContaining("did not answer") as string,
  });
  expect(String(error)).not.toContain("a-secret");
  server.close();
});

describe.skipIf(NO_POSTGRES !== "")(`a connection to PostgreSQL that falls silent${NO_POSTGRES}`, () => {
  let database: TestedPostgres;
  beforeAll(async () => void (database = await startPostgres()));
  afterAll(async () => database.close());

  test("is given up in time, and replaced by another one", async () => {
    const folder = new URL(database.address).searchParams.get("host") ?? "";
    const middle = await startMiddle(`${folder}/.s.PGSQL.5432`);
    const store = await openBudgetStore(`postgres://test@127.0.0.1:${middle.port}/postgres?max=1`);
    const timing = createVirtualTiming();
    const settings = {
      caps: [{ name: "a", unit: "requests", amount: 1_000, window: "day", scope: "everybody" }],
    } as const;
    const keeper = await createBudgetKeeper(settings, { store, timing });
    let ids = 0;
    const ask = async () =>
      keeper.reserve({ id: `r${ids++}`, caller: caller("ann"), model: "m", bound: bound(1, 1, 1) });
    expect(isOwnRefusal(await ask())).toBe(false);

    middle.fallSilent();
    for (let count = 0; count < 10; count += 1) {
      const asked = ask();
      await settleDown();
      timing.advance(250);
      expect(await asked).toMatchObject({ code: "BUDGET_STORE_UNREACHABLE" });
      await settleDown();
    }
    // The connections are others now: whoever asks next is answered by the database, and so is what was given up.
    let answer = await ask();
    while (isOwnRefusal(answer)) {
      await settleDown();
      answer = await ask();
    }
    timing.advance(5_000);
    await keeper.close();
    await store.close();
    middle.server.close();
  });
});
