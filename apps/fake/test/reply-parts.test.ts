import { setupServer } from "msw/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFake, type ScenarioFault } from "../src/index.ts";
import { createFakeCore, type FakeCore, type FakeOptions } from "../src/server.ts";
import type { WireReply } from "../src/terms/wire.ts";
import { askFor, MESSAGE_FORMS, type TestedForm } from "./support/message-forms.ts";
import { WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

const NOW = new Date();

/** A fake whose answers are the same each time. */
const fakeWith = (options: FakeOptions = {}): FakeCore =>
  createFakeCore({ ...options, now: () => NOW, randomUuid: () => "00000000-0000-4000-8000-000000000000" });

const faulty = (fault: ScenarioFault): FakeOptions => ({ scenario: { replies: [{ fault }] } });

/** Asks as a server does, which writes what it gets and lets go of it. */
const askAsServer = (fake: FakeCore, form: TestedForm): Promise<WireReply> =>
  askFor({ handle: (request) => fake.handle({ ...request, takesParts: true }) }, form);

async function piecesOf({ body }: WireReply): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  if (body instanceof Uint8Array) pieces.push(body);
  else for await (const piece of body) pieces.push(piece);
  return pieces;
}

/** All that is left of a body once it was read and its memory used for something else. */
async function readAndWriteOver(reply: WireReply): Promise<string> {
  const pieces = await piecesOf(reply);
  const text = Buffer.concat(pieces).toString("latin1");
  for (const piece of pieces) piece.fill(32);
  return text;
}

describe.each(MESSAGE_FORMS)("an answer as %s", (form) => {
  test("is bytes of its own for whoever asks in process", async () => {
    const fake = fakeWith();
    const { body } = await askFor(fake, form);
    const first = await readAndWriteOver(await askFor(fake, form));

    expect(body).toBeInstanceOf(Uint8Array);
    expect(await readAndWriteOver(await askFor(fake, form))).toBe(first);
    expect(await readAndWriteOver(await askFor(fakeWith(), form))).toBe(first);
  });

  test.each<FakeOptions>([{}, { maxJournalReplyBytes: 100_000 }])("is the same in parts, with %o", async (options) => {
    const fake = fakeWith(options);
    const whole = await piecesOf(await askFor(fake, form));
    const parts = await piecesOf(await askAsServer(fake, form));
    const kept = fake.journal.snapshot().exchanges.map(({ reply }) => reply.body);

    expect(Buffer.concat(parts).equals(Buffer.concat(whole))).toBe(true);
    expect(kept[1]).toBe(kept[0]);
    expect(kept[0] === undefined).toBe(options.maxJournalReplyBytes === undefined);
  });

  test.each<ScenarioFault>([
    { kind: "cut", afterBytes: 400 },
    { kind: "slice", maxBytes: 150 },
    { kind: "drip", bytes: 150, everyMs: 1 },
    { kind: "content-type" },
    { kind: "truncated-frame" },
  ])("meets a fault as one: %o", async (fault) => {
    const lengths = async (reply: WireReply): Promise<readonly number[]> =>
      (await piecesOf(reply)).map(({ length }) => length);
    const whole = await lengths(await askFor(fakeWith(faulty(fault)), form));

    expect(await lengths(await askAsServer(fakeWith(faulty(fault)), form))).toEqual(whole);
  });
});

test.each([0, 1000])("a stream through msw can be canceled, where %d bytes of replies are kept", async (kept) => {
  const fake = createFake({ apiKeys: [WORKSPACE_KEY], workspaces: [WORKSPACE_ID], maxJournalReplyBytes: kept });
  const server = setupServer(...fake.handlers);
  server.listen({ onUnhandledRequest: "error" });
  onTestFinished(() => server.close());
  const response = await fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", {
    method: "POST",
    headers: {
      "x-api-key": WORKSPACE_KEY,
      "anthropic-workspace-id": WORKSPACE_ID,
      "anthropic-version": "2023-06-01",
      "content-type": "application/json",
    },
    body: JSON.stringify({
      model: "claude-sonnet-4-6",
      max_tokens: 64,
      stream: true,
      messages: [{ role: "user", content: "hi" }],
    }),
  });
  await response.body?.cancel();

  const [exchange] = fake.journal.snapshot().exchanges;
  expect([response.status, exchange?.end?.outcome]).toEqual([200, "whole"]);
  expect(exchange?.reply.body?.includes("message_stop") ?? false).toBe(kept > 0);
});

test("a fake that cannot take a request rejects, and does not throw", async () => {
  const fake = createFakeCore({
    randomUuid: () => {
      throw new Error("no more of them");
    },
  });

  const asked = fake.handle({
    method: "GET",
    target: "/v1/models",
    headers: [],
    httpVersion: "1.1",
    body: new Uint8Array(),
    wire: "received",
  });

  await expect(asked).rejects.toThrow("no more of them");
});
