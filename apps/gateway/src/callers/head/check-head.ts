import { DEFAULTS } from "../../settings/defaults.ts";
import type { RequestHead } from "@claude-on-aws/listen";
import { GatewayError } from "../../gateway-error.ts";
import { refuse } from "../../refusals/own-refusals.ts";
import type { CallerSettings } from "../../settings/caller-settings.ts";
import type { ListenSettings } from "../../settings/gateway-settings.ts";
import type { OwnRefusal } from "../../terms/own-refusal.ts";
import { parseIpAddress } from "../front-end/ip-address.ts";
import { findPathProblem } from "./find-path-problem.ts";
import { HEADER_RULES, type HeaderRule } from "./header-rules.ts";
import { canonicalHost, isLoopbackHost, readHost } from "./read-host.ts";

/** What heads are held against; {@link createHeadRules} makes it of settings. */
export interface HeadRules {
  /** Tells whether a `Host` names this gateway. */
  readonly isOwnHost: (host: string) => boolean;
  /** What each header is held against, by its name in lower case; the front end's among them. */
  readonly headers: ReadonlyMap<string, HeaderRule>;
}

/** What `connection` may say; every other word names a header that is to be taken out. */
const CONNECTION_WORDS: ReadonlySet<string> = new Set([
  "",
  "close",
  "http2-settings",
  "keep-alive",
  "te",
  "trailers",
  "upgrade",
]);

/** Addresses that stand for all of a machine's. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", canonicalHost("::")]);

/**
 * Makes what heads are held against.
 *
 * @param listen Where the gateway listens, and what else it is called.
 * @param callers The header of a front end, where there is one.
 * @returns The rules, for {@link checkHead}.
 * @throws {GatewayError} `SETTINGS_INVALID` where a further host is none.
 */
export function createHeadRules(
  listen: Pick<ListenSettings, "host" | "allowedHosts"> = {},
  callers: Pick<CallerSettings, "frontEnd"> = {},
): HeadRules {
  const { host = DEFAULTS.host, allowedHosts = [] } = listen;
  const listensOn = canonicalHost(host.toLowerCase());
  const allowed = new Set(allowedHosts.map(toAllowed));
  const isOwn = (text: string): boolean => {
    const found = readHost(text);
    if (found === undefined) return false;
    const name = canonicalHost(found.name);
    if (isLoopbackHost(name) || name === listensOn) return true;
    if (allowed.has(name) || allowed.has(`${name} ${found.port}`)) return true;
    // A name may be bound to any address by whoever owns it; an address says where the request goes.
    return EVERY_ADDRESS.has(listensOn) && parseIpAddress(name) !== undefined;
  };
  // A client says the same host again and again.
  let last = "";
  const headers = new Map(Object.entries(HEADER_RULES));
  // The front end's own may come twice from strangers, who have no say; identify refuses it from the front end.
  if (callers.frontEnd !== undefined) headers.set(callers.frontEnd.header.toLowerCase(), { kind: "any" });
  return {
    headers,
    isOwnHost: (text) => {
      if (text === last) return true;
      if (!isOwn(text)) return false;
      last = text;
      return true;
    },
  };
}

/** A name, or a name and a port. */
function toAllowed(entry: string): string {
  const found = readHost(entry);
  if (found === undefined) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      `Cannot use listen.allowedHosts: "${entry}" is no host; expected one such as gateway.example.com, gateway.example.com:8443 or [fd00::5]`,
    );
  }
  const name = canonicalHost(found.name);
  return found.port === "" ? name : `${name} ${found.port}`;
}

/** What was read of a head so far. */
interface Seen {
  readonly once: Set<string>;
  host: string | undefined;
  origin: string | undefined;
  isHttp2: boolean;
}

/**
 * Checks a head before anything else is done with a request: whether it is for this gateway, comes from no page of a browser, and says
 * everything once, in one way. What two readers of one head understand differently is how requests are smuggled.
 *
 * @example A page that reaches for loopback
 * ```ts
 * import { checkHead, createHeadRules } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const head = { method: "GET", target: "/v1/models", headers: [["host", "evil.example"]], httpVersion: "1.1" } as const;
 *
 * equal(checkHead(head, createHeadRules())?.code, "HOST_FOREIGN");
 * ```
 *
 * @param head The request, as received.
 * @param rules What it is held against.
 * @returns Why it is refused: `REQUEST_AMBIGUOUS`, `HOST_FOREIGN` or `ORIGIN_FOREIGN`; `undefined` where it is not.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}, sections 3.2 and 6.3; {@link https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2 | RFC 9113, section 8.2.2}
 */
export function checkHead(head: RequestHead, rules: HeadRules): OwnRefusal | undefined {
  const { method, target, headers, httpVersion } = head;
  const pathProblem = findPathProblem(target);
  if (pathProblem !== undefined) return ambiguous(`its target ${pathProblem}`);
  if (!METHOD.test(method)) return ambiguous("its method is none");
  const seen: Seen = { once: new Set(), host: undefined, origin: undefined, isHttp2: httpVersion === "2.0" };
  for (const [name, value] of headers) {
    const problem = checkHeader(name, value, rules, seen);
    if (problem !== undefined) return problem;
  }
  if (seen.once.has("content-length") && seen.once.has("transfer-encoding"))
    return ambiguous("it has a length and chunks");
  if (seen.host === undefined) return ambiguous("it names no host");
  if (!rules.isOwnHost(seen.host)) return foreignHost();
  return seen.origin === undefined || isOwnOrigin(seen.origin, seen.host) ? undefined : foreignOrigin();
}

const METHOD = /^[A-Z]{1,32}$/;
const NAME = /^:?[!#$%&'*+\-.^_`|~\da-z]+$/;
const VALUE = /^[\t -~\x80-\xff]*$/;

function checkHeader(name: string, value: string, rules: HeadRules, seen: Seen): OwnRefusal | undefined {
  // Of HTTP/1.1 the listener has seen to both; of HTTP/2 not every runtime does.
  if (seen.isHttp2) {
    if (!NAME.test(name)) return ambiguous("a header has a name that is none");
    if (!VALUE.test(value)) return ambiguous("a header has a value with a character that none may have");
  }
  const lower = name.toLowerCase();
  const rule = rules.headers.get(lower);
  if (rule !== undefined) return CHECKS[rule.kind](lower, value, seen);
  // Some readers take both signs for one.
  if (lower.includes("_") && rules.headers.has(lower.replaceAll("_", "-"))) {
    return ambiguous(`it has ${lower}, which some read as ${lower.replaceAll("_", "-")}`);
  }
  return undefined;
}

/** What a header is asked. */
type Check = (name: string, value: string, seen: Seen) => OwnRefusal | undefined;

const once: Check = (name, _value, { once: names }) => {
  if (names.has(name)) return ambiguous(`${name} stands in the head twice`);
  names.add(name);
  return undefined;
};

const CHECKS: Readonly<Record<HeaderRule["kind"], Check>> = {
  once,
  any: () => undefined,
  never: (name) => ambiguous(`it has ${name}, with which it would be another request`),
  "only-http1": (name, value, seen) => (seen.isHttp2 ? notInHttp2(name) : once(name, value, seen)),
  connection: (name, value, seen) => {
    if (seen.isHttp2) return notInHttp2(name);
    const isKnown = value.split(",").every((word) => CONNECTION_WORDS.has(word.trim().toLowerCase()));
    return isKnown ? undefined : ambiguous("connection names a header that is to be taken out");
  },
  te: (name, value, { isHttp2 }) => (isHttp2 && value.toLowerCase() !== "trailers" ? notInHttp2(name) : undefined),
  host: (name, value, seen) => {
    if (seen.host !== undefined && (!seen.isHttp2 || seen.host !== value)) return ambiguous("it names two hosts");
    seen.host = value;
    return once(name, value, seen);
  },
  origin: (name, value, seen) => {
    seen.origin = value;
    return once(name, value, seen);
  },
  site: (name, value, seen) =>
    value === "same-origin" || value === "none" ? once(name, value, seen) : foreignOrigin(),
};

/** What stands in front of the gateway may speak TLS where it does not. */
const isOwnOrigin = (origin: string, host: string): boolean =>
  origin === `https://${host}` || origin === `http://${host}`;

const ambiguous = (problem: string): OwnRefusal =>
  refuse("REQUEST_AMBIGUOUS", `Cannot take the request: ${problem}; send it in one way only`);

const notInHttp2 = (name: string): OwnRefusal => ambiguous(`HTTP/2 has no ${name}`);

const foreignHost = (): OwnRefusal =>
  refuse(
    "HOST_FOREIGN",
    "Cannot take the request: its host is not this gateway's; ask for it by its address, or list the name in listen.allowedHosts",
  );

const foreignOrigin = (): OwnRefusal =>
  refuse(
    "ORIGIN_FOREIGN",
    "Cannot take the request: it comes from a page of another origin, in a browser; none may ask this gateway",
  );
