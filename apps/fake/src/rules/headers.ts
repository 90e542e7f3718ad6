import { WORKSPACE_ID } from "@claude-on-aws/endpoints";
import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row: WriteRow = rowsOf("headers");

/** A verdict of names that should not be there. */
const without = (names: readonly string[], say: (names: string) => string): RuleVerdict =>
  names.length === 0 ? "pass" : { message: say(names.slice(0, 8).join(", ")) };

/** Headers that have one value; a second makes a list of it, or hides it. */
const SINGLE: readonly string[] = [
  "host",
  ":authority",
  "x-api-key",
  "content-length",
  "anthropic-version",
  "x-amz-date",
  "x-amz-content-sha256",
  "x-amz-security-token",
  "user-agent",
];

/** Headers that belong to one connection, and that the next server drops or rewrites. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that proxies and HTTP libraries rewrite; AWS's own signers leave them out. */
const REWRITTEN: ReadonlySet<string> = new Set([
  "cache-control",
  "expect",
  "from",
  "max-forwards",
  "pragma",
  "referer",
  "user-agent",
  "x-amzn-trace-id",
]);

/** A user agent that only tells which HTTP library sent the request. */
const BARE_RUNTIME = /^(?:node|undici|deno|bun|mozilla|go-http-client|python-urllib|java)(?:\/|$)/i;

/** Media types in which the operations answer, or that stand for any. */
const ACCEPTED =
  /^(?:\*\/\*|application\/\*|application\/json|text\/event-stream|text\/\*|application\/vnd\.amazon\.eventstream|application\/octet-stream|application\/binary|application\/x-jsonl)$/;

const isJson = (media: string): boolean =>
  media === "application/json" || (media.endsWith("+json") && !media.includes(","));

/** What AWS's SDKs say of a body of InvokeModel unless they are told; Bedrock takes it. */
const BYTES = "application/octet-stream";

const MAX_HEADER_BYTES = 16_384;

const hasBody = ({ evidence: { request, body } }: JudgedExchange): boolean =>
  request.method === "POST" && body.bytes > 0;

/** Routes that take an upload, and so another content type. */
const takesUpload = ({ path }: JudgedExchange): boolean => path === "/v1/files" || path.startsWith("/v1/skills");

/** Routes about workspaces themselves are not inside one. */
const isInWorkspace = ({ provider, path }: JudgedExchange): boolean =>
  provider === "anthropic-aws" && !path.startsWith("/v1/organizations/");

const judgeUnderscores = ({ signature, signedHeaders }: JudgedExchange): RuleVerdict =>
  signature === undefined
    ? "not-applicable"
    : without(
        signedHeaders.filter((name) => name.includes("_")),
        (names) => `Signed: ${names}.`,
      );

/** What stands in the head of a request. */
export const HEADER_RULES: readonly Rule[] = [
  {
    ...row(
      "workspace-id-present",
      "fail",
      "A request to Claude Platform on AWS names its workspace in anthropic-workspace-id.",
      "Set ANTHROPIC_AWS_WORKSPACE_ID, or the client's workspace option.",
      SOURCES.claudePlatform,
    ),
    check: "workspace",
    brokenBy: ["workspace-missing"],
  },
  {
    ...row(
      "workspace-id-form",
      "fail",
      "A workspace ID begins with wrkspc_, followed by letters and digits.",
      "Copy the ID from the AWS console, under Claude Platform on AWS.",
      "https://code.claude.com/docs/en/claude-platform-on-aws",
    ),
    judge: (exchange) => {
      const id = exchange.value("anthropic-workspace-id")?.trim();
      if (id === undefined || !isInWorkspace(exchange)) return "not-applicable";
      return WORKSPACE_ID.test(id) ? "pass" : { message: `Expected wrkspc_…, found "${id}".` };
    },
  },
  {
    ...row(
      "workspace-id-once",
      "fail",
      "anthropic-workspace-id is sent once.",
      "Set it once: a proxy may add its own.",
      SOURCES.anthropicAuthentication,
    ),
    needsWire: true,
    judge: (exchange) => {
      const count = exchange.headers.get("anthropic-workspace-id")?.length ?? 0;
      if (count === 0 || !isInWorkspace(exchange)) return "not-applicable";
      return count === 1 ? "pass" : { message: `Expected one anthropic-workspace-id header, found ${count}.` };
    },
  },
  {
    ...row(
      "workspace-id-known",
      "fail",
      "The workspace exists in the region of the endpoint.",
      "A workspace is reached through its own region alone: check both.",
      SOURCES.claudePlatform,
    ),
    check: "workspace",
    brokenBy: ["workspace-unknown"],
    appliesTo: ({ headers }) => headers.has("anthropic-workspace-id"),
  },
  {
    ...row(
      "workspace-id-signed",
      "warn",
      "A signature covers anthropic-workspace-id, so that nobody can move the request to another workspace.",
      "Set the header before signing.",
      "@anthropic-ai/aws-sdk 1.1.2 and Claude Code 2.1.329 sign it",
    ),
    judge: (exchange) => {
      if (exchange.signature === undefined || !isInWorkspace(exchange)) return "not-applicable";
      if (!exchange.headers.has("anthropic-workspace-id")) return "not-applicable";
      return exchange.signedHeaders.includes("anthropic-workspace-id")
        ? "pass"
        : { message: "anthropic-workspace-id is not among the signed headers." };
    },
  },
  {
    ...row(
      "content-type-present",
      "warn",
      "A request with a body says of which type it is.",
      "Set content-type: application/json.",
      SOURCES.claudePlatform,
    ),
    judge: (exchange) => {
      const isThere = exchange.headers.has("content-type");
      // The service model of bedrock-runtime has it as optional for an invocation.
      if (!hasBody(exchange) || (!isThere && isInvocation(exchange))) return "not-applicable";
      return isThere ? "pass" : { message: "There is no content-type." };
    },
  },
  {
    ...row(
      "content-type-json",
      "fail",
      "The type of a body is application/json.",
      "Set content-type: application/json.",
      SOURCES.claudePlatform,
    ),
    judge: (exchange) => {
      const type = exchange.value("content-type");
      if (type === undefined || !hasBody(exchange) || takesUpload(exchange)) return "not-applicable";
      const [media = ""] = type.toLowerCase().split(";", 1);
      if (isJson(media.trim()) || (exchange.provider === "bedrock" && type === BYTES)) return "pass";
      const message = `Expected application/json, found "${type}".`;
      return media.includes(",") ? { message, fix: "Set it once: two headers of that name were joined." } : { message };
    },
  },
  {
    ...row(
      "content-type-once",
      "fail",
      "content-type is sent once.",
      "Set it once: Content-Type and content-type are the same header, and AWS joins them before it verifies.",
      "https://github.com/BerriAI/litellm/issues/28256",
    ),
    needsWire: true,
    judge: ({ headers }) => {
      const values = headers.get("content-type");
      if (values === undefined) return "not-applicable";
      return values.length === 1 ? "pass" : { message: `Expected one content-type header, found ${values.length}.` };
    },
  },
  {
    ...row(
      "headers-not-repeated",
      "warn",
      "A header that has one value, and every signed header, is sent once.",
      "Set each header once: what is sent twice is joined on the way, and the signature breaks.",
      "https://github.com/BerriAI/litellm/issues/28256",
    ),
    needsWire: true,
    judge: ({ headers, signedHeaders }) =>
      without(
        [...new Set([...SINGLE, ...signedHeaders])].filter((name) => (headers.get(name)?.length ?? 0) > 1),
        (names) => `Sent more than once: ${names}.`,
      ),
  },
  {
    ...row(
      "invocation-headers-known",
      "fail",
      "What InvokeModel takes in X-Amzn-Bedrock-* headers has a value that it takes.",
      "See the message: it names the parameter and its values.",
      SOURCES.bedrockReference,
    ),
    check: "invocation-headers",
    brokenBy: ["body-invalid"],
  },
  {
    ...row(
      "signed-headers-without-underscore",
      "warn",
      "No header with an underscore in its name is signed.",
      "Rename it with hyphens or leave it out of the signature: the Bedrock Messages endpoint drops such headers before it verifies, and proxies do.",
      "https://github.com/openai/codex/pull/21623",
    ),
    judge: (exchange) => (exchange.provider === "mantle" ? "not-applicable" : judgeUnderscores(exchange)),
  },
  {
    ...row(
      "mantle-signed-headers-without-underscore",
      "fail",
      "No header with an underscore in its name is signed for the Bedrock Messages endpoint.",
      "Rename it with hyphens or leave it out of the signature: the endpoint drops such headers before it verifies.",
      "https://github.com/openai/codex/pull/21623",
    ),
    judge: (exchange) => (exchange.provider === "mantle" ? judgeUnderscores(exchange) : "not-applicable"),
  },
  {
    ...row(
      "signed-headers-not-hop-by-hop",
      "fail",
      "No header of the connection, such as connection, is signed.",
      "Leave it out of the signature: the front end of AWS rewrites it before it verifies.",
      "https://github.com/openai/openai-python/issues/3563",
    ),
    judge: ({ signature, signedHeaders }) =>
      signature === undefined
        ? "not-applicable"
        : without(
            signedHeaders.filter((name) => HOP_BY_HOP.has(name)),
            (names) => `Signed: ${names}.`,
          ),
  },
  {
    ...row(
      "signed-headers-not-rewritten",
      "warn",
      "No header that proxies rewrite, such as user-agent or x-amzn-trace-id, is signed.",
      "Leave it out of the signature, as AWS's own signers do.",
      "https://github.com/smithy-lang/smithy-typescript/tree/main/packages/signature-v4",
    ),
    judge: ({ signature, signedHeaders }) =>
      signature === undefined
        ? "not-applicable"
        : without(
            signedHeaders.filter((name) => REWRITTEN.has(name) || name.startsWith("sec-")),
            (names) => `Signed: ${names}.`,
          ),
  },
  {
    ...row(
      "amz-headers-signed",
      "warn",
      "Every x-amz-* header that is sent is signed.",
      "Set x-amz-* headers before signing.",
      SOURCES.signedRequest,
    ),
    judge: ({ signature, headers, signedHeaders }) =>
      signature === undefined
        ? "not-applicable"
        : without(
            [...headers.keys()].filter((name) => name.startsWith("x-amz-") && !signedHeaders.includes(name)),
            (names) => `Sent but not signed: ${names}.`,
          ),
  },
  {
    ...row(
      "accept-fits-operation",
      "warn",
      "accept, where it is sent, allows what the operation answers: JSON, or a stream of events.",
      "Accept application/json, or */*.",
      SOURCES.httpSemantics,
    ),
    judge: ({ headers }) => {
      const values = headers.get("accept");
      if (values === undefined) return "not-applicable";
      const types = values
        .join(",")
        .split(",")
        .map((type) => (type.split(";", 1)[0] ?? "").trim().toLowerCase());
      return types.some((type) => ACCEPTED.test(type))
        ? "pass"
        : { message: `Nothing that is answered is accepted by "${values.join(", ")}".` };
    },
  },
  {
    ...row(
      "user-agent-present",
      "warn",
      "The client says in user-agent who it is.",
      "Send user-agent: NAME/VERSION; support asks for it.",
      SOURCES.httpSemantics,
    ),
    // A runtime's own comes after a WHATWG `Request` was made.
    needsWire: true,
    judge: (exchange) =>
      (exchange.value("user-agent")?.trim() ?? "") === "" ? { message: "There is no user-agent." } : "pass",
  },
  {
    ...row(
      "user-agent-names-client",
      "warn",
      "user-agent names the client, not only the library that it is built on.",
      "Send the name and version of the program, such as my-agent/1.2.0.",
      SOURCES.httpSemantics,
    ),
    judge: (exchange) => {
      const agent = exchange.value("user-agent")?.trim() ?? "";
      if (agent === "") return "not-applicable";
      return BARE_RUNTIME.test(agent) ? { message: `"${agent}" names no client.` } : "pass";
    },
  },
  {
    ...row(
      "headers-well-formed",
      "warn",
      "Header names are tokens, and values visible ASCII.",
      "Percent-encode or drop other characters: proxies and signers read them in different encodings.",
      SOURCES.httpSemantics,
    ),
    judge: ({ evidence }) =>
      without(
        evidence.request.malformedHeaders.map((name) => JSON.stringify(name)),
        (names) => `Not well formed: ${names}.`,
      ),
  },
  {
    ...row(
      "headers-small",
      "warn",
      "All headers together are at most 16 KiB.",
      "Shorten them: many servers and proxies refuse longer heads with 431.",
      "https://nodejs.org/api/cli.html#--max-http-header-sizesize",
    ),
    judge: ({ evidence }) => {
      const bytes = evidence.request.headerBytes;
      return bytes <= MAX_HEADER_BYTES
        ? "pass"
        : { message: `Expected at most ${MAX_HEADER_BYTES} bytes, found ${bytes}.` };
    },
  },
  {
    ...row(
      "content-length-right",
      "warn",
      "content-length, where it is sent, is the length of the body in bytes.",
      "Count bytes, not characters, after the last change to the body.",
      SOURCES.httpSemantics,
    ),
    needsWire: true,
    judge: (exchange) => {
      const length = exchange.value("content-length");
      const { request, body } = exchange.evidence;
      if (length === undefined || request.bodyTooLarge === true) return "not-applicable";
      return length === String(body.bytes)
        ? "pass"
        : { message: `Expected ${body.bytes}, the length of the body, found "${length}".` };
    },
  },
  {
    ...row(
      "content-sha256-right",
      "warn",
      "x-amz-content-sha256, where it is sent, is the SHA-256 of the body.",
      "Hash the bytes that are sent, after the last change.",
      SOURCES.signedRequest,
    ),
    judge: (exchange) => {
      const claimed = exchange.value("x-amz-content-sha256")?.trim();
      const { request, body } = exchange.evidence;
      if (claimed === undefined || claimed === "UNSIGNED-PAYLOAD" || !body.isWhole) return "not-applicable";
      if (request.bodyTooLarge === true) return "not-applicable";
      return claimed === body.sha256
        ? "pass"
        : { message: `The body's hash is ${body.sha256}, the header says "${claimed}".` };
    },
  },
];

/** InvokeModel, and with a stream. */
const isInvocation = ({ operation }: JudgedExchange): boolean => operation?.startsWith("InvokeModel") === true;
