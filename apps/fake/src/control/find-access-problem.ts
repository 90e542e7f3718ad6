import { createHash, timingSafeEqual } from "node:crypto";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { parseBearer } from "@claude-on-aws/endpoints";
import type { RequestHead } from "@claude-on-aws/listen";
import { hostOf } from "../exchange/host-of.ts";
import { isOwnHost } from "../terms/own-host.ts";

/** Who may ask the routes of the fake itself. */
export interface ControlAccess {
  /** The address that the server listens on. */
  readonly listensOn: string;
  /** Names in front of it, with which it is asked too; in lower case, without a port. */
  readonly allowedHosts: ReadonlySet<string>;
  /** What a request has to show, in `authorization` or as `token` in its query; absent where nobody else can reach it. */
  readonly token: string | undefined;
}

/** Why somebody may not ask. */
export interface AccessProblem {
  readonly status: 401 | 403;
  /** What was found, and the way out. */
  readonly reason: string;
}

/**
 * Finds out why a request may not read what the fake has seen. A page in a browser must not: a foreign `Host` (a name that
 * was bound to this address) and a foreign `Origin` are refused. Others in the network must not either.
 *
 * @param head The request.
 * @param query Its query.
 * @param access Who may ask.
 * @returns `undefined` where it may.
 */
export function findAccessProblem(
  head: RequestHead,
  query: URLSearchParams,
  { listensOn, allowedHosts, token }: ControlAccess,
): AccessProblem | undefined {
  const host = hostOf(head);
  const isInFront = allowedHosts.has(nameOf(host));
  if (!isInFront && !isOwnHost(host, listensOn)) {
    return refuse(
      403,
      `Host "${host}" is not a name of this server; allowedHosts (--allow-host) takes names in front of it`,
    );
  }
  const origin = headerValue(head.headers, "origin");
  if (origin !== undefined && !originsOf(host, head, isInFront).includes(origin)) {
    return refuse(403, `Origin "${origin}" may not read this server`);
  }
  if (token === undefined || isToken(parseBearer(headerValue(head.headers, "authorization") ?? ""), token))
    return undefined;
  if (isToken(query.get("token"), token)) return undefined;
  return refuse(
    401,
    `the server listens on ${listensOn}, where others can reach it; expected the token that was made at its start, as "Authorization: Bearer TOKEN" or ?token=TOKEN`,
  );
}

const refuse = (status: AccessProblem["status"], reason: string): AccessProblem => ({ status, reason });

const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, "");

/** What stands in front of the server may speak TLS where the server does not. */
function originsOf(host: string, { secure }: RequestHead, isInFront: boolean): readonly string[] {
  if (isInFront) return [`https://${host}`, `http://${host}`];
  return [`${secure === true ? "https" : "http"}://${host}`];
}

/** Takes as long for a token that is nearly right as for one that is not. */
function isToken(given: string | null | undefined, token: string): boolean {
  if (given === null || given === undefined) return false;
  const [left, right] = [given, token].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(left as Uint8Array, right as Uint8Array);
}
