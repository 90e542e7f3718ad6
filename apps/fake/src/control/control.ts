import { headerValue } from "@claude-on-aws/auth/sigv4";
import { splitTarget } from "@claude-on-aws/endpoints";
import type { WireReply } from "../terms/wire.ts";
import type { FakeCore } from "../create/fake-core.ts";
import type { RequestHead } from "@claude-on-aws/listen";
import { CONTROL_ROUTES, type ControlRoute } from "./answers.ts";
import { json } from "./control-reply.ts";
import { type AccessProblem, type ControlAccess, findAccessProblem } from "./find-access-problem.ts";

/** Where the routes of the fake itself begin; no provider has such a path. */
const PREFIX = "/_fake/";

/**
 * Answers a request for the fake itself.
 *
 * @param access Who may ask.
 * @returns `undefined` where the request is for a provider.
 */
export function control(head: RequestHead, fake: FakeCore, access: ControlAccess): WireReply | undefined {
  if (!head.target.startsWith(PREFIX)) return undefined;
  const { path, query: queryText } = splitTarget(head.target);
  const query = new URLSearchParams(queryText);
  const problem = findAccessProblem(head, query, access);
  if (problem !== undefined) return refuse(problem);
  // The servers leave the body of an answer to HEAD out.
  const method = head.method === "HEAD" ? "GET" : head.method;
  for (const route of CONTROL_ROUTES) {
    const parameter = method === route.method ? matchPath(route, path) : undefined;
    if (parameter === undefined) continue;
    const accept = headerValue(head.headers, "accept") ?? "";
    return route.answer({ fake, query, accept, parameter });
  }
  const known = CONTROL_ROUTES.map((route) => `${route.method} ${route.path}`).join(", ");
  return json(404, { error: `Cannot answer "${head.method} ${path}": expected one of ${known}` });
}

/** What stands for the name in braces; empty where there is none, `undefined` where the path is another. */
function matchPath({ path }: ControlRoute, asked: string): string | undefined {
  const brace = path.indexOf("{");
  if (brace < 0) return path === asked ? "" : undefined;
  const segment = asked.slice(brace);
  return asked.startsWith(path.slice(0, brace)) && /^[\w-]{1,128}$/.test(segment) ? segment : undefined;
}

function refuse({ status, reason }: AccessProblem): WireReply {
  const reply = json(status, { error: `Cannot answer this request: ${reason}` });
  return status === 401 ? { ...reply, headers: [...reply.headers, ["www-authenticate", "Bearer"]] } : reply;
}
