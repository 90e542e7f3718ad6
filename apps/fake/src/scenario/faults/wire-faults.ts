import { resolveForm } from "../../exchange/resolve-form.ts";
import { isStreamForm } from "../../exchange/reply.ts";
import { isStreamed } from "../../respond/is-streamed.ts";
import type { FaultPlace } from "../../settings/scenario/scenario-fault.ts";
import type { WireReply } from "../../terms/wire.ts";
import { randomNumbers } from "../../input/random-numbers.ts";
import { duration, wholeNumber } from "../../input/read-json.ts";
import { beginningOf, inPieces, stalled } from "./bodies.ts";
import type { Effect, FaultContext, FaultKinds } from "./fault-kind.ts";
import { headerValue, PLACE, serverError } from "./parameters.ts";

const DRIP_BYTES = 16;
const SLICE_BYTES = 64;
const PROXY_STATUS = 502;

/** Headers that say what no service and no proxy says. */
const OWN_HEADERS = "x-claude-on-aws-";

/** What a proxy calls the statuses that it answers by itself. */
const PROXY_TITLES: Readonly<Record<number, string>> = {
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

const RFC_9293 = "[RFC 9293, 3.5.2](https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2)";
const RFC_9112 = "[RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8)";
const TOXIPROXY = "[toxiproxy](https://github.com/Shopify/toxiproxy#toxics)";

/** Faults on the way: the reply is what it should be, and does not arrive as that. */
export const WIRE_FAULTS: FaultKinds<"reset" | "cut" | "stall" | "drip" | "slice" | "proxy-page" | "content-type"> = {
  reset: {
    level: "wire",
    does: "The connection dies with RST, on HTTP/2 the stream with RST_STREAM; without a place before anything is sent",
    parameters: PLACE,
    fits: "every reply",
    cannot: ["in process", "in TLS on Deno"],
    instead: "cut",
    source: `${RFC_9293}; [RFC 9113, 6.4](https://www.rfc-editor.org/rfc/rfc9113#section-6.4)`,
    strike: (place, context) => {
      if (isWithout(place)) return { onWire: (reply) => ({ ...reply, cut: { by: "reset", after: "nothing" } }) };
      return inBody(place, context, (reply) => ({ ...reply, cut: { by: "reset", after: "body" } }));
    },
  },
  cut: {
    level: "wire",
    does: "The connection is closed in the middle of the body, on HTTP/2 the stream with RST_STREAM; without a place behind the head",
    parameters: PLACE,
    fits: "every reply",
    source: `${RFC_9112}; ${TOXIPROXY} \`limit_data\``,
    strike: (place, context) =>
      inBody(isWithout(place) ? { afterBytes: 0 } : place, context, (reply) => ({
        ...reply,
        cut: { by: "close", after: "body" },
      })),
  },
  stall: {
    level: "wire",
    does: "Nothing more comes until the client leaves or the fake is reset; without a place nothing comes at all",
    parameters: PLACE,
    fits: "every reply",
    source: `${TOXIPROXY} \`timeout\``,
    strike: async (place, context) => {
      const { exchange, held } = context;
      if (!isWithout(place)) {
        return inBody(place, context, (reply) => ({
          ...reply,
          body: stalled(reply.body, held),
          cut: { by: "close", after: "body" },
        }));
      }
      await held.hold(exchange.request.clientSignal?.()).released;
      return { onWire: (reply) => ({ ...reply, cut: { by: "close", after: "nothing" } }) };
    },
  },
  drip: {
    level: "wire",
    does: "The body comes a few bytes at a time; all of it comes",
    parameters: {
      bytes: { read: wholeNumber(1), does: `how many bytes at a time; ${DRIP_BYTES}` },
      everyMs: { read: duration, does: "time between two of them, in milliseconds; 0" },
    },
    fits: "every reply",
    source: `${TOXIPROXY} \`bandwidth\``,
    strike: ({ bytes = DRIP_BYTES, everyMs = 0 }) => ({
      onWire: (reply) => ({ ...withLength(reply), body: inPieces(reply.body, () => bytes, everyMs) }),
    }),
  },
  slice: {
    level: "wire",
    does: "The body is cut at odd places, within characters and frames; all of it comes",
    parameters: {
      maxBytes: { read: wholeNumber(1), does: `how long a slice is at most, in bytes; ${SLICE_BYTES}` },
    },
    fits: "every reply",
    source: `${TOXIPROXY} \`slicer\``,
    strike: ({ maxBytes = SLICE_BYTES, seed = 0 }) => {
      const random = randomNumbers(seed);
      const nextBytes = (): number => 1 + Math.floor(random() * maxBytes);
      return { onWire: (reply) => ({ ...withLength(reply), body: inPieces(reply.body, nextBytes, 0) }) };
    },
  },
  "proxy-page": {
    level: "wire",
    does: "A proxy in front of the service answers a page of HTML",
    parameters: { status: { read: serverError, does: `the status; ${PROXY_STATUS}` } },
    fits: "every reply",
    source: "[RFC 9110, 15.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.6)",
    strike: ({ status = PROXY_STATUS }) => {
      const title = `${status} ${PROXY_TITLES[status] ?? "Error"}`;
      const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
      const body = new TextEncoder().encode(page);
      return {
        reply: { kind: "bytes", contentType: "text/html", body, status },
        // A proxy knows nothing of what the service says in its headers.
        onWire: (reply) => ({
          ...reply,
          headers: reply.headers.filter(([name]) => name === "content-type" || name.startsWith(OWN_HEADERS)),
        }),
      };
    },
  },
  "content-type": {
    level: "wire",
    does: "The reply says that it is something else than it is",
    parameters: { value: { read: headerValue, does: "the header `content-type`; `text/plain`" } },
    fits: "every reply",
    source: "[RFC 9110, 8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.3)",
    strike: ({ value = "text/plain" }) => ({
      onWire: (reply) => ({
        ...reply,
        // A stream stays one, whatever it says.
        body: reply.body instanceof Uint8Array && isStreamed(reply) ? [reply.body] : reply.body,
        headers: reply.headers.map(([name, given]) => [name, name === "content-type" ? value : given]),
      }),
    }),
  },
};

const isWithout = ({ afterEvents, afterBytes }: FaultPlace): boolean =>
  afterEvents === undefined && afterBytes === undefined;

/** What breaks off in the body, at a place that its form has. */
function inBody(
  { afterEvents, afterBytes }: FaultPlace,
  { exchange }: FaultContext,
  change: (reply: WireReply) => WireReply,
): Effect | undefined {
  if (afterEvents !== undefined) {
    return isStreamForm(resolveForm(exchange)) ? { change: { kind: "end", afterEvents }, onWire: change } : undefined;
  }
  return {
    onWire: (reply) => change({ ...withLength(reply), body: beginningOf(reply.body, afterBytes ?? 0) }),
  };
}

/** A body whose length was known keeps it: its client sees how much is missing. */
function withLength(reply: WireReply): WireReply {
  const { body, headers } = reply;
  if (!(body instanceof Uint8Array) || isStreamed(reply)) return reply;
  return { ...reply, headers: [...headers, ["content-length", String(body.length)]] };
}
