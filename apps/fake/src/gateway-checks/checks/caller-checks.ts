import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext, ClientAnswer, Credential } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { errorOf, shown } from "../readings.ts";
import { BEDROCK, EVERY_SERVICE, OF_MESSAGES_API } from "../services.ts";
import { expectThat, NotApplicable } from "../verdicts.ts";
import { described, expectAnswered } from "./answered.ts";

/** Demands that a gateway refuses a credential by itself. */
async function expectRefused(context: CheckContext, credential: Credential): Promise<ClientAnswer> {
  if (context.settings.token === undefined) throw new NotApplicable("no token was given: the gateway asks for none");
  const answer = await context.send({ target: "/v1/messages", body: context.message(), credential });
  expectThat(context.upstream.messages.length === 0, "the request at the service", "a refusal of the gateway's own");
  const isTyped = errorOf(answer.json).type === "authentication_error";
  expectThat(answer.status === 401 && isTyped, described(answer), "401 authentication_error");
  return answer;
}

/** Demands that a credential is taken. */
const takes = (credential: Credential) => async (context: CheckContext) => {
  if (context.settings.token === undefined) throw new NotApplicable("no token was given: the gateway asks for none");
  expectAnswered(await context.send({ target: "/v1/messages", body: context.message(), credential }));
};

/** Finds the header in which a token reached the service. */
async function expectTokenStays(context: CheckContext, credential: Credential): Promise<void> {
  const { token } = context.settings;
  if (token === undefined) throw new NotApplicable("no token was given: the gateway asks for none");
  const { status } = await context.send({ target: "/v1/messages", body: context.message(), credential });
  if (status !== 200) throw new NotApplicable(`the gateway does not serve who shows the token so: ${status}`);
  const { headers, target, body } = context.arrival().request;
  const header = headers.find(([, value]) => value.includes(token))?.[0];
  expectThat(header === undefined, `the client's token in the header ${shown(header)} at the service`, "it nowhere");
  const isElsewhere = target.includes(token) || Buffer.from(body).includes(token);
  expectThat(!isElsewhere, "the client's token in the URL or the body at the service", "it nowhere");
}

/** Who is served, and as whom the gateway asks the service. */
export const CALLER_CHECKS: readonly GatewayCheck[] = [
  {
    id: "signed-for-aws",
    group: "callers",
    demand: "What reaches the service is authenticated, and breaks no rule of AWS.",
    source: CHECK_SOURCES.signature,
    services: EVERY_SERVICE,
    ask: async (context) => {
      expectAnswered(await context.ask());
      const [broken] = context.upstream.brokenRules;
      expectThat(broken === undefined, `${broken?.rule}: ${shown(broken?.message)}`, "no broken rule");
    },
  },
  {
    id: "token-as-bearer",
    group: "callers",
    demand: "A token is taken from `authorization`, where `ANTHROPIC_AUTH_TOKEN` puts it.",
    source: CHECK_SOURCES.headers,
    services: EVERY_SERVICE,
    ask: takes("authorization"),
  },
  {
    id: "token-as-api-key",
    group: "callers",
    demand: "A token is taken from `x-api-key`, where `ANTHROPIC_API_KEY` puts it.",
    source: CHECK_SOURCES.headers,
    services: EVERY_SERVICE,
    ask: takes("x-api-key"),
  },
  {
    id: "token-in-both",
    group: "callers",
    demand: "A client that sends both headers is served.",
    source: CHECK_SOURCES.headers,
    services: EVERY_SERVICE,
    ask: takes("both"),
  },
  {
    id: "token-missing-refused",
    group: "callers",
    demand: "Who shows no token gets 401 `authentication_error`, and the service hears nothing.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => void (await expectRefused(context, "none")),
  },
  {
    id: "token-unknown-refused",
    group: "callers",
    demand:
      "Who shows a token that does not hold gets 401 with `x-should-retry: false`; else Claude Code tries for minutes.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const retry = (await expectRefused(context, "wrong")).header("x-should-retry");
      expectThat(retry === "false", `x-should-retry: ${shown(retry)}`, 'x-should-retry: "false"');
    },
  },
  {
    id: "token-stays-here",
    group: "callers",
    demand: "The client's `authorization` does not reach the service.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: (context) => expectTokenStays(context, "authorization"),
  },
  {
    id: "api-key-stays-here",
    group: "callers",
    demand: "The client's `x-api-key` does not reach the service.",
    source: CHECK_SOURCES.contract,
    services: [...BEDROCK, ...OF_MESSAGES_API],
    ask: (context) => expectTokenStays(context, "both"),
  },
];
