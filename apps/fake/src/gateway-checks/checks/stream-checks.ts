import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext } from "../check-context.ts";
import { EventReader, type ReadEvents } from "../event-reader.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { at, errorOf, shown } from "../readings.ts";
import { EVERY_SERVICE } from "../services.ts";
import type { Provider } from "../../terms/provider.ts";
import { DemandBroken, expectThat } from "../verdicts.ts";

/** Longer than a piece of a stream, with characters of two, three and four bytes. */
const TEXT = "Ein Café, 思考 über 🜂🜁🜄🜃, and some more words that come in a few pieces, one behind the other.";

/** A stream in pieces of a few bytes has many of them. */
const SHORT_TEXT = "Ein Café: 思考 🜂";

/** How many frames come before a silence: up to the ping of a service that sends some, and before anything else. */
const BEFORE_SILENCE: Readonly<Record<Provider, number>> = { "anthropic-aws": 3, bedrock: 2, mantle: 3 };

/** Opens a stream, of which the head says that it is one. */
async function openStream(context: CheckContext): Promise<EventReader> {
  const answer = await context.stream();
  const type = answer.header("content-type") ?? "";
  expectThat(answer.status === 200, `${answer.status}`, "a stream, 200");
  expectThat(type.startsWith("text/event-stream"), `content-type ${shown(type)}`, "text/event-stream");
  return new EventReader(answer, context);
}

/** Reads a stream of the text above. */
async function readStream(context: CheckContext): Promise<ReadEvents> {
  return (await openStream(context)).rest();
}

/** Puts the text of a stream together. */
function textOf({ events }: ReadEvents): string {
  return events
    .filter(({ event }) => event === "content_block_delta")
    .map(({ data }) => at(at(JSON.parse(data) as unknown, "delta"), "text"))
    .filter((text) => typeof text === "string")
    .join("");
}

function expectWhole(read: ReadEvents, text: string = TEXT): void {
  const last = read.events.at(-1)?.event;
  expectThat(last === "message_stop", `a stream that ends with ${shown(last)}`, '"message_stop"');
  expectThat(textOf(read) === text, `the text ${shown(textOf(read))}`, shown(text));
}

/** Demands that nobody can take what came for a whole message. */
async function expectTold(context: CheckContext): Promise<void> {
  const answer = await context.attempt(context.streamRequest());
  // Where nothing was passed on yet, a refusal says it, or a connection that is closed.
  if (answer === undefined || answer.status >= 400) return;
  const { events, end } = await new EventReader(answer, context).rest();
  const isStopped = events.some(({ event }) => event === "message_stop");
  const isTold = end === "cut" || events.at(-1)?.event === "error";
  const last = shown(events.at(-1)?.event);
  expectThat(
    isTold && !isStopped,
    `an end as of a whole stream, behind ${last}`,
    "an `error` event, or a broken connection",
  );
}

/** What comes while a stream goes on. */
export const STREAM_CHECKS: readonly GatewayCheck[] = [
  {
    id: "stream-whole",
    group: "streams",
    demand: "A stream comes as server-sent events, whole, to its `message_stop`.",
    source: CHECK_SOURCES.streaming,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      expectWhole(await readStream(context));
    },
  },
  {
    id: "stream-unbuffered",
    group: "streams",
    demand: "An event is passed on before the service has sent the next.",
    source: CHECK_SOURCES.rollout,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      const gate = context.upstream.holdStreams(1);
      const reader = await openStream(context);
      const first = await reader.next("the first event, before the second is sent");
      expectThat(first?.event === "message_start", shown(first?.event), '"message_start"');
      gate.open();
    },
  },
  {
    id: "stream-odd-pieces",
    group: "streams",
    demand: "A stream that comes in pieces of five bytes is the same stream: no character and no frame is torn.",
    source: CHECK_SOURCES.turnedEventStream,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: SHORT_TEXT }).fault({ kind: "slice", maxBytes: 5 });
      expectWhole(await readStream(context), SHORT_TEXT);
    },
  },
  {
    id: "stream-unknown-event",
    group: "streams",
    demand: "An event that nobody knows yet ends no stream.",
    source: CHECK_SOURCES.streaming,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const fault = { kind: "unknown-event", name: "event_of_tomorrow", afterEvents: 2 } as const;
      context.upstream.on(context.marker).reply({ text: TEXT }).fault(fault);
      expectWhole(await readStream(context));
    },
  },
  {
    id: "stream-pings",
    group: "streams",
    demand:
      "Pings come while a stream is silent: those of the service, or, as Amazon Bedrock sends none, the gateway's own.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      context.upstream.holdStreams(BEFORE_SILENCE[context.provider]);
      const reader = await openStream(context);
      for (;;) {
        const event = await reader.next("a ping", context.settings.silenceMs);
        if (event?.event === "ping") return;
        expectThat(event !== undefined, "the end of the stream", "a ping");
      }
    },
  },
  {
    id: "stream-cut-told",
    group: "streams",
    demand: "A stream whose connection breaks is not passed off as whole.",
    source: CHECK_SOURCES.cutStreams,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT }).fault({ kind: "cut", afterEvents: 5 });
      await expectTold(context);
    },
  },
  {
    id: "stream-unfinished-told",
    group: "streams",
    demand: "A stream that ends well, but without `message_stop`, is not passed off as whole.",
    source: CHECK_SOURCES.cutStreams,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT }).fault({ kind: "unfinished", afterEvents: 5 });
      await expectTold(context);
    },
  },
  {
    id: "stream-exception-typed",
    group: "streams",
    demand: "An exception in the middle of a stream comes as an `error` event that keeps its type.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const [name, type] =
        context.provider === "bedrock"
          ? (["throttlingException", "rate_limit_error"] as const)
          : (["serviceUnavailableException", "overloaded_error"] as const);
      context.upstream.on(context.marker).reply({ text: TEXT }).fault({ kind: "exception", name, afterEvents: 4 });
      const last = (await readStream(context)).events.at(-1);
      const found = errorOf(JSON.parse(last?.data ?? "{}") as unknown);
      expectThat(
        last?.event === "error" && found.type === type,
        `${shown(last?.event)} ${shown(found.type)}`,
        `"error" ${shown(type)}`,
      );
    },
  },
  {
    id: "stream-refused-by-status",
    group: "streams",
    demand: "What is refused before a stream begins has the status of the refusal.",
    source: CHECK_SOURCES.errors,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ throttle: {} });
      const { status } = await context.stream();
      expectThat(status === 429, String(status), "429");
    },
  },
  {
    id: "stream-client-gone",
    group: "streams",
    demand: "When the client leaves, the request to the service is broken off: nobody pays for what nobody reads.",
    source: CHECK_SOURCES.bufferedMemory,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ text: TEXT });
      context.upstream.holdStreams(2);
      const reader = await openStream(context);
      await reader.next("the first event");
      context.close();
      const { outcome } = await context.patience.within(
        context.arrival().ended,
        "the request to the service broken off when the client has left",
      );
      expectThat(outcome === "client-left", `an exchange that is ${outcome}`, "one that is broken off");
    },
  },
  {
    id: "stream-many-at-once",
    group: "streams",
    demand: "300 streams are open at once: none waits for another to end.",
    source: CHECK_SOURCES.openStreams,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const { streamsAtOnce } = context.settings;
      context.upstream.on(context.marker).reply({ text: TEXT });
      const gate = context.upstream.holdStreams(1);
      const opening = Promise.all(Array.from({ length: streamsAtOnce }, () => context.stream()));
      opening.catch(() => {});
      try {
        await context.patience.within(context.upstream.arrived(streamsAtOnce), "all of them at the service");
      } catch {
        const { length } = context.upstream.messages;
        throw new DemandBroken(`${length} at the service, the others waiting`, `${streamsAtOnce} at once`);
      }
      gate.open();
      const statuses = new Set((await opening).map(({ status }) => status));
      expectThat(statuses.size === 1 && statuses.has(200), `the statuses ${[...statuses].join(", ")}`, "200 alone");
    },
  },
];
