import { CHECK_SOURCES } from "../check-source.ts";
import { type CheckContext, type ClientAnswer, type ClientRequest, readWhole } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { at, errorOf, shown } from "../readings.ts";
import { BEDROCK } from "../services.ts";
import { expectThat, NotApplicable } from "../verdicts.ts";
import { described, expectAnswered } from "./answered.ts";
import type { WireAnswer } from "../wire/wire-answer.ts";

/** Statuses by which a gateway says that it has no such route. */
const NO_ROUTE: ReadonlySet<number> = new Set([404, 405, 501]);

const TEXT = "Some words that come in a few pieces, one behind the other, café and 思考.";

/** A body as clients of Amazon Bedrock write it. */
const bodyOf = ({ marker }: CheckContext): string =>
  `{ "anthropic_version":"bedrock-2023-05-31", "max_tokens":64,"anthropic_beta":["interleaved-thinking-2025-05-14"],"messages":[{"content":"caf\\u00e9 ${marker}","role":"user"}] }`;

const pathOf = ({ settings }: CheckContext, model = settings.bedrockModel): string =>
  `/model/${encodeURIComponent(model)}`;

/** Tells a gateway that has no Bedrock form from one that serves it badly. */
function expectRoute(context: CheckContext, { status }: { readonly status: number }): void {
  if (context.upstream.arrivals.length === 0 && NO_ROUTE.has(status)) {
    throw new NotApplicable(`the gateway has no such route: ${status}`);
  }
}

async function invoke(context: CheckContext, model?: string): Promise<ClientAnswer> {
  const answer = await context.send({ target: `${pathOf(context, model)}/invoke`, body: bodyOf(context) });
  expectRoute(context, answer);
  return answer;
}

const streamRequest = (context: CheckContext): ClientRequest => ({
  target: `${pathOf(context)}/invoke-with-response-stream`,
  body: bodyOf(context),
});

async function invokeStream(context: CheckContext): Promise<WireAnswer> {
  const answer = await context.open(streamRequest(context));
  expectRoute(context, answer);
  return answer;
}

/** What clients with `CLAUDE_CODE_USE_BEDROCK` ask. */
export const BEDROCK_CHECKS: readonly GatewayCheck[] = [
  {
    id: "bedrock-body-kept",
    group: "Bedrock form",
    demand:
      "The body of InvokeModel reaches Amazon Bedrock byte for byte, `anthropic_beta` and `anthropic_version` with it.",
    source: CHECK_SOURCES.formats,
    services: BEDROCK,
    ask: async (context) => {
      expectAnswered(await invoke(context));
      const arrived = Buffer.from(context.arrival().request.body).toString();
      expectThat(arrived === bodyOf(context), arrived.slice(0, 160), bodyOf(context));
    },
  },
  {
    id: "bedrock-answer-kept",
    group: "Bedrock form",
    demand: "The answer of InvokeModel comes byte for byte.",
    source: CHECK_SOURCES.invokeModel,
    services: BEDROCK,
    ask: async (context) => {
      const answer = await invoke(context);
      expectAnswered(answer);
      const { body } = await context.arrival().reply;
      expectThat(
        body instanceof Uint8Array && Buffer.compare(answer.bytes, body) === 0,
        answer.text.slice(0, 160),
        "the bytes of the service",
      );
    },
  },
  {
    id: "bedrock-frames-kept",
    group: "Bedrock form",
    demand: "The frames of InvokeModelWithResponseStream come byte for byte, as `application/vnd.amazon.eventstream`.",
    source: CHECK_SOURCES.responseStream,
    services: BEDROCK,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      const answer = await invokeStream(context);
      const { bytes } = await readWhole(context, answer);
      const type = answer.header("content-type");
      expectThat(
        type === "application/vnd.amazon.eventstream",
        `${answer.status}, content-type ${shown(type)}`,
        "application/vnd.amazon.eventstream",
      );
      const { body } = await context.arrival().reply;
      expectThat(
        body instanceof Uint8Array && Buffer.compare(bytes, body) === 0,
        `${bytes.length} other bytes`,
        "the bytes of the service",
      );
    },
  },
  {
    id: "bedrock-frames-unbuffered",
    group: "Bedrock form",
    demand: "A frame is passed on before the service has sent the next.",
    source: CHECK_SOURCES.responseStream,
    services: BEDROCK,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      const gate = context.upstream.holdStreams(1);
      const answer = await invokeStream(context);
      const piece = await context.patience.within(answer.next(), "the first frame, before the second is sent");
      expectThat(piece !== undefined && answer.status === 200, `${answer.status}`, "a frame");
      gate.open();
    },
  },
  {
    id: "bedrock-cut-told",
    group: "Bedrock form",
    demand: "An event stream that breaks off is not passed off as whole.",
    source: CHECK_SOURCES.turnedEventStream,
    services: BEDROCK,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT }).fault({ kind: "cut", afterEvents: 4 });
      const answer = await context.attempt(streamRequest(context));
      if (answer === undefined) return;
      expectRoute(context, answer);
      if (answer.status >= 400) return;
      const { end, text } = await readWhole(context, answer);
      expectThat(
        end === "cut" || text.includes(":exception-type"),
        "an end as of a whole stream",
        "an exception, or a broken connection",
      );
    },
  },
  {
    id: "bedrock-arn-kept",
    group: "Bedrock form",
    demand: "An ARN in the path reaches the service as it was sent: its slash is `%2F`, once.",
    source: CHECK_SOURCES.encodedArn,
    services: BEDROCK,
    ask: async (context) => {
      const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${context.settings.bedrockModel}`;
      const answer = await invoke(context, arn);
      const { target } = context.arrival().request;
      expectThat(
        target.toLowerCase().includes("inference-profile%2f"),
        `the target ${target}`,
        "the slash of the ARN as %2F",
      );
      expectAnswered(answer);
    },
  },
  {
    id: "bedrock-error-kept",
    group: "Bedrock form",
    demand: "A refusal of Amazon Bedrock comes with its status, its `x-amzn-errortype` and its body.",
    source: CHECK_SOURCES.rollout,
    services: BEDROCK,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ throttle: { message: "The check says: too many." } });
      const answer = await invoke(context);
      expectThat(answer.status === 429, described(answer), "429");
      const type = answer.header("x-amzn-errortype")?.split(":", 1)[0];
      expectThat(type === "ThrottlingException", `x-amzn-errortype ${shown(type)}`, '"ThrottlingException"');
      const { message } = errorOf(answer.json);
      expectThat(message === "The check says: too many.", shown(message), "the words of the service");
    },
  },
  {
    id: "bedrock-count-exact",
    group: "Bedrock form",
    demand: "`/model/…/count-tokens` answers what the service counts.",
    source: CHECK_SOURCES.formats,
    services: BEDROCK,
    ask: async (context) => {
      const body = Buffer.from(bodyOf(context)).toString("base64");
      const model = context.settings.bedrockModel.replace(/^[a-z]+\.(?=anthropic\.)/, "");
      const target = `${pathOf(context, model)}/count-tokens`;
      const answer = await context.send({ target, body: { input: { invokeModel: { body } } } });
      if (NO_ROUTE.has(answer.status)) throw new NotApplicable(`the gateway has no such route: ${answer.status}`);
      const tokens = at(answer.json, "inputTokens");
      expectThat(typeof tokens === "number", described(answer), "`inputTokens` of the service");
      expectThat(context.upstream.arrivals.length > 0, `${shown(tokens)} tokens that no service counted`, "its count");
    },
  },
  {
    id: "bedrock-profiles-answered",
    group: "Bedrock form",
    demand: "`GET /inference-profiles` is answered, if only by a refusal.",
    source: CHECK_SOURCES.formats,
    services: BEDROCK,
    ask: async (context) => {
      const { status } = await context.send({ method: "GET", target: "/inference-profiles?maxResults=1000" });
      expectThat(status < 500 || status === 501, String(status), "an answer, or a refusal below 500");
    },
  },
];
