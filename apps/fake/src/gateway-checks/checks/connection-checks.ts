import { CHECK_SOURCES } from "../check-source.ts";
import { type CheckContext, readWhole } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { shown } from "../readings.ts";
import { EVERY_SERVICE } from "../services.ts";
import { expectThat } from "../verdicts.ts";
import { expectAnswered } from "./answered.ts";
import { withDecoy } from "./decoy.ts";
import type { WireCall } from "../wire/wire-connection.ts";

/** A request for a message, as it stands on the wire. */
const messageCall = (context: CheckContext): WireCall =>
  context.call({ target: "/v1/messages", body: context.message() });

/** Demands that what a client writes into its request leads the gateway nowhere else. */
const isNotLedBy = (lead: (call: WireCall, authority: string) => WireCall) => (context: CheckContext) =>
  withDecoy(async ({ authority, visits }) => {
    const connection = await context.connect();
    connection.write(lead(messageCall(context), authority));
    // Whether it is answered or refused is the gateway's choice.
    const answer = await context.patience.within(connection.read("POST"), "an answer, or the end of the connection");
    if (answer !== undefined) await readWhole(context, answer);
    expectThat(visits() === 0, `a visit at ${authority}, which the client named`, "none");
    const host = context.upstream.messages.at(-1)?.request.headers.find(([name]) => name.toLowerCase() === "host")?.[1];
    expectThat(
      host !== authority,
      `the host ${shown(host)} at the service, which the client named`,
      "that of the service",
    );
  });

/** How connections are held, and what is read off them. */
export const CONNECTION_CHECKS: readonly GatewayCheck[] = [
  {
    id: "connection-kept",
    group: "connections",
    demand: "A connection takes one request behind the other.",
    source: CHECK_SOURCES.persistence,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const connection = await context.connect();
      for (const _ of [1, 2]) {
        expectAnswered(await readWhole(context, await context.read(connection, messageCall(context))));
      }
    },
  },
  {
    id: "hop-headers-stay-here",
    group: "connections",
    demand: "What `connection` names is for the gateway alone: it is left out, or refused.",
    source: CHECK_SOURCES.hopByHop,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const headers = [
        ["connection", "keep-alive, x-of-this-hop"],
        ["x-of-this-hop", "1"],
        ["proxy-authorization", "Basic bm9uZTpub25l"],
      ] as const;
      const answer = await context.ask(undefined, headers);
      // Whoever refuses such a request passes nothing on.
      if (answer.status === 400 && context.upstream.messages.length === 0) return;
      const names = context.arrival().request.headers.map(([name]) => name.toLowerCase());
      const found = names.filter((name) => name === "x-of-this-hop" || name === "proxy-authorization");
      expectThat(found.length === 0, `${found.join(", ")} at the service`, "none");
    },
  },
  {
    id: "two-lengths-refused",
    group: "connections",
    demand: "A request with `content-length` and `transfer-encoding` does not bring a second one in.",
    source: CHECK_SOURCES.smuggling,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const inner = messageCall(context);
      const lines = inner.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
      const head = `${inner.method} ${inner.target} HTTP/1.1\r\n${lines}\r\n`;
      const outer = context.call({
        target: "/v1/messages",
        body: `0\r\n\r\n${head}${Buffer.from(inner.body).toString()}`,
      });
      const connection = await context.connect();
      connection.write({ ...outer, headers: [...outer.headers, ["transfer-encoding", "chunked"]] });
      // Whoever keeps the connection is asked for one thing more, and closes it behind that.
      const last = context.call({ method: "GET", target: "/", headers: [["connection", "close"]] });
      for (let asked = false; ; asked = true) {
        const reading = connection.read("POST");
        const answer = await context.patience.within(reading, "an answer, or the end of the connection");
        if (answer === undefined) break;
        await readWhole(context, answer);
        if (!asked) connection.write(last);
      }
      const isIn = context.upstream.messages.some(({ request }) => Buffer.compare(request.body, inner.body) === 0);
      expectThat(!isIn, "the request within the body at the service", "one request, or none");
    },
  },
  {
    id: "host-leads-nowhere",
    group: "connections",
    demand: "The `Host` of a client does not decide where its request goes.",
    source: CHECK_SOURCES.routing,
    services: EVERY_SERVICE,
    ask: isNotLedBy((call, authority) => ({
      ...call,
      headers: call.headers.map(([name, value]) => [name, name === "host" ? authority : value] as const),
    })),
  },
  {
    id: "target-leads-nowhere",
    group: "connections",
    demand: "A target in absolute form does not decide where a request goes.",
    source: CHECK_SOURCES.routing,
    services: EVERY_SERVICE,
    ask: isNotLedBy((call, authority) => ({ ...call, target: `http://${authority}${call.target}` })),
  },
];
