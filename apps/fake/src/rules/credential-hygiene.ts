import type { KeyFamily } from "@claude-on-aws/endpoints";
import type { Secret } from "../redact/secrets.ts";
import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row: WriteRow = rowsOf("credential hygiene");

/** Where each kind of secret belongs. */
const HOME: Readonly<Record<Secret["kind"], readonly string[]>> = {
  "secret access key": [],
  "session token": ["x-amz-security-token"],
  "API key": ["x-api-key", "authorization"],
};

/** Judges where secrets of a kind stand among the headers. */
const ofHeaders =
  (kind: Secret["kind"]) =>
  ({ evidence }: JudgedExchange): RuleVerdict => {
    const misplaced = evidence.secrets.inHeaders
      .filter((found) => found.kind === kind && !HOME[kind].includes(found.header))
      .map(({ header }) => header);
    return misplaced.length === 0
      ? "pass"
      : { message: `Found in: ${[...new Set(misplaced)].slice(0, 8).join(", ")}.` };
  };

/** Judges the family of the API key of a request, where it has one. */
const ofKey =
  (judge: (family: KeyFamily, exchange: JudgedExchange) => RuleVerdict) =>
  (exchange: JudgedExchange): RuleVerdict => {
    const { key } = exchange.evidence.authentication;
    return key === undefined ? "not-applicable" : judge(key.family, exchange);
  };

/** Secrets stay where they belong. */
export const CREDENTIAL_HYGIENE_RULES: readonly Rule[] = [
  {
    ...row(
      "url-without-secret",
      "warn",
      "No secret stands in the URL: servers and proxies write URLs into their logs.",
      "Send keys and tokens as headers.",
      SOURCES.secretsInUrls,
    ),
    judge: ({ evidence: { secrets } }) => {
      const { inTarget, parameter } = secrets;
      if (inTarget !== undefined) return { message: `The URL holds a secret: ${inTarget}.` };
      return parameter === undefined ? "pass" : { message: `The URL has the parameter ${parameter}.` };
    },
  },
  {
    ...row(
      "headers-without-secret-key",
      "warn",
      "The secret access key is never sent: a signature proves it.",
      "Find what sends it, and replace the key: whoever saw it may use it.",
      SOURCES.signedRequest,
    ),
    judge: ofHeaders("secret access key"),
  },
  {
    ...row(
      "session-token-in-its-header",
      "warn",
      "A session token stands in x-amz-security-token alone.",
      "Take it out of the other headers: they may be logged and forwarded.",
      SOURCES.signedRequest,
    ),
    judge: ofHeaders("session token"),
  },
  {
    ...row(
      "api-key-in-its-header",
      "warn",
      "An API key stands in x-api-key or Authorization alone.",
      "Take it out of the other headers: they may be logged and forwarded.",
      SOURCES.secretsSentOn,
    ),
    judge: ofHeaders("API key"),
  },
  {
    ...row(
      "body-without-credential",
      "warn",
      "No key, secret or token stands in the body.",
      "Look for a tool result or a file that shows the environment; replace what was sent.",
      SOURCES.secretsSentOn,
    ),
    judge: ({ evidence: { body, secrets } }) => {
      if (body.bytes === 0) return "not-applicable";
      return secrets.inBody === undefined ? "pass" : { message: `The body holds a secret: ${secrets.inBody}.` };
    },
  },
  {
    ...row(
      "no-console-key",
      "fail",
      "A key of the Claude Console (sk-ant-api…) is not sent to AWS.",
      "Use a workspace API key of Claude Platform on AWS, or a Bedrock API key; withdraw the one that was sent.",
      SOURCES.claudePlatform,
    ),
    judge: ofKey((family) => (family === "console" ? { message: "Found a key of the Claude Console." } : "pass")),
  },
  {
    ...row(
      "no-oauth-token",
      "fail",
      "An OAuth token of a Claude subscription (sk-ant-oat…) is not sent to AWS.",
      "Log the client out of claude.ai, or stop the gateway from forwarding its Authorization.",
      "https://github.com/BerriAI/litellm/pull/37905",
    ),
    judge: ofKey((family) => (family === "oauth" ? { message: "Found an OAuth token of Claude." } : "pass")),
  },
  {
    ...row(
      "no-key-of-other-provider",
      "fail",
      "A key of one provider is not sent to the other.",
      "Claude Platform on AWS takes workspace API keys (AEAA…, aws-external-anthropic-api-key-…), Amazon Bedrock those of its own (ABSK…, bedrock-api-key-…).",
      SOURCES.claudePlatform,
    ),
    judge: ofKey((family, { provider }) => {
      const isForeign = provider === "anthropic-aws" ? family === "bedrock" : family === "anthropic-aws";
      if (!isForeign) return "pass";
      return {
        message:
          family === "bedrock"
            ? "Found a Bedrock API key on Claude Platform on AWS."
            : "Found a workspace API key of Claude Platform on AWS on Amazon Bedrock.",
      };
    }),
  },
  {
    ...row(
      "no-key-beside-signature",
      "warn",
      "A signed request to Amazon Bedrock carries no x-api-key alongside its signature.",
      "Unset the key: Bedrock does not know the header, and the key leaks to whoever reads it.",
      SOURCES.bedrockKeys,
    ),
    judge: ({ provider, headers }) => {
      if (provider !== "bedrock" || !headers.has("authorization")) return "not-applicable";
      return headers.has("x-api-key") ? { message: "Found x-api-key alongside Authorization." } : "pass";
    },
  },
  {
    ...row(
      "no-cookie",
      "warn",
      "No cookie is sent: the services use none.",
      "Send requests from a client without a cookie jar, or take the header out in the proxy.",
      SOURCES.secretsSentOn,
    ),
    judge: ({ headers }) => (headers.has("cookie") ? { message: "Found cookie." } : "pass"),
  },
  {
    ...row(
      "no-proxy-credentials",
      "warn",
      "Credentials for a proxy stay at the proxy.",
      "Send proxy-authorization with CONNECT, or let the proxy remove it.",
      SOURCES.httpSemantics,
    ),
    judge: ({ headers }) => (headers.has("proxy-authorization") ? { message: "Found proxy-authorization." } : "pass"),
  },
];
