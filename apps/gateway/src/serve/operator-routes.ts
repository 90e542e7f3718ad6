import type { Handler, Reply, RequestHead } from "@claude-on-aws/listen";
import type { Readiness } from "../create-gateway.ts";

/** What the routes of the operator ask. */
export interface OperatorParts {
  /** Whether the gateway is ending. */
  readonly isClosing: () => boolean;
  readonly findReadiness: () => Promise<Readiness>;
  /** Answers `/metrics`. */
  readonly readMetrics: (head: RequestHead) => Promise<Reply>;
}

const utf8 = /* @__PURE__ */ new TextEncoder();

const json = (status: number, value: object): Reply => ({
  status,
  headers: [
    ["content-type", "application/json"],
    ["cache-control", "no-store"],
  ],
  body: utf8.encode(`${JSON.stringify(value)}\n`),
});

/** What is answered to whom: nothing here says why something is wrong, since anybody may ask. */
const ROUTES: Readonly<Record<string, (parts: OperatorParts, head: RequestHead) => Reply | Promise<Reply>>> = {
  "/healthz": () => json(200, { ok: true }),
  "/readyz": async ({ isClosing, findReadiness }) => {
    if (isClosing()) return json(503, { ready: false, closing: true });
    const { isReady, parts } = await findReadiness();
    const states = Object.entries(parts).map(([name, problem]) => [name, problem === null]);
    return json(isReady ? 200 : 503, { ready: isReady, parts: Object.fromEntries(states) });
  },
  "/metrics": ({ readMetrics }, head) => readMetrics(head),
};

/**
 * Puts the routes of the operator before those of the clients: `/healthz`, `/readyz` and `/metrics`, by GET or HEAD.
 *
 * @param parts What they ask.
 * @param next Answers everything else.
 * @returns The handler.
 */
export function withOperatorRoutes(parts: OperatorParts, next: Handler): Handler {
  return (head, request) => {
    const path = head.target.split("?", 1)[0] ?? "";
    const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
    if (route === undefined || (head.method !== "GET" && head.method !== "HEAD")) return next(head, request);
    return route(parts, head);
  };
}
