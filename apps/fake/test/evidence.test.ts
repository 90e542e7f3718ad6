import { headerValue } from "@claude-on-aws/auth/sigv4";
import { readJsonLines, soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { resolveOptions } from "../src/configure/resolve-options.ts";
import { evidenceContext } from "../src/evidence/evidence-of.ts";
import { Journal } from "../src/judge/journal.ts";
import { createJournalTools } from "../src/judge/journal-tools.ts";
import { createReport } from "../src/report/create-report.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore } from "../src/server.ts";
import { RefusedHosts } from "../src/stores/refused-hosts.ts";
import { playTraffic } from "./support/play-traffic.ts";
import { readElsewhere } from "./support/read-elsewhere.ts";
import { RowStore } from "./support/row-store.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded {
  readonly httpVersion: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Everything that was recorded of real clients, in one journal. */
async function playRecorded(): Promise<FakeCore> {
  let now = new Date();
  const fake = createFakeCore({ now: () => now, credentials: [EXAMPLE_CREDENTIALS] });
  for (const recorded of readJsonLines<Recorded>("wire-requests/requests.jsonl")) {
    const { method, target, headers, httpVersion, body = "" } = recorded;
    const date = headerValue(headers, "x-amz-date") ?? "20261121T000000Z";
    now = new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
    await fake.handle({ method, target, headers, httpVersion, body: new TextEncoder().encode(body), wire: "received" });
  }
  return fake;
}

describe("evidence that was written down and read again", () => {
  let generated: FakeCore | undefined;
  const playGenerated = async (): Promise<FakeCore> =>
    (generated ??= await playTraffic({ count: soakLength(10_000, 250), seed: 20_261_129 }));

  test.each([
    ["recorded", playRecorded],
    ["generated", playGenerated],
  ])("gives the report and the journal of %s traffic", async (_, play) => {
    const fake = await play();
    const elsewhere = readElsewhere(fake);

    expect(createReport(elsewhere)).toStrictEqual(fake.report());
    expect(elsewhere.snapshot().exchanges).toStrictEqual(fake.journal.snapshot().exchanges);
    // Otherwise nothing was compared.
    expect(fake.report().failed).toBeGreaterThan(0);
  });

  test("tells of retries, throttled and refused ones among them", async () => {
    const elsewhere = readElsewhere(await playGenerated());
    const { exchanges } = elsewhere.snapshot();
    const retried = new Set(exchanges.flatMap(({ retryOf }) => retryOf ?? []));

    expect(retried.size).toBeGreaterThan(50);
    const statuses = new Set(exchanges.filter(({ id }) => retried.has(id)).map(({ reply }) => reply.status));
    expect([...statuses]).toEqual(expect.arrayContaining([401, 429, 529]));
  });

  test("is about traffic that breaks many rules", async () => {
    const fake = await playGenerated();
    const broken = new Set(
      fake.report().clients.flatMap(({ rules }) => rules.filter(({ broken }) => broken > 0).map(({ rule }) => rule)),
    );

    expect(broken.size).toBeGreaterThan(40);
  });
});

describe("a store of rows", () => {
  test("shows an exchange as soon as it was recorded, judged as that in memory judges it", async () => {
    const settings = resolveOptions({});
    const rows = new RowStore(createJournalTools(evidenceContext(settings)));
    const journal = new Journal(rows, new RefusedHosts());
    const exchange = {
      id: "a",
      receivedAt: new Date(0),
      request: {
        method: "POST",
        target: "/v1/messages?key=hidden",
        headers: [["x-api-key", "a-key-that-is-hidden"]] as const,
        httpVersion: "1.1",
        body: new TextEncoder().encode("{}"),
        wire: "received" as const,
      },
      route: { provider: "anthropic-aws" as const, parameters: {}, query: new URLSearchParams("key=hidden") },
      checked: [],
    };
    for (const id of ["a", "b"]) {
      rows.record({ ...exchange, id }, { status: 529, headers: [], body: new Uint8Array() });

      expect(journal.find(id)?.request.target).toMatch(/^\/v1\/messages\?key=‹\d+ characters #[0-9a-f]{4}›$/);
    }
    expect(journal.snapshot().exchanges.map(({ retryOf }) => retryOf)).toEqual([undefined, "a"]);
  });
});
