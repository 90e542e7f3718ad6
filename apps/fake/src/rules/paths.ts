import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row: WriteRow = rowsOf("paths");

/** The path, as it may be shown. */
const shown = ({ path }: JudgedExchange): string => `"${path}"`;

function judgeArn(exchange: JudgedExchange): RuleVerdict {
  if (!exchange.hasMark("arn-in-path")) return "not-applicable";
  return exchange.hasMark("open-slash-in-arn")
    ? { message: "The slash inside the ARN is not percent-encoded." }
    : "pass";
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
      if (!exchange.hasMark("id-in-path")) return "not-applicable";
      return exchange.hasMark("percent-encoded-twice")
        ? { message: `%25 stands in the path ${shown(exchange)}.` }
        : "pass";
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
    judge: (exchange) => (exchange.hasMark("doubled-slash") ? { message: `Found // in ${shown(exchange)}.` } : "pass"),
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
      exchange.hasMark("dot-segment") ? { message: `Found a dot segment in ${shown(exchange)}.` } : "pass",
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
      exchange.hasMark("v1-twice") ? { message: `Found /v1 twice in ${shown(exchange)}.` } : "pass",
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
      exchange.hasMark("trailing-slash") ? { message: `${shown(exchange)} ends with a slash.` } : "pass",
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
      const { path, provider, headers, signature } = exchange;
      const meantForClaudePlatform =
        provider === "anthropic-aws" ||
        headers.has("anthropic-workspace-id") ||
        signature?.service === "aws-external-anthropic";
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
      exchange.hasMark("path-not-of-uri") ? { message: `Not a path of RFC 3986: ${shown(exchange)}.` } : "pass",
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
    judge: (exchange) => {
      const { query } = exchange;
      if (query === "") return "not-applicable";
      return exchange.hasMark("query-not-of-uri") ? { message: `Not a query of RFC 3986: "${query}".` } : "pass";
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
    judge: (exchange) => {
      const { query } = exchange;
      if (query === "") return "not-applicable";
      return exchange.hasMark("plus-in-query") ? { message: `Found + in the query "${query}".` } : "pass";
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
    judge: (exchange) => {
      if (exchange.provider !== "bedrock") return "not-applicable";
      return exchange.hasMark("beta-in-query") ? { message: "Found beta in the query." } : "pass";
    },
  },
];
