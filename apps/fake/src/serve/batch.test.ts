import { describe, expect, test } from "vitest";
import { inBatches } from "./batch.ts";

describe("inBatches", () => {
  test("runs the calls of a turn in their order, behind what else the turn does", async () => {
    const log: string[] = [];
    const run = inBatches(async (name: string) => {
      log.push(`begin ${name}`);
      await undefined;
      log.push(`end ${name}`);
      return name;
    });
    const answers = Promise.all([run("a"), run("b")]);
    // What a turn does last, before the next event is looked at.
    await new Promise((resolve) => process.nextTick(resolve));
    log.push("the turn goes on");

    expect(await answers).toEqual(["a", "b"]);
    expect(log).toEqual(["the turn goes on", "begin a", "begin b", "end a", "end b"]);
  });

  test("runs what is called while a batch runs in the next one", async () => {
    let more: Promise<string> | undefined;
    const run = inBatches(async (name: string): Promise<string> => {
      if (name === "first") more = run("second");
      return name;
    });

    expect(await run("first")).toBe("first");
    expect(await more).toBe("second");
  });

  test("lets no call wait for a slower one", async () => {
    const run = inBatches((name: string) => (name === "never" ? new Promise<string>(() => {}) : Promise.resolve(name)));
    void run("never");

    expect(await run("quick")).toBe("quick");
  });

  test("tells each caller of its own failure, thrown or rejected, and nobody else", async () => {
    const run = inBatches((name: string): Promise<string> => {
      if (name === "throw") throw new Error("thrown");
      return name === "reject" ? Promise.reject(new Error("rejected")) : Promise.resolve(name);
    });
    const settled = await Promise.allSettled(["throw", "reject", "fine"].map((name) => run(name)));

    expect(settled).toEqual([
      { status: "rejected", reason: new Error("thrown") },
      { status: "rejected", reason: new Error("rejected") },
      { status: "fulfilled", value: "fine" },
    ]);
  });
});
