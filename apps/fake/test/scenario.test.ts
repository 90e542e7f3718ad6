import { decodeClaudeEvents } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore } from "../src/create/fake-core.ts";
import type { WireReply } from "../src/terms/wire.ts";
import type { Scenario } from "../src/settings/scenario/scenario.ts";
import type { ScenarioReply } from "../src/settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../src/settings/scenario/scenario-row.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";

const fakeWith = (...replies: ScenarioRow[]): FakeCore => createFakeCore({ scenario: { replies } satisfies Scenario });

/** Asks a fake, and reads what it answers. */
async function ask(
  fake: FakeCore,
  text = "hello",
  provider: GoodProvider = "anthropic-aws",
  more: object = {},
): Promise<{ status: number; headers: Record<string, string>; text: string; reply: WireReply }> {
  const { request, service } = GOOD[provider];
  const body = { messages: [{ role: "user", content: text }], max_tokens: 256, ...more };
  const reply = await fake.handle({ ...(await sign(withBody(request(80), body), service)), wire: "received" });
  const read = reply.body instanceof Uint8Array ? new TextDecoder().decode(reply.body) : "";
  return { status: reply.status, headers: Object.fromEntries(reply.headers), text: read, reply };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const piecesOf = async (body: WireReply["body"]): Promise<Uint8Array[]> =>
  body instanceof Uint8Array ? [body] : Symbol.iterator in body ? [...body] : collect(body);

/** The text of a message. */
const textOf = ({ text }: { readonly text: string }): unknown => JSON.parse(text).content?.[0]?.text;

describe("a scenario", () => {
  test.each<[what: string, reply: unknown, says: string]>([
    ["a header with a line break", { throttle: { headers: { "x-a": "b\r\nc: d" } } }, "visible ASCII"],
    ["the name of a header with a space", { overload: { headers: { "x a": "b" } } }, "the name of a header"],
    ["the length of the body", { error: { status: 400, headers: { "Content-Length": "1" } } }, "no header of the"],
    ["a status that is none", { error: { status: 9999 } }, "one from 400 to 599"],
    ["a name that is none", { error: { name: "__proto__" } }, "a name of FAULTS"],
    ["what is no JSON", { content: [{ type: "text", text: "a", citations: [1n] }] }, "failed to handle"],
  ])("is answered with 500 where a function of it gives %s", async (_, reply, says) => {
    const fake = fakeWith({ reply: () => reply as ScenarioReply });
    const answered = await ask(fake);
    expect([answered.status, answered.text]).toEqual([500, expect.stringContaining(says)]);
    expect(fake.journal.total).toBe(1);
  });

  test("replaces the headers of a refusal by those of the same name", async () => {
    const headers = { "Content-Type": "text/html", "anthropic-ratelimit-requests-remaining": "7", "x-own": "1" };
    const { reply } = await ask(fakeWith({ reply: { throttle: { headers } } }));
    const names = Object.keys(headers).map((name) => name.toLowerCase());

    expect(reply.headers.filter(([name]) => names.includes(name.toLowerCase()))).toEqual(Object.entries(headers));
  });

  test("waits for as long as a timer can where it is told to wait for longer", async () => {
    const fake = fakeWith({ reply: () => ({ text: "late", delayMs: 2 ** 40 }) });
    const answered = ask(fake).then(() => "answered");
    const early = await Promise.race([answered, new Promise((done) => setTimeout(done, 50, "waits"))]);
    fake.reset();

    expect([early, await answered]).toEqual(["waits", "answered"]);
  });

  test("answers with the first row that fits, and leaves the rest to the fake", async () => {
    const fake = fakeWith(
      { when: { provider: "mantle" }, reply: { text: "of Mantle" } },
      { when: { model: "*sonnet-4-5*" }, reply: { text: "of Sonnet" } },
      { when: { operation: ["Converse", "CreateMessage"], text: "rain" }, reply: { text: "of rain" } },
    );

    expect(textOf(await ask(fake, "rain", "mantle"))).toBe("of Mantle");
    expect(textOf(await ask(fake, "rain", "bedrock"))).toBe("of Sonnet");
    expect(textOf(await ask(fake, "will it rain?"))).toBe("of rain");
    expect(textOf(await ask(fake, "hello"))).toBe("hello");
  });

  test("answers as often as it is told, until it is reset", async () => {
    const fake = fakeWith({ times: 2, reply: { text: "scripted" } });
    const said = async () => textOf(await ask(fake));

    expect([await said(), await said(), await said()]).toEqual(["scripted", "scripted", "hello"]);
    fake.reset();
    expect(await said()).toBe("scripted");
  });

  test("shares what is left among requests that come at once", async () => {
    const fake = fakeWith({ times: 1, reply: async () => ({ text: "scripted" }) });
    const said = await Promise.all([ask(fake), ask(fake), ask(fake)]);

    expect(said.map(textOf).filter((text) => text === "scripted")).toHaveLength(1);
  });

  test("asks a function, which may decline", async () => {
    const fake = fakeWith(
      {
        times: 1,
        reply: ({ text, model, operation }) => (text === "no" ? undefined : { text: `${operation} ${model}` }),
      },
      {
        when: { text: "throw" },
        reply: () => {
          throw new Error("on purpose");
        },
      },
    );

    expect(textOf(await ask(fake, "no"))).toBe("no");
    expect(textOf(await ask(fake, "yes"))).toBe("CreateMessage claude-sonnet-4-6");
    const { status, text } = await ask(fake, "throw");
    expect(status).toBe(500);
    expect(JSON.parse(text).error.message).toBe("A function of the scenario threw: on purpose");
  });

  test("meets no request that a check refused", async () => {
    const fake = fakeWith({ times: 1, reply: { text: "scripted" } });
    const { request, service } = GOOD["anthropic-aws"];
    const unsigned = withHeader(await sign(request(80), service), "authorization");
    const refused = await fake.handle({ ...unsigned, wire: "received" });

    expect(refused.status).toBe(401);
    expect(textOf(await ask(fake))).toBe("scripted");
  });

  test("is about other operations only where it names them", async () => {
    const fake = fakeWith(
      { when: { operation: "ListModels" }, times: 1, reply: { error: { status: 503 } } },
      { times: 1, reply: { throttle: {} } },
    );
    const list = async (): Promise<number> => {
      const { request, service } = GOOD["anthropic-aws"];
      const get = { ...request(80), method: "GET", target: "/v1/models", body: new Uint8Array() };
      return (await fake.handle({ ...(await sign(get, service)), wire: "received" })).status;
    };

    expect([await list(), await list()]).toEqual([503, 200]);
    expect((await ask(fake)).status).toBe(429);
  });

  test("keeps to the shape of each provider", async () => {
    const fake = fakeWith({ reply: { throttle: { retryAfterSeconds: 2, headers: { "x-should-retry": "false" } } } });
    const platform = await ask(fake);
    const bedrock = await ask(fake, "hello", "bedrock");

    expect(platform).toMatchObject({ status: 429, headers: { "retry-after": "2", "x-should-retry": "false" } });
    expect(JSON.parse(platform.text)).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
    expect(bedrock).toMatchObject({ status: 429, headers: { "retry-after": "2" } });
    expect(bedrock.headers["x-amzn-errortype"]).toMatch(/^ThrottlingException:/);
    expect(Object.keys(bedrock.headers).filter((name) => name.startsWith("anthropic"))).toEqual([]);
  });

  test.each<[ScenarioReply, GoodProvider, number, string]>([
    [{ overload: {} }, "anthropic-aws", 529, "overloaded_error"],
    [{ overload: { message: "Busy" } }, "mantle", 529, "Busy"],
    [{ error: { name: "model-access-denied" } }, "bedrock", 403, "AccessDeniedException"],
    [{ error: { status: 401 } }, "anthropic-aws", 401, "authentication_error"],
    [{ error: { status: 402 } }, "anthropic-aws", 402, "billing_error"],
    [{ error: { status: 402 } }, "mantle", 402, "billing_error"],
    [{ error: { status: 402 } }, "bedrock", 402, "AccessDeniedException"],
    [{ error: { name: "billing" } }, "bedrock", 403, "AccessDeniedException"],
    [{ error: { status: 403 } }, "anthropic-aws", 403, "permission_error"],
    [{ error: { status: 409 } }, "anthropic-aws", 409, "conflict_error"],
    [{ error: { status: 409 } }, "bedrock", 409, "ConflictException"],
    [{ error: { status: 404 } }, "bedrock", 404, "ResourceNotFoundException"],
    [{ error: { status: 418 } }, "anthropic-aws", 418, "invalid_request_error"],
    [{ error: { status: 502 } }, "anthropic-aws", 502, "api_error"],
    [{ error: { status: 424 } }, "bedrock", 424, "ModelErrorException"],
    [{ error: { name: "timed-out", status: 599 } }, "anthropic-aws", 599, "timeout_error"],
    [{ text: "a", exception: "overloaded_error" }, "anthropic-aws", 529, "overloaded_error"],
    [{ text: "a", exception: "modelStreamErrorException" }, "bedrock", 424, "ModelErrorException"],
  ])("answers %j from %s with %i %s", async (reply, provider, status, words) => {
    const answer = await ask(fakeWith({ reply }), "hello", provider);

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).toContain(words);
  });

  test.each<[ScenarioReply, string]>([
    [{ error: { status: 402 } }, "The scenario answers status 402."],
    [{ error: { status: 404 } }, "The scenario answers status 404."],
    [{ error: { status: 409 } }, "The scenario answers status 409."],
    [{ error: {} }, "The scenario answers status 500."],
    [{ error: { name: "timed-out", status: 599 } }, "The scenario answers timed-out."],
    [{ error: { status: 409, message: "Mine" } }, "Mine"],
  ])("says of %j what was asked for", async (reply, words) => {
    const fake = fakeWith({ reply: () => reply });

    expect(JSON.parse((await ask(fake)).text)).toMatchObject({ error: { message: words } });
    expect(JSON.parse((await ask(fake, "hello", "bedrock")).text)).toEqual({ message: words });
  });

  test("says thinking, text and tools as they are given, completed", async () => {
    const fake = fakeWith({
      reply: {
        content: [
          { type: "thinking", thinking: "Hm" },
          { type: "text", text: "I look" },
          { type: "tool_use", name: "look", input: { at: 1 } },
        ],
      },
    });
    const { text } = await ask(fake);

    expect(JSON.parse(text)).toMatchObject({
      content: [
        { type: "thinking", thinking: "Hm", signature: expect.stringMatching(/^\S+$/) },
        { type: "text", text: "I look" },
        { type: "tool_use", name: "look", input: { at: 1 }, id: expect.stringMatching(/^toolu_01\w{22}$/) },
      ],
      stop_reason: "tool_use",
    });
  });

  test("is cut where the client allows no more", async () => {
    const fake = fakeWith({
      reply: {
        content: [
          { type: "text", text: "Eight by" },
          { type: "tool_use", name: "look", input: {} },
        ],
      },
    });
    const answer = JSON.parse((await ask(fake, "hello", "anthropic-aws", { max_tokens: 2 })).text);

    expect(answer).toMatchObject({ content: [{ type: "text", text: "Eight by" }], stop_reason: "max_tokens" });
    expect(answer.content).toHaveLength(1);
  });

  test("changes how the fake's own answer is streamed", async () => {
    const fake = fakeWith({ reply: { cutAfterEvents: 4 } });
    const { reply } = await ask(fake, "hello", "anthropic-aws", { stream: true });
    const events = decodeClaudeEvents(
      new Response(Buffer.concat(await piecesOf(reply.body)), { headers: { "content-type": "text/event-stream" } }),
    );

    await expect(collect(events)).rejects.toMatchObject({
      code: "STREAM_TRUNCATED",
      partialMessage: { content: [{ text: "hello" }] },
    });
  });

  test("waits before it answers, and is let go by a reset", async () => {
    const fake = fakeWith({ reply: { text: "late", delayMs: 600_000 } });
    const answer = ask(fake);
    // It waits only when it got there.
    const resetting = setInterval(() => fake.reset(), 1);
    const said = textOf(await answer);
    clearInterval(resetting);

    expect(said).toBe("late");
  });
});
