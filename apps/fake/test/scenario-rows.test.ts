import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore, type FakeCoreOptions } from "../src/create/fake-core.ts";
import type { Scenario } from "../src/settings/scenario/scenario.ts";
import type { ScenarioRow } from "../src/settings/scenario/scenario-row.ts";
import { MAX_PATTERN_TEXT } from "../src/scenario/match/compile-text.ts";
import { GOOD, sign, withBody, withHeader } from "./support/requests.ts";

const { request: PLATFORM, service: PLATFORM_SERVICE } = GOOD["anthropic-aws"];
const ROW_HEADER = "x-claude-on-aws-row";

type Asked = string | readonly object[];

interface Answered {
  readonly said: string;
  readonly row: string | undefined;
}

/** Sends a request, signed as it stands, and reads what was said and by which row. */
async function send(fake: FakeCore, request: WireRequest, service = PLATFORM_SERVICE): Promise<Answered> {
  const reply = await fake.handle({ ...(await sign(request, service)), wire: "received" });
  const value = JSON.parse(new TextDecoder().decode(reply.body as Uint8Array));
  const said =
    value.content?.[0]?.text ?? value.output?.message.content[0]?.text ?? value.error?.message ?? value.message;
  return { said, row: reply.headers.find(([name]) => name === ROW_HEADER)?.[1] };
}

/** A request with these messages, or with this text as its only one. */
const asking = (asked: Asked, headers: Readonly<Record<string, string>> = {}): WireRequest => {
  const messages = typeof asked === "string" ? [{ role: "user", content: asked }] : asked;
  const plain = withBody(PLATFORM(80), { messages, max_tokens: 256 });
  return Object.entries(headers).reduce((made, [name, value]) => withHeader(made, name, value), plain);
};

const fakeOf = (scenario: Scenario, options: FakeCoreOptions = {}): FakeCore =>
  createFakeCore({ ...options, scenario });
const fakeWith = (...replies: ScenarioRow[]): FakeCore => fakeOf({ replies });
const YES = { reply: { text: "yes" } } as const;

const AFTER_TOOLS = [
  { role: "user", content: "look" },
  {
    role: "assistant",
    content: [
      { type: "tool_use", id: "toolu_1", name: "look", input: {} },
      { type: "tool_use", id: "toolu_2", name: "find", input: {} },
    ],
  },
  {
    role: "user",
    content: [
      { type: "tool_result", tool_use_id: "toolu_1", content: "sunny" },
      { type: "tool_result", tool_use_id: "toolu_2", is_error: true, content: [{ type: "text", text: "not there" }] },
    ],
  },
];
const PREFILLED = [
  { role: "user", content: "hello" },
  { role: "assistant", content: "I" },
];
const SECOND_TURN = [...PREFILLED, { role: "user", content: "go on" }];

describe("a condition", () => {
  test.each<[what: string, when: ScenarioRow["when"], fits: WireRequest, fitsNot: WireRequest]>([
    ["a text", { text: "rain" }, asking("will it rain?"), asking("will it snow?")],
    ["a pattern", { text: { pattern: "^will IT", flags: "i" } }, asking("Will it rain?"), asking("It will")],
    ["a pattern in code, wherever it was", { text: /rain$/g }, asking("rain"), asking("rain?")],
    ["the first turn", { turn: 1 }, withBody(asking(PREFILLED), { model: "claude-sonnet-4-5" }), asking(SECOND_TURN)],
    ["the second turn", { turn: 2 }, asking(SECOND_TURN), asking("hello")],
    ["any result of a tool", { toolResult: {} }, asking(AFTER_TOOLS), asking(SECOND_TURN)],
    ["the tool", { toolResult: { name: "find" } }, asking(AFTER_TOOLS), asking(SECOND_TURN)],
    ["the text of a result", { toolResult: { text: "sun" } }, asking(AFTER_TOOLS), asking(SECOND_TURN)],
    ["a tool that failed", { toolResult: { name: "find", isError: true } }, asking(AFTER_TOOLS), asking("hello")],
    ["the user agent", { userAgent: "mine/2" }, asking("a", { "user-agent": "mine/2.1" }), asking("a")],
    ["a header", { headers: { "X-Test": true } }, asking("a", { "x-test": "" }), asking("a")],
    [
      "the value of a header",
      { headers: { "x-test": { pattern: "^1$" } } },
      asking("a", { "X-Test": "1" }),
      asking("a", { "x-test": "11" }),
    ],
    ["a function", { matches: ({ text }) => text.length > 3 }, asking("four"), asking("two")],
  ])("asks for %s", async (_, when, fits, fitsNot) => {
    const fake = fakeWith({ when, ...YES });
    expect(await send(fake, fits)).toEqual({ said: "yes", row: "replies[0]" });
    expect((await send(fake, fitsNot)).row).toBeUndefined();
  });

  test.each<[what: string, toolResult: NonNullable<ScenarioRow["when"]>["toolResult"]]>([
    ["a tool that was not called", { name: "other" }],
    ["both of what two results say", { name: "look", isError: true }],
    ["a text that no result holds", { text: "rain" }],
  ])("on results of tools does not fit %s", async (_, toolResult) => {
    expect((await send(fakeWith({ when: { toolResult }, ...YES }), asking(AFTER_TOOLS))).row).toBeUndefined();
  });

  test("reads turns and results in the words of Converse", async () => {
    const messages = [
      { role: "user", content: [{ text: "look" }] },
      { role: "assistant", content: [{ toolUse: { toolUseId: "t1", name: "look", input: {} } }] },
      { role: "user", content: [{ toolResult: { toolUseId: "t1", status: "error", content: [{ text: "none" }] } }] },
    ];
    const tools = [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } } } }];
    const fake = fakeWith({ when: { turn: 2, toolResult: { name: "look", text: "none", isError: true } }, ...YES });
    const { request, service } = GOOD["bedrock"];
    const made = request(80);
    const converse = {
      ...made,
      target: made.target.replace("/invoke", "/converse"),
      body: new TextEncoder().encode(JSON.stringify({ messages, toolConfig: { tools } })),
    };
    expect(await send(fake, converse, service)).toEqual({ said: "yes", row: "replies[0]" });
  });

  test("tries a pattern on the beginning of a long text, and a text on all of it", async () => {
    const long = `${"x".repeat(MAX_PATTERN_TEXT)}end`;
    const fake = fakeWith(
      { name: "pattern", when: { text: /end/ }, ...YES },
      { name: "text", when: { text: "end" }, ...YES },
    );
    expect((await send(fake, asking(long))).row).toBe("text");
    expect((await send(fake, asking("the end"))).row).toBe("pattern");
  });

  test("that throws is the answer", async () => {
    const matches = (): boolean => {
      throw new Error("on purpose");
    };
    const { said } = await send(fakeWith({ when: { matches }, ...YES }), asking("a"));
    expect(said).toBe("A function of the scenario threw: on purpose");
  });

  test("that is no pattern is refused where the fake is made", () => {
    expect(() => fakeWith({ when: { text: { pattern: "(" } }, ...YES })).toThrow(
      expect.objectContaining({ code: "SCENARIO_VALUE", path: "replies[0].when.text.pattern" }),
    );
  });
});

describe("which requests a row answers", () => {
  const saying = async (fake: FakeCore, ...requests: WireRequest[]): Promise<string[]> => {
    const said: string[] = [];
    for (const request of requests) said.push((await send(fake, request)).said);
    return said;
  };

  test("may be told by their number, whoever answered those before", async () => {
    const fake = fakeWith(
      { when: { text: "a", call: 2 }, reply: { text: "second" } },
      { when: { text: "a", call: [3, 4] }, reply: { text: "third or fourth" } },
      { when: { text: "b", call: 1 }, reply: { text: "first b" } },
    );
    const asked = ["a", "a", "b", "b", "a", "a", "a"].map((text) => asking(text));
    const expected = ["a", "second", "first b", "b", "third or fourth", "third or fourth", "a"];
    expect(await saying(fake, ...asked)).toEqual(expected);
    fake.reset();
    expect(await saying(fake, ...asked)).toEqual(expected);
  });

  test("may depend on the state", async () => {
    const fake = fakeWith(
      { state: { was: "started", becomes: "asked" }, reply: { text: "Which city?" } },
      { state: { was: "asked", becomes: "done" }, when: { text: "Paris" }, reply: { text: "It rains." } },
      { state: { was: "done" }, reply: { text: "Bye." } },
    );
    const asked = [asking("weather"), asking("hm"), asking("Paris"), asking("Paris")];
    expect(await saying(fake, ...asked)).toEqual(["Which city?", "hm", "It rains.", "Bye."]);
    fake.reset();
    expect(await saying(fake, asking("weather"))).toEqual(["Which city?"]);
  });

  test("is told by a script of rows that each answer once", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `answer ${index}`);
    const fake = fakeWith(...texts.map((text) => ({ times: 1, reply: { text } })));
    expect(await saying(fake, ...texts.map(() => asking("next")), asking("next"))).toEqual([...texts, "next"]);
  });

  test("is told by a row that is given back, though others are used up", async () => {
    let declines = true;
    const fake = fakeWith(
      { times: 1, reply: () => (declines ? undefined : { text: "at last" }) },
      { times: 1, reply: { text: "second" } },
    );
    expect(await saying(fake, asking("a"))).toEqual(["second"]);
    declines = false;
    expect(await saying(fake, asking("a"), asking("a"))).toEqual(["at last", "a"]);
  });
});

const eachOf = async (fake: FakeCore, ...asked: string[]): Promise<string[]> => {
  const texts: string[] = [];
  for (const text of asked) texts.push((await send(fake, asking(text))).said);
  return texts;
};

test("a row, or a fault, that stands in several places counts in each for itself", async () => {
  const row: ScenarioRow = { times: 1, reply: { text: "once" } };
  expect(await eachOf(fakeWith(row, row), "a", "a", "a")).toEqual(["once", "once", "a"]);

  const fault = { kind: "throttle", times: 1, message: "slower" } as const;
  const twice = fakeWith({ when: { text: "a" }, fault: [fault, fault] }, { when: { text: "b" }, fault });
  expect(await eachOf(twice, "a", "a", "a")).toEqual(["slower", "slower", "a"]);
  expect(await eachOf(twice, "b", "b")).toEqual(["slower", "b"]);
});

describe("requests at the same time", () => {
  const said = async (fake: FakeCore, text: string): Promise<string> => (await send(fake, asking(text))).said;

  test("share the state, though the answer comes late", async () => {
    const fake = fakeWith(
      { state: { was: "started", becomes: "asked" }, reply: async () => ({ text: "first" }) },
      { state: { was: "asked" }, reply: { text: "second" } },
    );
    expect((await Promise.all([said(fake, "a"), said(fake, "a")])).toSorted()).toEqual(["first", "second"]);
  });

  test("find the state as it was where a row declines", async () => {
    const fake = fakeWith(
      {
        state: { was: "started", becomes: "asked" },
        reply: async ({ text }) => (text === "no" ? undefined : YES.reply),
      },
      { state: { was: "asked" }, reply: { text: "second" } },
    );
    expect([await said(fake, "no"), await said(fake, "a"), await said(fake, "a")]).toEqual(["no", "yes", "second"]);
  });

  test("are not mistaken for others where a row is added meanwhile", async () => {
    const asked = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const reply = (): Promise<undefined> => {
      asked.resolve();
      return promise;
    };
    const fake = fakeWith(
      { when: { text: "wait" }, times: 1, reply },
      { when: { text: "wait" }, times: 1, reply: { text: "waited" } },
    );
    const waiting = said(fake, "wait");
    await asked.promise;
    fake.on({ text: "wait" }).reply({ text: "added" }).times(2);
    resolve(undefined);
    expect([await waiting, await said(fake, "wait"), await said(fake, "wait")]).toEqual(["waited", "added", "added"]);
  });
});

describe("scope", () => {
  const rows: readonly ScenarioRow[] = [
    { name: "once", times: 1, state: { was: "started", becomes: "throttled" }, reply: { text: "first" } },
    { when: { call: 2 }, state: { was: "throttled" }, reply: { text: "second" } },
  ];
  const mine = (id: string): WireRequest => asking("a", { "x-test-id": id });
  const texts = async (fake: FakeCore, ...requests: WireRequest[]): Promise<string[]> =>
    (await Promise.all(requests.map((request) => send(fake, request)))).map(({ said }) => said);

  test("of a header parts what runs at the same time", async () => {
    const fake = fakeOf({ scope: { header: "X-Test-Id" }, replies: rows });
    expect(await texts(fake, mine("1"), mine("2"), asking("a"))).toEqual(["first", "first", "first"]);
    expect(await texts(fake, mine("1"), mine("2"))).toEqual(["second", "second"]);
    expect(await texts(fake, mine("1"), mine("3"))).toEqual(["a", "first"]);
  });

  test("of credentials parts callers", async () => {
    const keyed = (key: string): WireRequest => withHeader(asking("a"), "x-api-key", key);
    const fake = fakeOf({ scope: "credentials", replies: rows });
    const ask = async (request: WireRequest): Promise<string> => {
      const reply = await fake.handle({ ...request, wire: "received" });
      return JSON.parse(new TextDecoder().decode(reply.body as Uint8Array)).content[0].text;
    };
    expect([await ask(keyed("one")), await ask(keyed("two")), await ask(keyed("one"))]).toEqual([
      "first",
      "first",
      "second",
    ]);
    expect((await send(fake, asking("a"))).said).toBe("first");
    expect((await send(fake, asking("a"))).said).toBe("second");
  });

  test("of the path parts base URLs, whose path is signed", async () => {
    const fake = fakeOf({ scope: "path", replies: rows });
    const under = (prefix: string): WireRequest => ({ ...asking("a"), target: `${prefix}/v1/messages` });
    expect(await texts(fake, under("/one"), under("/two/deep"), under(""))).toEqual(["first", "first", "first"]);
    expect(await texts(fake, under("/one"), under("/two/deep"))).toEqual(["second", "second"]);
    const { target } = under("/one");
    const forged = { ...(await sign(under("/two"), PLATFORM_SERVICE)), target, wire: "received" } as const;
    expect((await fake.handle(forged)).status).toBe(401);
    expect(await fake.isRefusedUnread(await sign(under("/one"), PLATFORM_SERVICE))).toBe(false);
  });

  test("is forgotten once more are known than are remembered: the one that was not asked for the longest", async () => {
    const fake = fakeOf({ scope: { header: "x-test-id" }, replies: rows }, { maxScenarioScopes: 2 });
    const said = async (id: string): Promise<string> => (await send(fake, mine(id))).said;
    expect([await said("1"), await said("2"), await said("1")]).toEqual(["first", "first", "second"]);
    expect([await said("3"), await said("1"), await said("2")]).toEqual(["first", "a", "first"]);
  });

  test("is forgotten by reset", async () => {
    const fake = fakeOf({ scope: { header: "x-test-id" }, replies: rows });
    await texts(fake, mine("1"), mine("2"));
    fake.reset();
    expect(await texts(fake, mine("1"), mine("2"))).toEqual(["first", "first"]);
  });
});

test("the journal and a header say which row answered, by its name or its place", async () => {
  const fake = fakeWith(
    { when: { text: "a" }, name: "the «first» one", reply: { throttle: {} } },
    { when: { text: "b" }, ...YES },
  );
  expect((await send(fake, asking("a"))).row).toBe("the %C2%ABfirst%C2%BB one");
  expect((await send(fake, asking("b"))).row).toBe("replies[1]");
  expect((await send(fake, asking("c"))).row).toBeUndefined();
  expect(fake.journal.snapshot().exchanges.map(({ row }) => row)).toEqual(["the «first» one", "replies[1]", undefined]);
});

test("a header says any name, so that names stay apart", async () => {
  const names = ["東京", "大阪", "100 % \u001b[2J\r\n", "\ud800", "é".repeat(200)];
  const fake = fakeWith(...names.map((name, index) => ({ when: { text: `row ${index}.` }, name, ...YES })));
  const rows: string[] = [];
  for (const index of names.keys()) rows.push((await send(fake, asking(`row ${index}.`))).row ?? "");

  expect(rows.slice(0, 3).map(decodeURIComponent)).toEqual(names.slice(0, 3));
  expect(rows[3]).toBe("%EF%BF%BD");
  expect(rows[4]).toMatch(/^(?:%C3%A9){33}\.\.\.$/);
  for (const row of rows) expect(row).toMatch(/^[\x20-\x7e]+$/);
});
