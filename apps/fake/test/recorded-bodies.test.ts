import { seededRandom } from "@claude-on-aws/fixtures";
import { sendBytes } from "@claude-on-aws/fixtures/abuse";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFakeCore, type FakeCoreOptions, serve } from "../src/server.ts";
import { RowStore } from "./support/row-store.ts";

const random = seededRandom(20_261_201);

/** Short, long, and longer than what a socket gives at once. */
const BODIES = Array.from({ length: 60 }, (_, index) =>
  JSON.stringify({ index, text: String.fromCharCode(97 + (index % 26)).repeat(Math.floor(random() ** 3 * 90_000)) }),
);

/** Requests on one connection, the second behind the first: what is received has parts of several. */
const sent = (port: number): Buffer =>
  Buffer.from(
    BODIES.map((body, index) =>
      [
        "POST /v1/messages HTTP/1.1",
        `host: 127.0.0.1:${port}`,
        `content-length: ${body.length}`,
        ...(index === BODIES.length - 1 ? ["connection: close"] : []),
        "",
        body,
      ].join("\r\n"),
    ).join(""),
  );

describe.each(["1", "auto"] as const)("with http %s, the journal has each body as it came", (http) => {
  test.each(["whatever comes behind it", "whatever another who answers does with its bytes"])("%s", async (what) => {
    const fake = createFakeCore({ maxJournalBodyBytes: 100_000 });
    const server = await serve(fake, { port: 0, http });
    onTestFinished(() => server.close());
    fake.override(async ({ body }) => {
      if (what.endsWith("its bytes")) body.fill(0);
      return { status: 200, headers: [], body: new Uint8Array() };
    });

    await sendBytes(server.port, sent(server.port));

    expect(fake.journal.snapshot().exchanges.map(({ request }) => request.body)).toEqual(BODIES);
  });
});

describe.each<[string, Pick<FakeCoreOptions, "journal">]>([
  ["in memory", {}],
  ["in a store of one's own", { journal: (tools) => new RowStore(tools) }],
])("%s, the journal has what was written into a buffer that is used again", (_, options) => {
  test.each([100, 10_000, 600_000])("of %d bytes", async (bytes) => {
    const most = 1_000_000;
    const fake = createFakeCore({ ...options, maxJournalBodyBytes: most, maxJournalReplyBytes: most });
    // A slice of a Buffer is no copy of it.
    const request = Buffer.alloc(bytes, "question ");
    const answer = Buffer.alloc(bytes, "answer ");
    const [question, said] = [String(request), String(answer)];
    fake.override(async () => ({ status: 200, headers: [], body: answer }));

    const { onEnd } = await fake.handle({
      method: "POST",
      target: "/v1/messages",
      headers: [["host", "127.0.0.1"]],
      httpVersion: "1.1",
      body: request,
      wire: "received",
    });
    request.fill(0);
    answer.fill(0);
    onEnd?.({ outcome: "whole", stage: "reply", bytes });

    const [kept] = fake.journal.snapshot().exchanges;
    expect([kept?.request.body, kept?.reply.body]).toEqual([question, said]);
  });
});
