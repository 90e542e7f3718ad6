import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../src/create/fake-core.ts";
import { parseScenario } from "../src/scenario/read/parse-scenario.ts";
import { type GivenBlock, SERVER_RESULT_TYPES } from "../src/settings/given-block.ts";
import type { ScenarioMessage } from "../src/settings/scenario/scenario-reply.ts";
import { askFor, MESSAGE_FORMS, readMessage, type TestedForm } from "./support/message-forms.ts";

const text = fc.string({ unit: "grapheme", maxLength: 200 });
const said = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
const id = fc.uuid().map((uuid) => `toolu_${uuid}`);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const input = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
// fc.webUrl() takes a second to begin.
const webUrl = fc.domain().map((host) => `https://${host}/a%20page?of=it#here`);
const citation = fc.oneof(
  fc.record({
    type: fc.constant("char_location"),
    cited_text: said,
    document_title: said,
    document_index: fc.nat(),
    start_char_index: fc.nat(),
    end_char_index: fc.nat(),
  }),
  fc.record({ type: fc.constant("web_search_result_location"), cited_text: said, title: said, url: webUrl }),
);

const anywhere: fc.Arbitrary<GivenBlock> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), text }),
  fc.record({
    type: fc.constant("text" as const),
    text: said,
    citations: fc.array(citation, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("thinking" as const), thinking: text, signature: base64 }),
  fc.record({ type: fc.constant("redacted_thinking" as const), data: base64 }),
  fc.record({ type: fc.constant("tool_use" as const), id, name: said, input }),
);
const ofServer: fc.Arbitrary<GivenBlock> = fc.oneof(
  fc.record({ type: fc.constant("server_tool_use" as const), id, name: fc.constant("web_search"), input }),
  fc.record({ type: fc.constant("mcp_tool_use" as const), id, name: said, server_name: said, input }),
  fc.record({ type: fc.constantFrom(...SERVER_RESULT_TYPES), tool_use_id: id, content: fc.jsonValue({ maxDepth: 2 }) }),
);

const replies = (block: fc.Arbitrary<GivenBlock>): fc.Arbitrary<ScenarioMessage> =>
  fc.record({
    content: fc.array(block, { maxLength: 4 }),
    stopReason: fc.constantFrom("end_turn", "tool_use", "max_tokens", "stop_sequence", "refusal"),
    stopSequence: fc.option(said, { nil: undefined }),
    usage: fc.record({
      input_tokens: fc.nat(),
      output_tokens: fc.nat(),
      cache_creation_input_tokens: fc.nat(),
      cache_read_input_tokens: fc.nat(),
    }),
  });

/** What came of a reply in one form. */
async function answered(reply: ScenarioMessage, form: TestedForm): Promise<object> {
  const { content, stop_reason, stop_sequence, usage } = await readMessage(
    await askFor(createFakeCore({ scenario: { replies: [{ reply }] } }), form),
    form,
  );
  return { content, stopReason: stop_reason, stopSequence: stop_sequence ?? undefined, usage };
}

describe("a reply is the same message", () => {
  test.each(MESSAGE_FORMS)("as %s", async (form) => {
    await fc.assert(
      fc.asyncProperty(replies(anywhere), async (reply) => {
        expect(await answered(reply, form)).toEqual({ ...reply, stopSequence: reply.stopSequence });
      }),
      soakProperty(2000, 60),
    );
  });

  test.each(MESSAGE_FORMS.filter((form) => !form.startsWith("converse")))(
    "with tools of the service as %s",
    async (form) => {
      await fc.assert(
        fc.asyncProperty(replies(fc.oneof(anywhere, ofServer)), async (reply) => {
          expect(await answered(reply, form)).toEqual({ ...reply, stopSequence: reply.stopSequence });
        }),
        soakProperty(2000, 40),
      );
    },
  );

  test.each(MESSAGE_FORMS)("of JSON, and of several calls, as %s", async (form) => {
    expect(await answered({ json: { city: "Paris", days: [1, 2] } }, form)).toMatchObject({
      content: [{ type: "text", text: '{"city":"Paris","days":[1,2]}' }],
      stopReason: "end_turn",
    });
    const toolCalls = [{ name: "look", id: "toolu_1", input: { at: 1 } }, { name: "find" }];
    expect(await answered({ toolCalls }, form)).toMatchObject({
      content: [
        { type: "tool_use", name: "look", id: "toolu_1", input: { at: 1 } },
        { type: "tool_use", name: "find", id: expect.stringMatching(/^tool/), input: {} },
      ],
      stopReason: "tool_use",
    });
  });
});

describe("what Converse has no place for", () => {
  const cases: readonly (readonly [says: string, reply: ScenarioMessage])[] = [
    ["a block server_tool_use", { content: [{ type: "server_tool_use", name: "web_search", input: {} }] }],
    ["the stop reason pause_turn", { text: "a", stopReason: "pause_turn" }],
  ];

  test.each(cases)("is answered with 500: %s", async (says, reply) => {
    const fake = createFakeCore({ scenario: { replies: [{ reply }] } });
    for (const form of ["converse", "converse-stream"] as const) {
      const { status, body } = await askFor(fake, form);
      expect([status, new TextDecoder().decode(body as Uint8Array)]).toEqual([500, expect.stringContaining(says)]);
    }
    expect((await askFor(fake, "invoke-model")).status).toBe(200);
  });

  test.each(cases)("is refused in a row about Converse alone: %s", (says, reply) => {
    const json = (operation: unknown): string => JSON.stringify({ replies: [{ when: { operation }, reply }] });
    expect(() => parseScenario(json(["Converse", "ConverseStream"]))).toThrow(says);
    expect(parseScenario(json(["Converse", "InvokeModel"])).replies).toHaveLength(1);
  });
});
