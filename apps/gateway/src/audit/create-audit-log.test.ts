import { describe, expect, test } from "vitest";
import type { AuditRecord } from "./audit-record.ts";
import type { AuditTarget } from "./audit-target.ts";
import { type AuditLog, type AuditLogOptions, createAuditLog } from "./create-audit-log.ts";

const RECORD: AuditRecord = {
  time: "2026-11-30T12:00:00.000Z",
  id: "1",
  caller: "alice",
  proof: "token",
  method: "POST",
  path: "/v1/messages",
  form: "messages",
  operation: "CreateMessage",
  model: "opus",
  upstreamModel: "claude-opus-5-5",
  upstreams: ["platform"],
  upstreamRequestId: "req_1",
  sessionId: null,
  status: 200,
  outcome: "answered",
  error: null,
  usage: null,
  microUsd: 12,
  translations: null,
  durationMs: 5,
};

/** A target of which a test says what it does. */
function setUp(options: Partial<AuditLogOptions> = {}) {
  let text = "";
  let problem: Error | undefined;
  let most = Infinity;
  let held: PromiseWithResolvers<void> | undefined;
  let reopened = 0;
  const said: string[] = [];
  const target: AuditTarget = {
    write: async (bytes) => {
      await held?.promise;
      if (problem !== undefined) throw problem;
      const taken = bytes.subarray(0, most);
      text += new TextDecoder().decode(taken);
      if (taken.length < bytes.length) problem = new Error("ENOSPC: no space left on device");
      return taken.length;
    },
    reopen: async () => void (reopened += 1),
    close: async () => {},
  };
  const log: AuditLog = createAuditLog(target, { warn: (line) => said.push(line), ...options });
  return {
    log,
    said,
    record: (id: string): AuditRecord => ({ ...RECORD, id }),
    add: (id: string) => void log.sink({ ...RECORD, id }),
    ids: () =>
      text
        .split("\n")
        .filter((line) => line.endsWith("}"))
        .map((line) => (JSON.parse(line) as AuditRecord).id),
    text: () => text,
    reopened: () => reopened,
    breakAfter: (bytes: number) => void (most = bytes),
    mend: () => {
      most = Infinity;
      problem = undefined;
    },
    hold: () => {
      held = Promise.withResolvers();
      return held.resolve;
    },
  };
}

/** What was started by then has ended. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("createAuditLog()", () => {
  test("writes lines in their order, and what waits when it is closed", async () => {
    const { log, add, ids } = setUp();
    for (const id of ["1", "2", "3"]) add(id);
    await log.close();

    expect(ids()).toEqual(["1", "2", "3"]);
    expect(log.lost()).toBe(0);
  });

  test("writes what comes at the very moment at which the line before is done", async () => {
    const { log, add, ids } = setUp();
    add("1");
    for (let tick = 0; tick < 50; tick += 1) {
      await Promise.resolve();
      add(`${tick + 2}`);
    }
    await settled();

    expect(ids()).toHaveLength(51);
    await log.close();
  });

  test("goes on where a disk is full, counts what is lost, and says so once", async () => {
    const { log, add, ids, said, breakAfter, mend } = setUp();
    breakAfter(10);
    for (const id of ["1", "2", "3"]) {
      add(id);
      await settled();
    }
    expect(log.isFailing()).toBe(true);
    mend();
    add("4");
    await log.close();

    expect(ids()).toEqual(["4"]);
    expect(log.lost()).toBe(3);
    expect(log.isFailing()).toBe(false);
    expect(said).toEqual([
      expect.stringMatching(/^Cannot write the audit: ENOSPC.*requests go on without$/),
      "The audit is written again; 3 lines were lost",
    ]);
  });

  test("keeps what could not be written where requests are refused, says so of each, and loses nothing", async () => {
    const { log, record, ids, said, breakAfter, mend } = setUp({ onFailure: "refuse" });
    breakAfter(10);
    await expect(Promise.all([log.sink(record("1")), log.sink(record("2"))])).rejects.toMatchObject({
      code: "AUDIT_UNWRITABLE",
    });
    expect(log.isFailing()).toBe(true);
    await expect(log.sink(record("3"))).rejects.toMatchObject({ code: "AUDIT_UNWRITABLE" });
    mend();
    await log.sink(record("4"));

    expect(log.isFailing()).toBe(false);
    expect(ids()).toEqual(["1", "2", "3", "4"]);
    expect(log.lost()).toBe(0);
    expect(said).toEqual([
      expect.stringContaining("no request is taken until it can"),
      "The audit is written again; 0 lines were lost",
    ]);
    await log.close();
  });

  test("holds no more than maxQueuedBytes", async () => {
    const { log, add, said, hold } = setUp({ maxQueuedBytes: 1200 });
    const release = hold();
    for (let index = 0; index < 10; index += 1) add(`${index}`);
    expect(log.lost()).toBeGreaterThan(5);
    expect(said).toEqual([expect.stringContaining("more than 1200 bytes")]);
    release();
    await log.close();
  });

  test("opens its target anew between two lines, while one is written too", async () => {
    const { log, add, ids, hold, reopened } = setUp();
    const release = hold();
    add("1");
    await settled();
    add("2");
    const done = Promise.all([log.reopen(), log.reopen()]);
    expect(reopened()).toBe(0);
    release();
    await done;
    await log.close();

    expect(reopened()).toBe(1);
    expect(ids()).toEqual(["1", "2"]);
  });

  test("ends although the target takes nothing, and says what is lost", async () => {
    const { log, add, said, hold } = setUp({ closeTimeoutMs: 1 });
    hold();
    add("1");
    await log.close();

    expect(log.lost()).toBe(1);
    expect(said).toEqual(["Cannot write the audit to its end: 1 line is lost"]);
  });
});
