import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { WireReply } from "../exchange.ts";
import type { FakeCore } from "../fake-core.ts";
import type { RequestHead } from "../listen/responder.ts";
import { hostOf } from "../route/route.ts";
import { isOwnHost } from "./own-host.ts";

/** Where the routes of the fake itself begin; no provider has such a path. */
const PREFIX = "/_fake/";

type Answer = (fake: FakeCore) => object;

const ANSWERS: Readonly<Record<string, Answer>> = {
  "GET /_fake/health": ({ journal }) => ({ status: "ok", exchanges: journal.total }),
  "GET /_fake/journal": ({ journal }) => journal.snapshot(),
};

/**
 * Answers a request for the fake itself; `undefined` where it is for a provider.
 *
 * A page in a browser must not read the journal: a foreign `Host` (a name that
 * was bound to this address) and a foreign `Origin` are refused.
 */
export function control(head: RequestHead, fake: FakeCore, listensOn: string): WireReply | undefined {
  if (!head.target.startsWith(PREFIX)) return undefined;
  const host = hostOf(head);
  if (!isOwnHost(host, listensOn)) return refuse(`Host "${host}" is not a name of this server`);
  const origin = headerValue(head.headers, "origin");
  if (origin !== undefined && origin !== `http://${host}`) return refuse(`Origin "${origin}" may not read this server`);
  const asked = `${head.method} ${head.target.split("?", 1)[0]}`;
  const answer = Object.hasOwn(ANSWERS, asked) ? ANSWERS[asked] : undefined;
  if (answer !== undefined) return json(200, answer(fake));
  const known = Object.keys(ANSWERS).join(", ");
  return json(404, { error: `Cannot answer "${asked}": expected one of ${known}` });
}

const refuse = (reason: string): WireReply => json(403, { error: `Cannot answer this request: ${reason}` });

function json(status: number, value: object): WireReply {
  return {
    status,
    headers: [
      ["content-type", "application/json"],
      ["cache-control", "no-store"],
      ["x-content-type-options", "nosniff"],
    ],
    body: new TextEncoder().encode(JSON.stringify(value)),
  };
}
