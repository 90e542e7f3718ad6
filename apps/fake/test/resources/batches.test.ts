import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { BadRequestError, NotFoundError } from "@anthropic-ai/sdk";
import { afterEach, describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore, type FakeOptions } from "../../src/server.ts";
import { startFake, WORKSPACE_ID } from "../support/start-fake.ts";
import { ask } from "./support/ask.ts";
import { brokenRules } from "./support/broken-rules.ts";
import { AWS_CLIENTS } from "./support/clients.ts";
import { until } from "./support/until.ts";

const OTHER_WORKSPACE = "wrkspc_Other";

const params = (content: string, more: object = {}) => ({
  model: "claude-sonnet-4-6",
  max_tokens: 64,
  messages: [{ role: "user" as const, content }],
  ...more,
});

const requests = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ custom_id: `request-${index}`, params: params(`text ${index}`) }));

const BATCHES = "/v1/messages/batches";

describe.each(Object.entries(AWS_CLIENTS))("@anthropic-ai/aws-sdk with %s", (_, makeClient) => {
  const fake = startFake({ workspaces: [WORKSPACE_ID, OTHER_WORKSPACE], batchDurationMs: 50 });
  /** Its batches do not end by themselves while a test looks. */
  const slow = startFake({ workspaces: [WORKSPACE_ID], batchDurationMs: 600_000 });
  const client = (url = fake.server.url): AnthropicAws => makeClient(url);
  const ended = (id: string, url?: string) =>
    until(
      () => client(url).messages.batches.retrieve(id),
      ({ processing_status }) => processing_status === "ended",
    );

  test("runs a batch from its creation to its results", async () => {
    const created = await client().messages.batches.create({
      requests: [
        ...requests(3),
        { custom_id: "too-long", params: params("x", { max_tokens: 10_000_000 }) },
        { custom_id: "unknown", params: params("x", { model: "claude-unknown" }) },
        { custom_id: "streamed", params: params("x", { stream: true }) as ReturnType<typeof params> },
      ],
    });

    expect(created).toMatchObject({
      type: "message_batch",
      processing_status: "in_progress",
      request_counts: { processing: 6, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      results_url: null,
      ended_at: null,
    });
    expect(created.id).toMatch(/^msgbatch_01\w{22}$/);
    expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(86_400_000);

    const done = await ended(created.id);
    expect(done.request_counts).toEqual({ processing: 0, succeeded: 3, errored: 3, canceled: 0, expired: 0 });
    expect(done.results_url).toBe(`${fake.server.url}${BATCHES}/${created.id}/results`);

    const results = new Map<string, unknown>();
    for await (const { custom_id, result } of await client().messages.batches.results(created.id)) {
      results.set(custom_id, result);
    }
    expect([...results.keys()].toSorted()).toEqual(
      ["request-0", "request-1", "request-2", "streamed", "too-long", "unknown"].toSorted(),
    );
    expect(results.get("request-1")).toMatchObject({
      type: "succeeded",
      message: { type: "message", role: "assistant", content: [{ type: "text", text: "text 1" }] },
    });
    const errored = (type: string, message: RegExp) => ({
      type: "errored",
      error: {
        type: "error",
        error: { type, message: expect.stringMatching(message) },
        request_id: expect.stringMatching(/^req_01\w{22}$/),
      },
    });
    expect(results.get("too-long")).toEqual(errored("invalid_request_error", /^max_tokens: 10000000 > /));
    expect(results.get("unknown")).toEqual(errored("not_found_error", /^model: claude-unknown$/));
    expect(results.get("streamed")).toEqual(errored("invalid_request_error", /^stream: /));
  });

  test("lists the batches of its workspace, newest first and page by page", async () => {
    fake.core.reset();
    const ids: string[] = [];
    for (let made = 0; made < 5; made++) {
      ids.unshift((await client().messages.batches.create({ requests: requests(1) })).id);
    }
    const listed: string[] = [];
    for await (const { id } of client().messages.batches.list({ limit: 2 })) listed.push(id);
    const back = await client().messages.batches.list({ before_id: ids[3] ?? "", limit: 2 });

    expect(listed).toEqual(ids);
    expect([back.data.map(({ id }) => id), back.has_more]).toEqual([[ids[1], ids[2]], true]);
    const elsewhere = makeClient(fake.server.url, { workspaceId: OTHER_WORKSPACE });
    expect((await elsewhere.messages.batches.list()).data).toEqual([]);
    await expect(elsewhere.messages.batches.retrieve(ids[0] ?? "")).rejects.toBeInstanceOf(NotFoundError);
  });

  test("deletes a batch that has ended, and no other", async () => {
    const { batches } = client(slow.server.url).messages;
    const { id } = await batches.create({ requests: requests(2) });

    await expect(batches.delete(id)).rejects.toBeInstanceOf(BadRequestError);
    await batches.cancel(id);
    await ended(id, slow.server.url);
    expect(await batches.delete(id)).toEqual({ id, type: "message_batch_deleted" });
    await expect(batches.retrieve(id)).rejects.toMatchObject({ status: 404, type: "not_found_error" });
  });

  test("breaks no rule on the way", () => {
    expect(brokenRules(fake.core)).toEqual([]);
    expect(brokenRules(slow.core)).toEqual([]);
  });
});

describe("cancelling", () => {
  const fake = startFake({ batchDurationMs: 60_000 });
  const client = (): AnthropicAws =>
    (AWS_CLIENTS["long-lived credentials"] as NonNullable<(typeof AWS_CLIENTS)[string]>)(fake.server.url);

  test("makes a batch canceling, then ended, with a result for each request", async () => {
    const { id } = await client().messages.batches.create({ requests: requests(4) });
    const canceling = await client().messages.batches.cancel(id);

    expect(canceling).toMatchObject({ id, processing_status: "canceling", request_counts: { processing: 4 } });
    const done = await until(
      () => client().messages.batches.retrieve(id),
      ({ processing_status }) => processing_status === "ended",
    );
    expect(done.request_counts).toEqual({ processing: 0, succeeded: 0, errored: 0, canceled: 4, expired: 0 });
    const lines: string[] = [];
    for await (const { result } of await client().messages.batches.results(id)) lines.push(result.type);
    expect(lines).toEqual(["canceled", "canceled", "canceled", "canceled"]);
    await expect(client().messages.batches.cancel(id)).rejects.toBeInstanceOf(BadRequestError);
  });

  test("is taken once, however often it is asked for", async () => {
    let time = Date.now();
    const core = makeCore({ batchDurationMs: 60_000, now: () => new Date((time += 1)) });
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(4) } });
    const cancel = () => ask(core, "POST", `${BATCHES}/${json.id}/cancel`);
    // Both within a turn: it ends by the clock.
    const [one, two] = await Promise.all([cancel(), cancel()]);

    expect([one.status, two.status]).toEqual([200, 200]);
    expect(Date.parse(one.json.cancel_initiated_at)).toBeLessThanOrEqual(time);
    expect(two.json.cancel_initiated_at).toBe(one.json.cancel_initiated_at);
  });
});

/** A fake without a socket, forgotten after each test. */
const cores: FakeCore[] = [];
function makeCore(options: FakeOptions = {}): FakeCore {
  const core = createFakeCore({ batchDurationMs: 0, ...options });
  cores.push(core);
  return core;
}
afterEach(() => {
  for (const core of cores.splice(0)) core.reset();
});

const isEnded = ({ json }: { readonly json: { readonly processing_status: string } }): boolean =>
  json.processing_status === "ended";

describe("POST /v1/messages/batches", () => {
  const core = createFakeCore();
  const one = { custom_id: "a", params: params("x") };

  test.each([
    ["no requests", {}, /^requests: Field required$/],
    ["no list", { requests: one }, /^requests: Input should be a valid list$/],
    ["an empty list", { requests: [] }, /^requests: List should have at least 1 item/],
    [
      "too many requests",
      { requests: Array.from({ length: 100_001 }, () => 0) },
      /^requests: List should have at most 100000 items/,
    ],
    ["a request that is no object", { requests: ["x"] }, /^requests\.0: /],
    ["no custom_id", { requests: [{ params: one.params }] }, /^requests\.0\.custom_id: Field required$/],
    ["a number as custom_id", { requests: [{ ...one, custom_id: 1 }] }, /^requests\.0\.custom_id: .*string$/],
    ["an empty custom_id", { requests: [{ ...one, custom_id: "" }] }, /^requests\.0\.custom_id: String should match/],
    ["65 characters", { requests: [{ ...one, custom_id: "a".repeat(65) }] }, /^requests\.0\.custom_id: .* match/],
    ["a space in custom_id", { requests: [one, { ...one, custom_id: "a b" }] }, /^requests\.1\.custom_id: .* match/],
    ["a custom_id twice", { requests: [one, one] }, /^requests\.1\.custom_id: .*unique.*"a"/],
    ["no params", { requests: [{ custom_id: "a" }] }, /^requests\.0\.params: Field required$/],
    ["params that are no object", { requests: [{ ...one, params: [] }] }, /^requests\.0\.params: /],
    ["a field that it does not know", { requests: [one], priority: 1 }, /^priority: Extra inputs are not permitted$/],
  ])("refuses %s", async (_, body, message) => {
    const { status, json } = await ask(core, "POST", BATCHES, { body });

    expect([status, json.error.type]).toEqual([400, "invalid_request_error"]);
    expect(json.error.message).toMatch(message);
  });

  test("takes a custom_id of 64 characters", async () => {
    const body = { requests: [{ ...one, custom_id: "aZ0_-".padEnd(64, "x") }] };

    expect((await ask(makeCore(), "POST", BATCHES, { body })).status).toBe(200);
  });

  test("refuses a body over its limit, and takes one over the limit of a message", async () => {
    const limited = makeCore({ facts: { maxBatchBodyBytes: 3000, maxMessagesBodyBytes: 1000 } });
    const asked = (length: number) => ({
      body: { requests: [{ custom_id: "a", params: params("x".repeat(length)) }] },
    });

    expect((await ask(limited, "POST", BATCHES, asked(2000))).status).toBe(200);
    expect(await ask(limited, "POST", BATCHES, asked(3000))).toMatchObject({
      status: 413,
      json: { error: { type: "request_too_large" } },
    });
  });

  test.each([
    ["GET", `${BATCHES}/msgbatch_none`],
    ["GET", `${BATCHES}/msgbatch_none/results`],
    ["POST", `${BATCHES}/msgbatch_none/cancel`],
    ["DELETE", `${BATCHES}/msgbatch_none`],
    ["GET", `${BATCHES}/%E0%A4%A`],
  ])("%s %s is answered with 404", async (method, target) => {
    expect(await ask(core, method, target)).toMatchObject({
      status: 404,
      json: { type: "error", error: { type: "not_found_error" } },
    });
  });

  test.each(["limit=0", "limit=1001", "limit=x", "after_id=msgbatch_none", "after_id=a&before_id=b"])(
    "a list with %s is answered with 400",
    async (query) => {
      expect((await ask(core, "GET", `${BATCHES}?${query}`)).status).toBe(400);
    },
  );
});

describe("a batch that runs", () => {
  test("is answered by the scenario, request by request", async () => {
    const core = makeCore({
      scenario: {
        replies: [
          { when: { text: "busy" }, reply: { overload: {} } },
          { when: { operation: "CreateMessage" }, reply: { text: "scripted", delayMs: 1 } },
        ],
      },
    });
    const body = { requests: [...requests(20), { custom_id: "busy", params: params("busy") }] };
    const { json } = await ask(core, "POST", BATCHES, { body });
    await until(() => ask(core, "GET", `${BATCHES}/${json.id}`), isEnded);
    const { text, headers } = await ask(core, "GET", `${BATCHES}/${json.id}/results`);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

    expect(headers.get("content-type")).toBe("application/x-jsonl");
    expect(lines).toHaveLength(21);
    for (const { custom_id: id, result } of lines) {
      if (id === "busy") expect(result.error.error).toEqual({ type: "overloaded_error", message: "Overloaded" });
      else expect(result.message.content).toEqual([{ type: "text", text: "scripted" }]);
    }
  });

  test("meets the faults of the service, and none of the wire: its answers are not sent", async () => {
    const faults = ["reset", "cut", "stall", "drip", "slice", "proxy-page", "content-type", "throttle"] as const;
    const core = makeCore({
      scenario: {
        replies: faults.map((kind, index) => ({
          when: { text: `text ${index}` },
          fault: { kind, times: 1 },
          reply: { text: kind },
        })),
      },
    });
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(faults.length) } });
    const done = await until(() => ask(core, "GET", `${BATCHES}/${json.id}`), isEnded);
    expect(done.json.request_counts).toMatchObject({ succeeded: faults.length - 1, errored: 1 });
  });

  test("expires with what is left when its day is over", async () => {
    let now = new Date("2026-11-21T12:00:00Z");
    // Long enough for the day to end before the first of them is answered, on a busy machine, too.
    const core = makeCore({ now: () => now, batchDurationMs: 1000 });
    const asked = { signing: { date: now } };
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(3) }, ...asked });
    now = new Date(now.getTime() + 86_400_000);
    const later = { signing: { date: now } };
    const done = await until(() => ask(core, "GET", `${BATCHES}/${json.id}`, later), isEnded);

    expect(done.json.request_counts).toEqual({ processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 3 });
    expect((await ask(core, "GET", `${BATCHES}/${json.id}/results`, later)).text).toContain(
      '{"custom_id":"request-0","result":{"type":"expired"}}\n',
    );
  });

  test("loses its results after 29 days", async () => {
    let now = new Date("2026-11-21T12:00:00Z");
    const core = makeCore({ now: () => now });
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(1) }, signing: { date: now } });
    await until(() => ask(core, "GET", `${BATCHES}/${json.id}`, { signing: { date: now } }), isEnded);
    now = new Date(now.getTime() + 29 * 86_400_000);
    const later = { signing: { date: now } };

    expect((await ask(core, "GET", `${BATCHES}/${json.id}`, later)).json).toMatchObject({
      archived_at: "2026-12-20T12:00:00.000Z",
      results_url: null,
    });
    expect((await ask(core, "GET", `${BATCHES}/${json.id}/results`, later)).status).toBe(404);
  });

  test("is stopped and forgotten by reset()", async () => {
    let answered = 0;
    const core = makeCore({
      batchDurationMs: 50,
      scenario: { replies: [{ reply: () => (answered++, { text: "x" }) }] },
    });
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(100) } });
    expect(core.state.resources.runner.running).toBe(1);
    core.reset();
    expect([core.state.resources.runner.running, core.state.resources.heldBytes]).toEqual([0, 0]);
    const before = answered;
    // Once another has run its course, the first would have run its own.
    const next = await ask(core, "POST", BATCHES, { body: { requests: requests(1) } });
    await until(() => ask(core, "GET", `${BATCHES}/${next.json.id}`), isEnded);

    expect(answered).toBe(before + 1);
    expect((await ask(core, "GET", `${BATCHES}/${json.id}`)).status).toBe(404);
  });

  test("answers ten thousand requests while others are answered", async () => {
    const core = makeCore();
    const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(10_000) } });
    const done = await until(() => ask(core, "GET", `${BATCHES}/${json.id}`), isEnded);
    const { text } = await ask(core, "GET", `${BATCHES}/${json.id}/results`);

    expect(done.json.request_counts.succeeded).toBe(10_000);
    expect(
      new Set(
        text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).custom_id),
      ).size,
    ).toBe(10_000);
    expect(core.journal.total).toBeGreaterThan(3);
  });
});

describe("the bounds of batches", () => {
  test("the oldest that has ended is forgotten for a new one; those that run are not", async () => {
    const core = makeCore({ maxResources: 2 });
    const create = async (): Promise<string> => {
      const { json } = await ask(core, "POST", BATCHES, { body: { requests: requests(1) } });
      await until(() => ask(core, "GET", `${BATCHES}/${json.id}`), isEnded);
      return json.id;
    };
    const [first, second, third] = [await create(), await create(), await create()];

    expect((await ask(core, "GET", BATCHES)).json.data.map(({ id }: { id: string }) => id)).toEqual([third, second]);
    expect((await ask(core, "GET", `${BATCHES}/${first}`)).status).toBe(404);

    const slow = makeCore({ maxResources: 1, batchDurationMs: 60_000 });
    await ask(slow, "POST", BATCHES, { body: { requests: requests(1) } });
    expect(await ask(slow, "POST", BATCHES, { body: { requests: requests(1) } })).toMatchObject({
      status: 429,
      json: { error: { type: "rate_limit_error" } },
    });
  });

  test("the oldest that has ended loses its results where bytes run out", async () => {
    const core = makeCore({ maxResourceBytes: 4000 });
    const create = async () => ask(core, "POST", BATCHES, { body: { requests: requests(2) } });
    const first = await create();
    await until(() => ask(core, "GET", `${BATCHES}/${first.json.id}`), isEnded);
    const second = await create();
    const view = await ask(core, "GET", `${BATCHES}/${first.json.id}`);

    expect(second.status).toBe(200);
    expect(view.json).toMatchObject({ processing_status: "ended", results_url: null });
    expect(view.json.archived_at).not.toBeNull();
    expect(core.state.resources.heldBytes).toBeLessThanOrEqual(4000);
  });
});
