import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row: WriteRow = rowsOf("paths");

const UNRESERVED_PATH = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$/;
const UNRESERVED_QUERY = /^(?:[A-Za-z0-9\-._~!$'()*,;:@/?&=+]|%[0-9A-Fa-f]{2})*$/;

/** The path, as it may be shown. */
const shown = ({ path }: JudgedExchange): string => `"${path}"`;

const hasIdInPath = ({ path }: JudgedExchange): boolean => /^\/(?:model|inference-profiles)\/./.test(path);

/** An ARN in a path, and what follows it. */
const ARN = /\/(?:model|inference-profiles)\/arn(?::|%3A)[^?]*/i;

/** Kinds of resources whose name follows a slash in an ARN. */
const OPEN_SLASH =
  /(?:inference-profile|foundation-model|provisioned-model|custom-model|imported-model|prompt-router)\//;

function judgeArn({ path }: JudgedExchange): RuleVerdict {
  const [arn] = ARN.exec(path) ?? [];
  if (arn === undefined) return "not-applicable";
  return OPEN_SLASH.test(arn) ? { message: "The slash inside the ARN is not percent-encoded." } : "pass";
}

/** Where a request goes. */
export const PATH_RULES: readonly Rule[] = [
  {
    ...row(
      "route-known",
      "fail",
      "The service has the route.",
      "Check base URL and path: a route that is not in the service's table is denied.",
      SOURCES.claudePlatformRoutes,
    ),
    check: "route",
    brokenBy: ["route-unknown"],
  },
  {
    ...row(
      "path-arn-slash-encoded",
      "fail",
      "The slash inside an ARN is sent as %2F.",
      "Percent-encode the ARN before it is put into the path.",
      "https://github.com/anthropics/claude-code/issues/714",
    ),
    needsWire: true,
    judge: judgeArn,
  },
  {
    ...row(
      "path-encoded-once-on-wire",
      "fail",
      "The ID in a path is percent-encoded once on the wire.",
      "Encode the ID once; an ID that is encoded already must not be encoded again.",
      "https://github.com/higress-group/higress/issues/2396",
    ),
    needsWire: true,
    judge: (exchange) => {
      if (!hasIdInPath(exchange)) return "not-applicable";
      return exchange.path.includes("%25") ? { message: `%25 stands in the path ${shown(exchange)}.` } : "pass";
    },
  },
  {
    ...row(
      "path-without-doubled-slash",
      "warn",
      "The path has no empty segments.",
      "Take the trailing slash off the base URL.",
      "@aws-sdk/client-bedrock-runtime 3.1162.0 sends // where AWS_ENDPOINT_URL_BEDROCK_RUNTIME ends with a slash",
    ),
    needsWire: true,
    judge: (exchange) => (exchange.path.includes("//") ? { message: `Found // in ${shown(exchange)}.` } : "pass"),
  },
  {
    ...row(
      "path-without-dot-segments",
      "warn",
      "The path has no . and .. segments.",
      "Resolve the path before it is sent and signed.",
      SOURCES.uri,
    ),
    needsWire: true,
    judge: (exchange) =>
      /\/\.{1,2}(?:\/|$)/.test(exchange.path) ? { message: `Found a dot segment in ${shown(exchange)}.` } : "pass",
  },
  {
    ...row(
      "path-v1-once",
      "fail",
      "The path holds /v1 once.",
      "Take /v1 off the base URL: the client adds it.",
      "Claude Code 2.1.329 sends /v1/v1/messages where the base URL ends with /v1",
    ),
    judge: (exchange) =>
      exchange.path.includes("/v1/v1/") ? { message: `Found /v1 twice in ${shown(exchange)}.` } : "pass",
  },
  {
    ...row(
      "path-without-trailing-slash",
      "fail",
      "The path does not end with a slash.",
      "Take the slash off: the routes are matched to the letter.",
      SOURCES.claudePlatformRoutes,
    ),
    judge: (exchange) =>
      exchange.path.length > 1 && exchange.path.endsWith("/")
        ? { message: `${shown(exchange)} ends with a slash.` }
        : "pass",
  },
  {
    ...row(
      "path-anthropic-prefix-only-on-mantle",
      "fail",
      "/anthropic/v1/… is the path of the Bedrock Messages endpoint; Claude Platform on AWS has /v1/….",
      "Take /anthropic off the base URL.",
      SOURCES.mantle,
    ),
    judge: (exchange) => {
      const { path, provider, headers, authorization } = exchange;
      const meantForClaudePlatform =
        provider === "anthropic-aws" ||
        headers.has("anthropic-workspace-id") ||
        authorization?.scope.service === "aws-external-anthropic";
      if (!meantForClaudePlatform) return "not-applicable";
      return path.startsWith("/anthropic/")
        ? { message: `Found ${shown(exchange)} on Claude Platform on AWS.` }
        : "pass";
    },
  },
  {
    ...row(
      "path-characters",
      "warn",
      "The path holds only characters that a URI allows; others are percent-encoded.",
      "Percent-encode each segment.",
      SOURCES.uri,
    ),
    needsWire: true,
    judge: (exchange) =>
      UNRESERVED_PATH.test(exchange.path) ? "pass" : { message: `Not a path of RFC 3986: ${shown(exchange)}.` },
  },
  {
    ...row(
      "query-characters",
      "warn",
      "The query is percent-encoded by RFC 3986.",
      "Percent-encode each name and each value.",
      SOURCES.uri,
    ),
    needsWire: true,
    judge: ({ query }) => {
      if (query === "") return "not-applicable";
      return UNRESERVED_QUERY.test(query) ? "pass" : { message: `Not a query of RFC 3986: "${query}".` };
    },
  },
  {
    ...row(
      "query-space-not-plus",
      "warn",
      "A space in the query is sent as %20.",
      "Encode by RFC 3986, not as a form: URLSearchParams writes +.",
      SOURCES.signedRequest,
    ),
    judge: ({ query }) => {
      if (query === "") return "not-applicable";
      return query.includes("+") ? { message: `Found + in the query "${query}".` } : "pass";
    },
  },
  {
    ...row(
      "query-beta-not-on-bedrock",
      "warn",
      "?beta=true is dropped on Amazon Bedrock.",
      "Send betas in the body, as anthropic_beta.",
      "@anthropic-ai/bedrock-sdk 0.36.0 drops it",
    ),
    judge: ({ provider, kept }) => {
      if (provider !== "bedrock") return "not-applicable";
      return kept.route.query.has("beta") ? { message: "Found beta in the query." } : "pass";
    },
  },
];
