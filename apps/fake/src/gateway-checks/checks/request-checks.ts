import { isDeepStrictEqual } from "node:util";
import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { at, cacheMarks, shown, systemTexts, thinkingOf } from "../readings.ts";
import { BEDROCK, CLAUDE_PLATFORM, EVERY_SERVICE, OF_MESSAGES_API, WITHOUT_TAGS } from "../services.ts";
import { expectThat } from "../verdicts.ts";
import { described, expectAnswered } from "./answered.ts";

/** A beta that every service knows. */
const KNOWN_BETA = "interleaved-thinking-2025-05-14";
const UNKNOWN_BETA = "made-up-by-the-check-2031-01-01";
const CONTEXT_BETA = "context-management-2025-06-27";
const TAGS_BETA = "request-tags-2026-08-21";

/** The block with which Claude Code begins its system prompt. */
const ATTRIBUTION = "x-anthropic-billing-header: cc_version=2.1.332.a1b; cc_entrypoint=cli; cch=5e8f1;";

/** The values of a header, as one list. */
function valuesOf(context: CheckContext, name: string): readonly string[] {
  return context
    .arrival()
    .request.headers.filter(([each]) => each.toLowerCase() === name)
    .flatMap(([, value]) => value.split(",").map((part) => part.trim()));
}

/** The betas that reached the service, in the header or in the body. */
function betasOf(context: CheckContext): readonly unknown[] {
  const body = context.arrivedBody();
  const inBody = body["anthropic_beta"] ?? at(body["additionalModelRequestFields"], "anthropic_beta");
  return [...valuesOf(context, "anthropic-beta"), ...(Array.isArray(inBody) ? (inBody as unknown[]) : [])];
}

/** A field of the body at the service, wherever Converse puts it. */
function fieldOf(context: CheckContext, name: string): unknown {
  const body = context.arrivedBody();
  return body[name] ?? at(body["additionalModelRequestFields"], name);
}

/** Demands that a value arrived as it was sent. */
function expectSame(found: unknown, sent: unknown, what: string): void {
  expectThat(isDeepStrictEqual(found, sent), `${what}: ${shown(found)}`, shown(sent));
}

const THINKING = 'Weighing \u2028 "it" \\ and é, 思考, 🜂.';
const SIGNATURE = "EqQBCgIYAhIkMzA0ZjY2+/ThatIsNoneOfAnthropic==";

/** A turn of Claude with a tool call, and the result of that. */
const toolTurn = (input: unknown, before: readonly object[] = []): readonly object[] => [
  { role: "assistant", content: [...before, { type: "tool_use", id: "toolu_01A", name: "look_up", input }] },
  { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_01A", content: "found" }] },
];

const TOOL = {
  name: "look_up",
  description: "Looks something up",
  input_schema: { type: "object", properties: { id: { type: "number" } } },
};

/** How what a client sends reaches the service. */
export const REQUEST_CHECKS: readonly GatewayCheck[] = [
  {
    id: "version-forwarded",
    group: "requests",
    demand: "`anthropic-version` reaches a service that reads it.",
    source: CHECK_SOURCES.headers,
    services: OF_MESSAGES_API,
    ask: async (context) => {
      // One that is not of today: whoever writes its own does not pass for one that forwards it.
      await context.ask(undefined, [["anthropic-version", "2031-01-01"]]);
      expectSame(valuesOf(context, "anthropic-version"), ["2031-01-01"], "anthropic-version");
    },
  },
  {
    id: "betas-forwarded",
    group: "requests",
    demand: "The values of `anthropic-beta` reach the service: in the header, or in the body for Amazon Bedrock.",
    source: CHECK_SOURCES.headers,
    services: EVERY_SERVICE,
    ask: async (context) => {
      expectAnswered(await context.ask(undefined, [["anthropic-beta", KNOWN_BETA]]));
      const betas = betasOf(context);
      expectThat(betas.includes(KNOWN_BETA), `the betas ${shown(betas)}`, `${KNOWN_BETA} among them`);
    },
  },
  {
    id: "unknown-beta-forwarded",
    group: "requests",
    demand: "A beta that nobody knows yet reaches a service that speaks the Messages API: values are not allow-listed.",
    source: CHECK_SOURCES.headers,
    services: CLAUDE_PLATFORM,
    ask: async (context) => {
      await context.ask(undefined, [["anthropic-beta", `${KNOWN_BETA},${UNKNOWN_BETA}`]]);
      const betas = betasOf(context);
      expectThat(betas.includes(UNKNOWN_BETA), `the betas ${shown(betas)}`, `${UNKNOWN_BETA} among them`);
    },
  },
  {
    id: "unknown-beta-not-rejected",
    group: "requests",
    demand: "A beta that Amazon Bedrock would refuse costs nobody the answer.",
    source: CHECK_SOURCES.unknownBeta,
    services: BEDROCK,
    ask: async (context) => {
      expectAnswered(await context.ask(undefined, [["anthropic-beta", `${KNOWN_BETA},${UNKNOWN_BETA}`]]));
    },
  },
  {
    id: "unknown-header-forwarded",
    group: "requests",
    demand: "A header `anthropic-…` that nobody knows yet reaches the service: the list is open.",
    source: CHECK_SOURCES.headers,
    services: OF_MESSAGES_API,
    ask: async (context) => {
      await context.ask(undefined, [["anthropic-future-header", "a value"]]);
      expectSame(valuesOf(context, "anthropic-future-header"), ["a value"], "anthropic-future-header");
    },
  },
  {
    id: "unknown-header-not-rejected",
    group: "requests",
    demand: "No header costs anybody the answer.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const headers = [
        ["x-app", "cli"],
        ["x-stainless-lang", "js"],
        ["x-stainless-retry-count", "0"],
        ["x-claude-code-session-id", "00000000-0000-4000-8000-000000000000"],
        ["x-of-tomorrow", "1"],
      ] as const;
      expectAnswered(await context.ask(undefined, headers));
    },
  },
  {
    id: "unknown-field-forwarded",
    group: "requests",
    demand: "A field of the body that nobody knows yet reaches the service.",
    source: CHECK_SOURCES.contract,
    services: OF_MESSAGES_API,
    ask: async (context) => {
      await context.ask(context.message({ field_of_tomorrow: { of: "the check" } }));
      expectSame(fieldOf(context, "field_of_tomorrow"), { of: "the check" }, "field_of_tomorrow");
    },
  },
  {
    id: "unknown-field-not-rejected",
    group: "requests",
    demand: "A field that nobody knows yet is not refused by the gateway: the service is asked.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.ask(context.message({ field_of_tomorrow: true }));
      expectThat(context.upstream.messages.length > 0, described(answer), "the service asked");
    },
  },
  {
    id: "workspace-forwarded",
    group: "requests",
    demand: "`anthropic-workspace-id` reaches Claude Platform on AWS, once.",
    source: CHECK_SOURCES.headers,
    services: CLAUDE_PLATFORM,
    ask: async (context) => {
      const { workspaceId } = context.settings;
      await context.ask(undefined, [["anthropic-workspace-id", workspaceId]]);
      expectSame(valuesOf(context, "anthropic-workspace-id"), [workspaceId], "anthropic-workspace-id");
    },
  },
  {
    id: "attribution-first",
    group: "requests",
    demand: "The blocks of `system` arrive as they were: the attribution block stays first, and alone.",
    source: CHECK_SOURCES.attribution,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const texts = [ATTRIBUTION, "You are Claude Code.", "Rules of the house: café, 規則."];
      expectAnswered(await context.ask(context.message({ system: texts.map((text) => ({ type: "text", text })) })));
      expectSame(systemTexts(context.arrivedBody()), texts, "system");
    },
  },
  {
    id: "cache-marks-kept",
    group: "requests",
    demand: "`cache_control` arrives wherever it stands, or every turn is billed in full.",
    source: CHECK_SOURCES.lostCaching,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const cache_control = { type: "ephemeral" };
      const body = context.message({
        tools: [{ ...TOOL, cache_control }],
        system: [{ type: "text", text: "A long prompt", cache_control }],
        messages: [{ role: "user", content: [{ type: "text", text: context.marker, cache_control }] }],
      });
      expectAnswered(await context.ask(body));
      expectSame(cacheMarks(context.arrivedBody()).length, 3, "marks of caching");
    },
  },
  {
    id: "cache-ttl-kept",
    group: "requests",
    demand: "The `ttl` of `cache_control` arrives.",
    source: CHECK_SOURCES.passThrough,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const system = [{ type: "text", text: "A long prompt", cache_control: { type: "ephemeral", ttl: "1h" } }];
      expectAnswered(await context.ask(context.message({ system })));
      expectSame(cacheMarks(context.arrivedBody()), ["1h"], "times of caching");
    },
  },
  {
    id: "thinking-kept",
    group: "requests",
    demand: "Thinking and its signature arrive character by character: the service verifies them.",
    source: CHECK_SOURCES.thinking,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const thinking = { type: "thinking", thinking: THINKING, signature: SIGNATURE };
      const body = context.message({
        max_tokens: 4096,
        thinking: { type: "enabled", budget_tokens: 1024 },
        tools: [TOOL],
        messages: [{ role: "user", content: context.marker }, ...toolTurn({ id: 1 }, [thinking])],
      });
      expectAnswered(await context.ask(body));
      expectSame(thinkingOf(context.arrivedBody()), [[THINKING, SIGNATURE]], "thinking");
    },
  },
  {
    id: "numbers-kept",
    group: "requests",
    demand: "Numbers arrive digit by digit: what a double cannot hold is not rounded.",
    source: CHECK_SOURCES.json,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const number = "12345678901234567890";
      const messages = [{ role: "user", content: context.marker }, ...toolTurn({ id: "@" })];
      const body = JSON.stringify(context.message({ tools: [TOOL], messages })).replace('"@"', number);
      expectAnswered(await context.ask(body));
      const arrived = Buffer.from(context.arrival().request.body).toString();
      expectThat(arrived.includes(number), "other digits", `the digits ${number}`);
    },
  },
  {
    id: "body-bytes-kept",
    group: "requests",
    demand: "The body reaches a service that speaks the Messages API byte for byte, but for the model's name.",
    source: CHECK_SOURCES.rollout,
    services: OF_MESSAGES_API,
    ask: async (context) => {
      const { model } = context.settings;
      const body = `{ "max_tokens":64,\t"model" : ${JSON.stringify(model)},\r\n  "messages":[{"content":"caf\\u00e9 \\/ ☃ ${context.marker}","role":"user"}],"temperature":1.0 }`;
      expectAnswered(await context.ask(body));
      const masked = (text: string): string => text.replace(/("model"\s*:\s*)"[^"]*"/, '$1""');
      const arrived = Buffer.from(context.arrival().request.body).toString();
      expectThat(masked(arrived) === masked(body), arrived.slice(0, 160), body);
    },
  },
  {
    id: "pairs-travel-together",
    group: "requests",
    demand: "A beta and the field that it is for arrive together, or neither: one without the other is a 400.",
    source: CHECK_SOURCES.passThrough,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const context_management = { edits: [{ type: "clear_tool_uses_20250919" }] };
      expectAnswered(await context.ask(context.message({ context_management }), [["anthropic-beta", CONTEXT_BETA]]));
      const hasField = fieldOf(context, "context_management") !== undefined;
      const hasBeta = betasOf(context).includes(CONTEXT_BETA);
      expectThat(hasField === hasBeta, hasField ? "the field without its beta" : "the beta without its field", "both");
    },
  },
  {
    id: "tool-fields-kept",
    group: "requests",
    demand: "Fields of tools that a release may add arrive with them.",
    source: CHECK_SOURCES.passThrough,
    services: CLAUDE_PLATFORM,
    ask: async (context) => {
      const tool = { ...TOOL, strict: true, input_examples: [{ id: 1 }], field_of_tomorrow: true };
      await context.ask(context.message({ tools: [tool] }));
      expectSame(fieldOf(context, "tools"), [tool], "tools");
    },
  },
  {
    id: "tags-taken-out",
    group: "requests",
    demand: "`tags` and their beta are taken out before a service that refuses them.",
    source: CHECK_SOURCES.contract,
    services: WITHOUT_TAGS,
    ask: async (context) => {
      expectAnswered(await context.ask(context.message({ tags: { team: "checks" } }), [["anthropic-beta", TAGS_BETA]]));
      expectThat(fieldOf(context, "tags") === undefined, "tags at the service", "none");
      expectThat(!betasOf(context).includes(TAGS_BETA), `${TAGS_BETA} at the service`, "none");
    },
  },
  {
    id: "safeguards-passed-or-named",
    group: "requests",
    demand: "`safeguards` reaches the service, or a 400 names it: then Claude Code asks without.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.ask(context.message({ safeguards: { auto_mode: true } }));
      const isPassedHeader = context.upstream.messages.length > 0 && fieldOf(context, "safeguards") !== undefined;
      const isNamed = answer.status === 400 && answer.text.includes("safeguards");
      expectThat(
        isPassedHeader || isNamed,
        `${described(answer)}, no safeguards at the service`,
        "it passed on, or a 400 that names it",
      );
    },
  },
  {
    id: "long-body-forwarded",
    group: "requests",
    demand: "A body of 20 MB reaches the service whole.",
    source: CHECK_SOURCES.rollout,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: "Read." });
      const data = "QUJD".repeat(LONG_BYTES / 4);
      const document = { type: "document", source: { type: "base64", media_type: "application/pdf", data } };
      const content = [document, { type: "text", text: context.marker }];
      expectAnswered(await context.ask(context.message({ messages: [{ role: "user", content }] })));
      const { length } = context.arrival().request.body;
      expectThat(length > LONG_BYTES, `${length} bytes at the service`, `more than ${LONG_BYTES}`);
    },
  },
];

const LONG_BYTES = 20_000_000;
