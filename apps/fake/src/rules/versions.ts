import { API_VERSIONS } from "../terms/api-versions.ts";
import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule } from "./rule.ts";
import { SOURCES } from "./sources.ts";

/** Versions that InvokeModel takes in its body. */
const BODY_VERSIONS: readonly unknown[] = ["bedrock-2023-05-31", "2026-10-21"];

const row: WriteRow = rowsOf("versions");

const isMessagesApi = ({ provider }: JudgedExchange): boolean => provider !== "bedrock";

const isInvokeModel = ({ operation }: JudgedExchange): boolean =>
  operation === "InvokeModel" || operation === "InvokeModelWithResponseStream";

const header = (exchange: JudgedExchange): string | undefined => exchange.value("anthropic-version")?.trim();

/** Which version of the API a request is written for. */
export const VERSION_RULES: readonly Rule[] = [
  {
    ...row(
      "api-version-present",
      "fail",
      "A request of the Messages API says anthropic-version.",
      "Send anthropic-version: 2023-06-01.",
      SOURCES.claudePlatform,
    ),
    judge: (exchange) => {
      if (!isMessagesApi(exchange)) return "not-applicable";
      return header(exchange) === undefined ? { message: "There is no anthropic-version header." } : "pass";
    },
  },
  {
    ...row(
      "api-version-known",
      "fail",
      `anthropic-version is a version that exists: ${API_VERSIONS.join(" or ")}.`,
      "Send one of them; a version is a date, not that of a model.",
      "@anthropic-ai/aws-sdk 0.9.0 sends the first, 1.1.2 the second",
    ),
    judge: (exchange) => {
      const version = header(exchange);
      if (!isMessagesApi(exchange) || version === undefined) return "not-applicable";
      return API_VERSIONS.includes(version)
        ? "pass"
        : { message: `Expected ${API_VERSIONS.join(" or ")}, found "${version}".` };
    },
  },
  {
    ...row(
      "api-version-not-in-body",
      "warn",
      "The body of the Messages API holds no anthropic_version: it is a header there.",
      "Send anthropic_version in the body of InvokeModel alone.",
      SOURCES.bedrockClaude,
    ),
    judge: (exchange) => {
      const { fields } = exchange;
      if (!isMessagesApi(exchange) || fields === undefined) return "not-applicable";
      return fields.has("anthropic_version") ? { message: "Found anthropic_version in the body." } : "pass";
    },
  },
  {
    ...row(
      "bedrock-version-in-body",
      "fail",
      "The body of InvokeModel says anthropic_version: bedrock-2023-05-31, or 2026-10-21.",
      'Send "anthropic_version": "bedrock-2023-05-31" in the body.',
      SOURCES.bedrockClaude,
    ),
    judge: (exchange) => {
      const { fields } = exchange;
      if (!isInvokeModel(exchange) || fields === undefined) return "not-applicable";
      const version = fields.get("anthropic_version");
      if (BODY_VERSIONS.includes(version)) return "pass";
      const found = typeof version === "string" ? `"${version}"` : "none";
      return { message: `Expected ${BODY_VERSIONS.join(" or ")} in anthropic_version, found ${found}.` };
    },
  },
  {
    ...row(
      "bedrock-version-header-known",
      "warn",
      "Amazon Bedrock needs no anthropic-version; where it is sent all the same, it is a version that exists.",
      "Leave the header out: the version is in the body.",
      "Claude Code 2.1.329 sends 2023-06-01, @anthropic-ai/bedrock-sdk 1.1.2 none",
    ),
    judge: (exchange) => {
      const version = header(exchange);
      if (isMessagesApi(exchange) || version === undefined) return "not-applicable";
      return API_VERSIONS.includes(version)
        ? "pass"
        : { message: `Expected none, or ${API_VERSIONS.join(" or ")}, found "${version}".` };
    },
  },
];
