import { once } from "node:events";
import { connect } from "node:net";
import { soakLength } from "@claude-on-aws/fixtures";
import { expect, onTestFinished, test } from "vitest";
import { createFake, type JournalEntry } from "../src/index.ts";
import { playTraffic } from "./support/play-traffic.ts";
import { RowStore } from "./support/row-store.ts";
import { WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

const HEADERS = {
  "x-api-key": WORKSPACE_KEY,
  "anthropic-workspace-id": WORKSPACE_ID,
  "anthropic-version": "2023-06-01",
};
const OPTIONS = { apiKeys: [WORKSPACE_KEY], workspaces: [WORKSPACE_ID] };

test("a fake whose journal keeps rows of evidence says of its traffic what one says that keeps exchanges", async () => {
  const traffic = { count: soakLength(400, 120), seed: 20_261_130 };
  const inMemory = await playTraffic(traffic);
  const inRows = await playTraffic({ ...traffic, journal: (tools) => new RowStore(tools) });

  expect(inRows.report()).toStrictEqual(inMemory.report());
  expect(inRows.journal.snapshot()).toStrictEqual(inMemory.journal.snapshot());
  expect(inRows.report().failed).toBeGreaterThan(0);
  inRows.reset();
  expect(inRows.journal.total).toBe(0);
});

test("a store of one's own learns how an exchange over a socket ended, and which body never came whole", async () => {
  let store: RowStore | undefined;
  const fake = createFake({
    ...OPTIONS,
    maxJournalReplyBytes: 1000,
    journal: (tools) => (store = new RowStore(tools)),
  });
  onTestFinished(() => fake.close());
  const { url, port } = await fake.listen({ port: 0 });
  const ended = new Promise<JournalEntry>((resolve) => void fake.journal.subscribe(resolve));
  const answer = await fetch(`${url}/v1/models`, { headers: HEADERS });
  const received = await answer.text();
  const { id, end } = await ended;

  expect(end).toMatchObject({ outcome: "whole", bytes: received.length });
  expect(store?.find(id)).toMatchObject({
    operation: "ListModels",
    end,
    reply: { status: 200, body: expect.anything() },
  });

  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end(`POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: ${WORKSPACE_KEY}\r\ncontent-length: 9\r\n\r\n{`);
  await once(socket.resume(), "close");
  await expect.poll(() => fake.journal.snapshot().unread.length, { timeout: 20_000 }).toBe(1);

  expect(fake.journal.total).toBe(1);
  expect(JSON.stringify([store?.rows, store?.unread()])).not.toContain(WORKSPACE_KEY);
});

test("a store that throws fails the request that it was told of, and no other", async () => {
  let isBroken = true;
  class Failing extends RowStore {
    override record(...given: Parameters<RowStore["record"]>): ReturnType<RowStore["record"]> {
      if (isBroken) throw new Error("The disk is full");
      return super.record(...given);
    }
  }
  const fake = createFake({ ...OPTIONS, journal: (tools) => new Failing(tools) });
  const ask = (): Promise<Response> =>
    fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/models", { headers: HEADERS });
  const refused = await ask();

  expect(refused.status).toBe(500);
  expect(await refused.text()).toMatch(/The store that was given for the journal threw/);
  isBroken = false;
  expect((await ask()).status).toBe(200);
  expect(fake.journal.total).toBe(1);
});
