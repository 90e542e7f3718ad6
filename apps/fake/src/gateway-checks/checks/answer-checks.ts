import { isDeepStrictEqual } from "node:util";
import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { at, shown } from "../readings.ts";
import { EVERY_SERVICE } from "../services.ts";
import { expectThat } from "../verdicts.ts";
import { expectAnswered } from "./answered.ts";

const TEXT = "A café, 思考 and 🜂.";
const THINKING = {
  type: "thinking" as const,
  thinking: "Weighing it.",
  signature: "EqQBCgIYAhIkMzA0ZjY2+/ThatIsNoneOfAnthropic==",
};
const CALL = {
  type: "tool_use" as const,
  id: "toolu_01CheckOfGateways",
  name: "look_up",
  input: { id: 7, of: ["a", null, 1.5] },
};
const USAGE = { input_tokens: 11, output_tokens: 13, cache_read_input_tokens: 17, cache_creation_input_tokens: 19 };

const TOOLS = [{ name: "look_up", description: "Looks something up", input_schema: { type: "object" } }];

/** Asks for the message that the service is told to answer: with thinking only where that is asked about. */
async function askForScripted(context: CheckContext, thinking?: typeof THINKING): Promise<unknown> {
  const content = [...(thinking === undefined ? [] : [thinking]), { type: "text" as const, text: TEXT }, CALL];
  context.upstream.on(context.marker).reply({ content, usage: USAGE, stopReason: "tool_use" });
  const more = thinking === undefined ? {} : { thinking: { type: "enabled", budget_tokens: 1024 } };
  const answer = await context.ask(context.message({ max_tokens: 4096, tools: TOOLS, ...more }));
  expectAnswered(answer);
  return answer.json;
}

/** The blocks of a message that have a type. */
function blocksOf(message: unknown, type: string): readonly unknown[] {
  const content = at(message, "content");
  return Array.isArray(content) ? (content as unknown[]).filter((block) => at(block, "type") === type) : [];
}

/** How what the service answers reaches the client. */
export const ANSWER_CHECKS: readonly GatewayCheck[] = [
  {
    id: "answer-text-kept",
    group: "answers",
    demand: "The text of an answer comes as the service wrote it.",
    source: CHECK_SOURCES.rollout,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const [block, ...more] = blocksOf(await askForScripted(context), "text");
      expectThat(at(block, "text") === TEXT && more.length === 0, shown(block), shown(TEXT));
    },
  },
  {
    id: "answer-call-kept",
    group: "answers",
    demand: "A tool call comes with its id, its name and its input, and with its stop reason.",
    source: CHECK_SOURCES.rollout,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const message = await askForScripted(context);
      const calls = blocksOf(message, "tool_use");
      const { id, name, input } = CALL;
      const found = calls.map((call) => ({ id: at(call, "id"), name: at(call, "name"), input: at(call, "input") }));
      expectThat(isDeepStrictEqual(found, [{ id, name, input }]), shown(found), shown([{ id, name, input }]));
      const reason = at(message, "stop_reason");
      expectThat(reason === "tool_use", `stop_reason ${shown(reason)}`, '"tool_use"');
    },
  },
  {
    id: "answer-thinking-kept",
    group: "answers",
    demand: "Thinking comes with its signature: the client has to send it back.",
    source: CHECK_SOURCES.thinking,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const found = blocksOf(await askForScripted(context, THINKING), "thinking");
      expectThat(isDeepStrictEqual(found, [THINKING]), shown(found), shown([THINKING]));
    },
  },
  {
    id: "answer-usage-kept",
    group: "answers",
    demand: "The tokens of an answer come, those of the cache with them.",
    source: CHECK_SOURCES.missingUsage,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const usage = at(await askForScripted(context), "usage");
      const isKept = Object.entries(USAGE).every(([name, tokens]) => at(usage, name) === tokens);
      expectThat(isKept, shown(usage), shown(USAGE));
    },
  },
  {
    id: "request-id-kept",
    group: "answers",
    demand: "The service's id of the request comes in `request-id` or in the header that it stood in.",
    source: CHECK_SOURCES.requestId,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.ask();
      const { headers } = await context.arrival().reply;
      const name = context.provider === "bedrock" ? "x-amzn-requestid" : "request-id";
      const id = headers.find(([each]) => each === name)?.[1];
      const isKept = answer.header("request-id") === id || answer.header(name) === id;
      expectThat(isKept, `request-id ${shown(answer.header("request-id"))}`, shown(id));
    },
  },
  {
    id: "answer-not-encoded",
    group: "answers",
    demand: "An answer is not compressed for a client that asks for none.",
    source: CHECK_SOURCES.encoding,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const encoding = (await context.ask()).header("content-encoding");
      expectThat(encoding === undefined || encoding === "identity", `content-encoding: ${shown(encoding)}`, "none");
    },
  },
];
