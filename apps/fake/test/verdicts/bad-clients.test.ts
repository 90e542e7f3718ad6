import { describe, expect, test } from "vitest";
import type { RuleId } from "../../src/rules/rule-id.ts";
import { createFakeCore, type Scenario, serve } from "../../src/server.ts";
import { readElsewhere } from "../support/read-elsewhere.ts";
import { CREDENTIALS, WORKSPACE_ID, WORKSPACE_KEY } from "../support/start-fake.ts";
import { ask, type Block, HELLO, leave, post, said, stream, type Surroundings, user } from "./bad-clients.ts";

const THINKING = { type: "thinking", thinking: "A tool knows that. ", signature: "c2lnbmVk" } as const;
const CALL = { type: "tool_use", name: "get_weather", input: { city: "Bern", days: "1234567890".repeat(20) } } as const;
const TOOLS = [{ name: "get_weather", input_schema: { type: "object", properties: {} } }];
const THINK = { tools: TOOLS, thinking: { type: "enabled", budget_tokens: 1024 } };

const throttled = (times: number, retryAfterSeconds?: number): Scenario => ({
  replies: [{ times, reply: { throttle: retryAfterSeconds === undefined ? {} : { retryAfterSeconds } } }],
});
const once = (reply: Scenario["replies"][number]["reply"]): Scenario => ({ replies: [{ times: 1, reply }] });

const resultOf = (blocks: readonly Block[], content = "It rains."): ReturnType<typeof user> =>
  user(
    blocks.flatMap(({ type, id }) => (type === "tool_use" ? [{ type: "tool_result", tool_use_id: id, content }] : [])),
  );

/** The same turn with a tool: what a client makes of the answer before it sends the tool's result. */
const toolTurn = (change: (blocks: Block[]) => Block[]) => async (fake: Surroundings) => {
  const blocks = change(await stream(fake, [HELLO], THINK));
  await ask(fake, [HELLO, said(blocks), resultOf(blocks)], THINK);
};

interface Client {
  readonly does: string;
  readonly rule: RuleId;
  readonly scenario: Scenario;
  readonly run: (fake: Surroundings) => Promise<unknown>;
}

const LONG = "It rains in Bern today, and all week.";
const CUT = once({ text: LONG, cutAfterEvents: 6 });
/** The same call each time, as a scenario may give it. */
const NAMED_CALL = { ...CALL, id: "toolu_1" } as const;
/** The client can leave in the middle: the next event comes late. */
const SLOW_CALL = once({ content: [CALL], eventDelayMs: 40 });
const callIn = (text: string): Block[] => [
  { ...CALL, id: /"id":"(toolu_[^"]*)"/.exec(text)?.[1] ?? "", input: { city: "B" } },
];

const BAD: readonly Client[] = [
  {
    does: "does not wait as long as it was asked to",
    rule: "retry-after-honoured",
    scenario: throttled(1, 2),
    run: async (fake) => {
      while ((await ask(fake, [HELLO])) !== 200) fake.pass(100);
    },
  },
  {
    does: "retries at once, again and again",
    rule: "retry-backs-off",
    scenario: throttled(5),
    run: async (fake) => {
      const counting = (count: number) =>
        ask(fake, [HELLO], {}, { headers: { "x-stainless-retry-count": `${count}` } });
      for (let count = 0; (await counting(count)) !== 200; count++) fake.pass(1);
    },
  },
  {
    does: "sends the same from many connections while it is throttled",
    rule: "retry-not-hammered",
    scenario: throttled(64),
    run: async (fake) => {
      for (let round = 0; round < 8; round++) {
        await Promise.all(Array.from({ length: 8 }, () => ask(fake, [HELLO])));
        fake.pass(80);
      }
    },
  },
  {
    does: "sends again what was refused for what it is",
    rule: "retry-only-what-may-succeed",
    scenario: { replies: [{ reply: { error: { status: 400 } } }] },
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(500);
      await ask(fake, [HELLO]);
    },
  },
  {
    does: "gives up where it is asked to come again",
    rule: "retry-what-asks-for-it",
    scenario: throttled(1, 1),
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(120_000);
      await ask(fake, [HELLO, user("Are you there?")]);
    },
  },
  {
    does: "gives up, and asks further in the same message",
    rule: "retry-what-asks-for-it",
    scenario: once({ overload: { headers: { "x-should-retry": "true" } } }),
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(120_000);
      await ask(fake, [
        user([
          { type: "text", text: HELLO.content },
          { type: "text", text: "Are you there?" },
        ]),
      ]);
    },
  },
  {
    does: "takes a text that was cut for the whole answer",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => ask(fake, [HELLO, said(await stream(fake, [HELLO])), user("And tomorrow?")]),
  },
  {
    does: "takes a text before an exception for the whole answer, and trims it",
    rule: "cut-answer-not-used",
    scenario: once({ text: "It rains in Bern today, and all week.", failAfterEvents: 6 }),
    run: async (fake) => {
      const text = (await stream(fake, [HELLO])).map((block) => block["text"]).join("");
      await ask(fake, [HELLO, said(text.trim()), user("And tomorrow?")]);
    },
  },
  {
    does: "takes a text for the whole answer of which the end alone is missing",
    rule: "cut-answer-not-used",
    scenario: { replies: [{ times: 1, fault: { kind: "unfinished" }, reply: { text: "It rains." } }] },
    run: async (fake) => ask(fake, [HELLO, said(await stream(fake, [HELLO])), user("And tomorrow?")]),
  },
  {
    does: "takes a text that was cut, while another agent got all of it",
    rule: "cut-answer-not-used",
    scenario: { replies: [{ when: { call: 2 }, reply: { text: LONG, cutAfterEvents: 6 } }, { reply: { text: LONG } }] },
    run: async (fake) => {
      await stream(fake, [HELLO]);
      const blocks = await stream(fake, [HELLO]);
      await stream(fake, [HELLO]);
      await ask(fake, [HELLO, said(blocks), user("And tomorrow?")]);
    },
  },
  {
    does: "runs a call of a stream that was cut",
    rule: "cut-answer-not-used",
    scenario: once({ content: [{ type: "text", text: "Let me see." }, CALL], cutAfterEvents: 9 }),
    run: toolTurn((blocks) => blocks),
  },
  {
    does: "drops thinking",
    rule: "thinking-kept",
    scenario: once({ content: [THINKING, CALL] }),
    run: toolTurn((blocks) => blocks.filter(({ type }) => type !== "thinking")),
  },
  {
    does: "drops thinking that is redacted",
    rule: "thinking-kept",
    scenario: once({ content: [THINKING, { type: "redacted_thinking", data: "ZGF0YQ==" }, CALL] }),
    run: toolTurn((blocks) => blocks.filter(({ type }) => type !== "redacted_thinking")),
  },
  {
    does: "trims thinking",
    rule: "thinking-unaltered",
    scenario: once({ content: [THINKING, CALL] }),
    run: toolTurn((blocks) =>
      blocks.map((block) =>
        block.type === "thinking" ? { ...block, thinking: String(block["thinking"]).trim() } : block,
      ),
    ),
  },
  {
    does: "replaces signatures",
    rule: "thinking-unaltered",
    scenario: once({ content: [THINKING, CALL] }),
    run: toolTurn((blocks) =>
      blocks.map((block) => (block.type === "thinking" ? { ...block, signature: "b3RoZXI=" } : block)),
    ),
  },
  {
    does: "runs a call of which it left the end",
    rule: "left-call-not-run",
    scenario: SLOW_CALL,
    run: async (fake) => {
      const blocks = callIn(await leave(fake, [HELLO], "input_json_delta"));
      await ask(fake, [HELLO, said(blocks), resultOf(blocks)]);
    },
  },
];

/** Each does nearly what one of the bad clients does, and nothing wrong. */
const GOOD: readonly Client[] = [
  {
    does: "sends what is cut once more",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => {
      await stream(fake, [HELLO]);
      await ask(fake, [HELLO, said(await stream(fake, [HELLO])), user("And tomorrow?")]);
    },
  },
  {
    does: "says itself where a text was cut",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO]);
      const end = String(blocks[0]?.["text"]).slice(-16);
      await ask(fake, [HELLO, said(blocks), user(`Your answer was interrupted and ended with "${end}". Go on.`)]);
    },
  },
  {
    does: "has Claude go on with a text that was cut",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO]);
      await ask(fake, [HELLO, said(blocks)], { model: "claude-sonnet-4-5" });
    },
  },
  {
    does: "got the whole text elsewhere",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => {
      await stream(fake, [HELLO]);
      await ask(fake, [HELLO, said("Sunshine."), user("And tomorrow?")]);
    },
  },
  {
    does: "was the user's to break off, who goes on",
    rule: "cut-answer-not-used",
    scenario: once({ text: "It rains in Bern today, and all week.", eventDelayMs: 40 }),
    run: async (fake) => {
      await leave(fake, [HELLO], "rains");
      await ask(fake, [HELLO, said("It rains "), user("And tomorrow?")]);
    },
  },
  {
    does: "marks where a text was cut",
    rule: "cut-answer-not-used",
    scenario: CUT,
    run: async (fake) => {
      const text = (await stream(fake, [HELLO])).map((block) => block["text"]).join("");
      await ask(fake, [HELLO, said(`${text}…`), user("And tomorrow?")]);
    },
  },
  {
    does: "asks without a stream once a stream was cut",
    rule: "cut-answer-not-used",
    scenario: {
      replies: [
        { when: { turn: 1 }, fault: { kind: "cut", afterEvents: 4, times: 1 }, reply: { content: [NAMED_CALL] } },
      ],
    },
    run: async (fake) => {
      await stream(fake, [HELLO], { tools: TOOLS }).catch(() => {});
      const { content } = (await (await post(fake, [HELLO], { tools: TOOLS })).json()) as { content: Block[] };
      await ask(fake, [HELLO, said(content), resultOf(content)], { tools: TOOLS });
    },
  },
  {
    does: "got the whole answer, while that of another agent lacked its end",
    rule: "cut-answer-not-used",
    scenario: {
      replies: [{ when: { call: 2 }, fault: { kind: "unfinished" }, reply: { text: LONG } }, { reply: { text: LONG } }],
    },
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO]);
      await stream(fake, [HELLO]);
      await ask(fake, [HELLO, said(blocks), user("And tomorrow?")]);
    },
  },
  {
    does: "thinks as another agent does, which got the same call",
    rule: "thinking-unaltered",
    scenario: {
      replies: [
        { when: { text: "weather" }, reply: { content: [THINKING, NAMED_CALL] } },
        { when: { text: "rain" }, reply: { content: [{ ...THINKING, thinking: "Look it up." }, NAMED_CALL] } },
      ],
    },
    run: async (fake) => {
      const rain = user("Will it rain?");
      const [one, other] = [await stream(fake, [HELLO], THINK), await stream(fake, [rain], THINK)];
      await ask(fake, [HELLO, said(one), resultOf(one)], THINK);
      await ask(fake, [rain, said(other), resultOf(other)], THINK);
    },
  },
  {
    does: "got a call without thinking that another agent got with it",
    rule: "thinking-kept",
    scenario: {
      replies: [
        { when: { text: "weather" }, reply: { content: [THINKING, NAMED_CALL] } },
        { when: { text: "rain" }, reply: { content: [NAMED_CALL] } },
      ],
    },
    run: async (fake) => {
      await stream(fake, [HELLO], THINK);
      const { content } = (await (await post(fake, [user("Will it rain?")], THINK)).json()) as { content: Block[] };
      await ask(fake, [user("Will it rain?"), said(content), resultOf(content)], THINK);
    },
  },
  {
    does: "sends what Claude said as several messages in a row",
    rule: "thinking-kept",
    scenario: once({ content: [THINKING, CALL] }),
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO], THINK);
      await ask(fake, [HELLO, ...blocks.map((block) => said([block])), resultOf(blocks)], THINK);
    },
  },
  {
    does: "drops thinking where it does not ask for any more",
    rule: "thinking-kept",
    scenario: once({ content: [THINKING, CALL] }),
    run: async (fake) => {
      const blocks = (await stream(fake, [HELLO], THINK)).filter(({ type }) => type !== "thinking");
      await ask(fake, [HELLO, said(blocks), resultOf(blocks)], { tools: TOOLS });
    },
  },
  {
    does: "drops thinking where it writes anew what came before it",
    rule: "thinking-kept",
    scenario: once({ content: [THINKING, CALL] }),
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO], THINK);
      const without = blocks.filter(({ type }) => type !== "thinking");
      await ask(fake, [user("In short: the weather was asked for."), said(without), resultOf(blocks)], THINK);
    },
  },
  {
    does: "drops thinking of an earlier turn",
    rule: "thinking-kept",
    scenario: { replies: [{ times: 1, reply: { content: [THINKING, CALL] } }, { reply: { text: "It rains." } }] },
    run: async (fake) => {
      const blocks = await stream(fake, [HELLO], THINK);
      const start = [HELLO, said(blocks), resultOf(blocks)];
      await ask(fake, start, THINK);
      const without = [HELLO, said(blocks.filter(({ type }) => type !== "thinking")), resultOf(blocks)];
      await ask(fake, [...without, said("It rains."), user("Thanks.")], THINK);
    },
  },
  {
    does: "gives an error as the result of a call that it left",
    rule: "left-call-not-run",
    scenario: SLOW_CALL,
    run: async (fake) => {
      const blocks = callIn(await leave(fake, [HELLO], "input_json_delta"));
      const result = { type: "tool_result", tool_use_id: blocks[0]?.["id"], is_error: true, content: "Aborted" };
      await ask(fake, [HELLO, said(blocks), user([result])]);
    },
  },
  {
    does: "asks again late",
    rule: "retry-what-asks-for-it",
    scenario: throttled(1, 1),
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(600_000);
      await ask(fake, [HELLO]);
      fake.pass(600_000);
      await ask(fake, [HELLO, said("x"), user("And tomorrow?")]);
    },
  },
  {
    does: "got its answer elsewhere",
    rule: "retry-what-asks-for-it",
    scenario: throttled(1, 1),
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(600_000);
      await ask(fake, [HELLO, said("From another region"), user("And tomorrow?")]);
    },
  },
  {
    does: "asks something else at the same time",
    rule: "retry-what-asks-for-it",
    scenario: throttled(1, 1),
    run: async (fake) => {
      await ask(fake, [HELLO]);
      fake.pass(500);
      await ask(fake, [HELLO, user("A title for this?")]);
    },
  },
  {
    does: "asks for several answers to the same at once, which are refused, and again when it may",
    rule: "retry-after-honoured",
    scenario: throttled(8, 1),
    run: async (fake) => {
      const all = (): Promise<unknown> => Promise.all(Array.from({ length: 8 }, () => ask(fake, [HELLO])));
      await all();
      fake.pass(1000);
      await all();
    },
  },
  {
    does: "asks for many answers to the same at once, which are refused, and lets it be",
    rule: "retry-bounded",
    scenario: throttled(16),
    run: (fake) => Promise.all(Array.from({ length: 16 }, () => ask(fake, [HELLO]))),
  },
  ...(["retry-count-rises", "retry-after-honoured"] as const).map((rule) => ({
    does: "is behind a proxy that sends again what was refused",
    rule,
    scenario: throttled(2, 2),
    run: async (fake: Surroundings) => {
      const headers = { via: "1.1 gateway", "x-stainless-retry-count": "1" };
      while ((await ask(fake, [HELLO], {}, { headers })) !== 200) fake.pass(200);
    },
  })),
  {
    does: "asks the same twice at once, of which both are refused for what they are",
    rule: "retry-only-what-may-succeed",
    scenario: { replies: [{ reply: { error: { status: 400 } } }] },
    run: (fake) => Promise.all([ask(fake, [HELLO]), ask(fake, [HELLO])]),
  },
  {
    does: "asks for many answers to the same at once, all of which are refused",
    rule: "retry-not-hammered",
    scenario: throttled(48),
    run: async (fake) => {
      const round = (): Promise<unknown> => Promise.all(Array.from({ length: 24 }, () => ask(fake, [HELLO])));
      await round();
      fake.pass(500);
      await round();
    },
  },
];

/** Lets a client run against a fake of its own, over sockets, and says what its rule found. */
async function levels({ rule, scenario, run }: Client): Promise<readonly string[]> {
  let now = Date.UTC(2026, 10, 21);
  const core = createFakeCore({
    credentials: Object.values(CREDENTIALS),
    apiKeys: [WORKSPACE_KEY],
    workspaces: [WORKSPACE_ID],
    scenario,
    now: () => new Date(now),
  });
  const server = await serve(core, { port: 0 });
  try {
    await run({ url: server.url, pass: (ms) => void (now += ms) });
  } finally {
    await server.close();
  }
  const { exchanges } = core.journal.snapshot();
  expect(readElsewhere(core).snapshot().exchanges).toStrictEqual(exchanges);
  return exchanges.flatMap(({ findings }) => findings.flatMap((found) => (found.rule === rule ? found.level : [])));
}

describe("a client that", () => {
  test.each(BAD)("$does breaks $rule", async (client) => {
    expect((await levels(client)).filter((level) => level !== "pass")).not.toEqual([]);
  });

  test.each(GOOD)("$does does not break $rule", async (client) => {
    expect((await levels(client)).filter((level) => level !== "pass")).toEqual([]);
  });
});
