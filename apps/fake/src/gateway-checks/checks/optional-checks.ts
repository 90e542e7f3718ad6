import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { at, errorOf, shown } from "../readings.ts";
import { EVERY_SERVICE } from "../services.ts";
import { expectThat, NotApplicable } from "../verdicts.ts";
import { described } from "./answered.ts";

/** What the service counted in this check. */
async function countsOf({ upstream }: CheckContext): Promise<readonly unknown[]> {
  const counts = upstream.arrivals.filter(({ operation }) => operation === "CountTokens");
  const replies = await Promise.all(counts.map(async ({ reply }) => (await reply).body));
  return replies
    .filter((body) => body instanceof Uint8Array)
    .map((body) => JSON.parse(Buffer.from(body).toString()) as unknown)
    .map((body) => at(body, "input_tokens") ?? at(body, "inputTokens"));
}

/** Routes that a gateway may leave out. */
export const OPTIONAL_CHECKS: readonly GatewayCheck[] = [
  {
    id: "count-exact-or-501",
    group: "optional routes",
    demand:
      "`count_tokens` answers what the service counts, or 501 `not_supported` with `x-should-retry: false`; no estimate.",
    source: CHECK_SOURCES.estimatedCount,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const { model } = context.settings;
      const messages = [{ role: "user", content: `Count this: ${context.marker}` }];
      const answer = await context.send({ target: "/v1/messages/count_tokens?beta=true", body: { model, messages } });
      if (answer.status === 404) throw new NotApplicable("the gateway has no such route: 404");
      if (answer.status === 501) {
        const retry = answer.header("x-should-retry");
        const isClear = errorOf(answer.json).type === "not_supported" && retry === "false";
        expectThat(
          isClear,
          `${described(answer)}, x-should-retry ${shown(retry)}`,
          '501 not_supported, x-should-retry "false"',
        );
        return;
      }
      expectThat(answer.status === 200, described(answer), "200, or 501 not_supported");
      const counts = await countsOf(context);
      const found = at(answer.json, "input_tokens");
      expectThat(counts.includes(found), `${shown(found)} tokens`, `what the service counted: ${shown(counts)}`);
    },
  },
  {
    id: "models-listed",
    group: "optional routes",
    demand:
      "`GET /v1/models?limit=1000` lists models whose ids begin with `claude` or `anthropic`, without a redirect.",
    source: CHECK_SOURCES.discovery,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.send({ method: "GET", target: "/v1/models?limit=1000" });
      if (answer.status === 404 || errorOf(answer.json).type === "not_supported") {
        throw new NotApplicable(`the gateway has no such route: ${answer.status}`);
      }
      const data = at(answer.json, "data");
      expectThat(answer.status === 200 && Array.isArray(data), described(answer), "200 with `data`, or 404");
      const isListed = (data as unknown[]).some((model) => /^(?:claude|anthropic)/.test(String(at(model, "id"))));
      expectThat(isListed, answer.text.slice(0, 160), "an id that begins with claude or anthropic");
    },
  },
  {
    id: "hello-answered",
    group: "optional routes",
    demand: "`HEAD /api/hello` is answered, if only by a refusal.",
    source: CHECK_SOURCES.formats,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const { status } = await context.send({ method: "HEAD", target: "/api/hello" });
      expectThat(status < 500, String(status), "less than 500");
    },
  },
  {
    id: "usage-route-formed",
    group: "optional routes",
    demand: "Where `GET /api/oauth/usage` is there, it says `extra_usage` and `limits`.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.send({ method: "GET", target: "/api/oauth/usage" });
      if (answer.status !== 200) throw new NotApplicable(`the gateway has no such route: ${answer.status}`);
      const isFormed = Array.isArray(at(answer.json, "limits"));
      expectThat(isFormed, answer.text.slice(0, 160), "a list of `limits`");
    },
  },
];
