import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { createFake } from "../src/fake.ts";
import { createFakeCore, type FakeCore } from "../src/create/fake-core.ts";
import type { Scenario } from "../src/settings/scenario/scenario.ts";
import type { ScenarioReply } from "../src/settings/scenario/scenario-reply.ts";
import type { ScenarioWhen } from "../src/settings/scenario/scenario-when.ts";
import { useFake } from "../src/testing/use-fake.ts";
import { askFor, readMessage } from "./support/message-forms.ts";

/** What is said to a text, and by which row. */
async function said(fake: Pick<FakeCore, "handle">, text: string): Promise<readonly unknown[]> {
  const reply = await askFor(fake, "message", text);
  const [block] = reply.status === 200 ? (await readMessage(reply, "message")).content : [];
  const row = reply.headers.find(([name]) => name === "x-claude-on-aws-row")?.[1];
  return [block?.type === "text" ? block.text : reply.status, row];
}

describe.each([
  ["createFakeCore()", createFakeCore],
  ["createFake()", createFake],
])("on() of %s", (_, create) => {
  test("is asked before the scenario, the newest row first, until the fake is reset", async () => {
    const fake = create({ scenario: { replies: [{ reply: { text: "scripted" } }] } });
    fake.on({ text: /rain/ }).reply({ text: "first" }).name("of rain");
    fake.on({ text: "will it rain" }).times(1).reply({ text: "second" });

    expect(await said(fake, "will it rain?")).toEqual(["second", "on()"]);
    expect(await said(fake, "will it rain?")).toEqual(["first", "of rain"]);
    expect(await said(fake, "hello")).toEqual(["scripted", "replies[0]"]);
    fake.reset();
    expect(await said(fake, "will it rain?")).toEqual(["scripted", "replies[0]"]);
  });

  test("takes what is said of a row in any order", async () => {
    const fake = create();
    fake.on().reply({ throttle: {} }).times(2).state({ was: "started", becomes: "throttled" });
    fake
      .on()
      .state({ was: "throttled" })
      .times(1)
      .reply(({ text }) => (text === "no" ? undefined : { text: "after it" }));

    expect(await said(fake, "a")).toEqual([429, "on()"]);
    expect(await said(fake, "no")).toEqual(["no", undefined]);
    expect(await said(fake, "a")).toEqual(["after it", "on()"]);
    expect(await said(fake, "a")).toEqual(["a", undefined]);
  });

  test("does not ask a row that says nothing", async () => {
    const fake = create();
    fake.on({ text: "a" }).times(3).name("nothing");
    expect(await said(fake, "a")).toEqual(["a", undefined]);
  });

  // Test runners leave types out: whatever a compiler would refuse gets here.
  test.each<[when: unknown, reply: unknown, code: string, says: string]>([
    [{ text: { pattern: "(" } }, { text: "a" }, "SCENARIO_VALUE", "on().when.text.pattern: "],
    [{ turns: 1 }, { text: "a" }, "SCENARIO_KEY", "did you mean turn?"],
    [{ turn: "1" }, { text: "a" }, "SCENARIO_VALUE", "on().when.turn: "],
    [{ headers: { "x-a": /a/, "x-b": 3 } }, { text: "a" }, "SCENARIO_VALUE", "on().when.headers.x-b: "],
    [{ matches: "a" }, { text: "a" }, "SCENARIO_VALUE", "expected a function"],
    ["weather", { text: "a" }, "SCENARIO_VALUE", 'write { "text": "weather" }'],
    [{}, "Hello", "SCENARIO_VALUE", 'write { "text": "Hello" }'],
    [{}, { txt: "a" }, "SCENARIO_KEY", "did you mean text?"],
    [{}, { throttle: () => 1 }, "SCENARIO_VALUE", "found a value of the type function, expected an object"],
  ])("refuses a row about %j that answers %j", (when, reply, code, says) => {
    const fake = create();
    const row = fake.on(when as ScenarioWhen);
    expect(() => row.reply(reply as ScenarioReply)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(says) }),
    );
  });

  test("takes what is left undefined for left out, patterns and functions", async () => {
    const fake = create();
    const when = { provider: undefined, text: /a/, headers: undefined, matches: () => true };
    fake.on(when).reply({ text: "yes", throttle: undefined } as ScenarioReply);

    expect(await said(fake, "a")).toEqual(["yes", "on()"]);
  });

  test("refuses the path of a scenario in its place", () => {
    expect(() => create({ scenario: "scenario.json" as unknown as Scenario })).toThrow(
      expect.objectContaining({ code: "SCENARIO_VALUE", message: expect.stringContaining("parseScenario") }),
    );
  });
});

describe("on() of useFake()", () => {
  const fake = useFake({ afterAll, afterEach, beforeAll, beforeEach });
  const ask = async (): Promise<unknown> => {
    const { content } = await new AnthropicAws({ maxRetries: 0 }).messages.create({
      model: "claude-sonnet-4-6",
      max_tokens: 16,
      messages: [{ role: "user", content: "hello" }],
    });
    return content[0];
  };

  test("answers an official client", async () => {
    fake.on({ userAgent: /^AnthropicAws\/JS|^Anthropic/ }).reply({ text: "scripted" });
    expect(await ask()).toMatchObject({ text: "scripted" });
  });

  test("is forgotten before the next test", async () => {
    expect(await ask()).toMatchObject({ text: "hello" });
  });
});
