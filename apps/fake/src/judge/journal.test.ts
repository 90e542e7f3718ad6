import { describe, expect, test } from "vitest";
import type { Exchange } from "../exchange/exchange.ts";
import { fault } from "../terms/faults.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import { EXAMPLE_CREDENTIALS } from "../settings/example-credentials.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import { evidenceContext } from "../evidence/evidence-of.ts";
import { RefusedHosts } from "../stores/refused-hosts.ts";
import { Journal } from "./journal.ts";
import { MemoryStore } from "./memory-store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An exchange that went through, and with what is given in place. */
const exchange = (id: string, request: Partial<Exchange["request"]> = {}, rest: Partial<Exchange> = {}): Exchange => ({
  id,
  receivedAt: new Date("2026-11-21T12:00:00Z"),
  request: {
    method: "POST",
    target: "/v1/messages",
    headers: [["content-type", "application/json"]],
    httpVersion: "1.1",
    body: bytes("{}"),
    wire: "received",
    ...request,
  },
  route: { provider: "anthropic-aws", parameters: {}, query: new URLSearchParams() },
  checked: [],
  ...rest,
});

const reply = (status: number) => ({ status, headers: [], body: new Uint8Array() });

/** A journal, and the store behind it. */
class Kept extends Journal {
  readonly record: MemoryStore["record"];

  constructor(options: FakeOptions) {
    const store = new MemoryStore(evidenceContext(resolveOptions(options)));
    super(store, new RefusedHosts());
    this.record = (...given) => store.record(...given);
  }
}

const journalOf = (options: FakeOptions): Kept => new Kept(options);

const idsOf = (journal: Journal): string[] => journal.snapshot().exchanges.map(({ id }) => id);

describe("Journal", () => {
  test("record() keeps the last, and as many of those that were refused beside them", () => {
    const journal = journalOf({ maxJournalExchanges: 2 });
    for (const [id, status] of [
      ["a", 400],
      ["b", 403],
      ["c", 429],
      ["d", 200],
      ["e", 200],
      ["f", 200],
      ["g", 200],
    ] as const) {
      journal.record(exchange(id), reply(status));
    }

    expect(idsOf(journal)).toEqual(["b", "c", "f", "g"]);
    expect(journal.snapshot()).toMatchObject({ total: 7, dropped: 3, droppedRefused: 1, maxExchanges: 2 });
  });

  test("record() takes one that was answered in spite of a fault for refused", () => {
    const journal = journalOf({ maxJournalExchanges: 1 });
    journal.record(exchange("a", {}, { checked: [{ check: "body", fault: fault("body-invalid", "x") }] }), reply(200));
    journal.record(exchange("b"), reply(200));
    journal.record(exchange("c"), reply(200));

    expect(idsOf(journal)).toEqual(["a", "c"]);
  });

  test("record() counts without keeping where nothing is to be kept", () => {
    const journal = journalOf({ maxJournalExchanges: 0 });
    journal.record(exchange("a"), reply(200));

    expect(journal.snapshot()).toMatchObject({ exchanges: [], total: 1, dropped: 1 });
  });

  test("record() keeps the beginning of a long body, and its top level", () => {
    const journal = journalOf({ maxJournalBodyBytes: 16 });
    const input = { max_tokens: 0, messages: [{ role: "user", content: "x".repeat(100) }] };
    const body = bytes(JSON.stringify(input));
    const route: Exchange["route"] = {
      ...exchange("a").route,
      operation: {
        name: "CreateMessage",
        provider: "anthropic-aws",
        method: "POST",
        path: "/v1/messages",
        action: "a",
      },
    };
    journal.record(exchange("a", { body }, { input, route }), reply(400));
    const [entry] = journal.snapshot().exchanges;

    expect(entry?.request).toMatchObject({ body: '{"max_tokens":0,', bodyBytes: body.length });
    expect(entry?.findings).toContainEqual({ rule: "messages-present", level: "pass" });
    expect(entry?.findings).toContainEqual(expect.objectContaining({ rule: "max-tokens-present", level: "fail" }));
  });

  test("record() is not changed by what happens to the body's buffer afterwards, where that is shared", () => {
    const journal = journalOf({});
    const slab = bytes(`{"a":1}${" ".repeat(8192)}`);
    journal.record(exchange("a", { body: slab.subarray(0, 7) }), reply(200));
    slab.fill(0x21);

    expect(journal.snapshot().exchanges[0]?.request.body).toBe('{"a":1}');
  });

  test("find() shows one exchange, and none that it does not have", () => {
    const journal = journalOf({});
    journal.record(exchange("a"), reply(200));

    expect(journal.find("a")).toEqual(journal.snapshot().exchanges[0]);
    expect(journal.find("b")).toBeUndefined();
  });

  test("find() shows what is kept and nothing else, however much was dropped between two looks", () => {
    const journal = journalOf({ maxJournalExchanges: 3 });
    const ids = Array.from({ length: 500 }, (_, index) => `exchange-${index}`);
    for (const [at, id] of ids.entries()) {
      journal.record(exchange(id), reply(at % 2 === 0 ? 200 : 500));
      const kept = new Set(ids.slice(Math.max(0, at - 5), at + 1));
      if (at % 7 !== 0) continue;

      expect(ids.filter((known) => journal.find(known) !== undefined)).toEqual([...kept]);
      expect(idsOf(journal)).toEqual([...kept]);
      expect(journal.evidence(at).map(({ id: found }) => found)).toEqual([id]);
    }
  });

  test("snapshot() judges and writes out an exchange once", () => {
    const journal = journalOf({});
    journal.record(exchange("a"), reply(200));

    expect(journal.snapshot().exchanges[0]).toBe(journal.snapshot().exchanges[0]);
  });

  test("snapshot() says of which exchange one is a retry, and at which attempt", () => {
    const journal = journalOf({});
    for (const id of ["a", "b", "c"]) journal.record(exchange(id), reply(id === "c" ? 200 : 529));
    const entries = journal.snapshot().exchanges;

    expect(entries.map(({ retryOf }) => retryOf)).toEqual([undefined, "a", "b"]);
  });

  test("snapshot() shows nothing of a secret that the cut of a body falls into", () => {
    const { secretAccessKey } = EXAMPLE_CREDENTIALS;
    for (let kept = 8; kept < 40; kept++) {
      const journal = journalOf({ maxJournalBodyBytes: kept });
      journal.record(exchange("a", { body: bytes(`secret: ${secretAccessKey} and more`) }), reply(200));
      const shown = journal.snapshot().exchanges[0]?.request.body ?? "";

      expect(shown).toMatch(/^secret: (?:.{0,3}|‹\d+ characters #[0-9a-f]{4}›.{0,4})$/);
    }
  });

  test("record() keeps nothing of a body where less than nothing is asked for", () => {
    const journal = journalOf({ maxJournalBodyBytes: -1 });
    journal.record(exchange("a", { body: bytes("{}") }), reply(200));

    expect(journal.snapshot().exchanges[0]?.request).toMatchObject({ body: "", bodyBytes: 2 });
  });

  test("reset() forgets everything", () => {
    const journal = journalOf({});
    journal.record(exchange("a"), reply(200));
    journal.record(exchange("b"), reply(500));
    journal.reset();

    expect(journal.snapshot()).toMatchObject({ exchanges: [], total: 0, dropped: 0, droppedRefused: 0 });
  });
});
