import type { OwnRefusalCode } from "../../../apps/gateway/src/refusals/own-refusals.ts";
import type { FetchErrorCode } from "../../../packages/fetch/src/fetch-error.ts";
import type { CauseAndFix } from "./explanation.ts";

const BUSY = "Wait as long as `retry-after` says; the clients do so by themselves.";

/** What `@claude-on-aws/fetch` does not send, or cannot finish. */
export const FETCH_CODES: Readonly<Record<FetchErrorCode, CauseAndFix>> = {
  BODY_MALFORMED: {
    cause: "The body of a message is no JSON object.",
    fix: "Look at the byte that the message names; send a JSON object, in UTF-8 and not compressed.",
  },
  BODY_KEY_REPEATED: {
    cause:
      "A name that decides what happens, such as `model` or `stream`, stands in the body twice, perhaps once with escapes. Parsers disagree on which one counts.",
    fix: "Send the name once; look for a proxy or a wrapper that adds its own.",
  },
  BODY_KEY_MISSPELLED: {
    cause:
      "A name that decides what happens stands in the body in another case, such as `Model`; some parsers take it for the right one.",
    fix: "Write the name as the Messages API does.",
  },
  BODY_TOO_LARGE: {
    cause: "The body is longer than `maxBodyBytes`.",
    fix: "Send less, for example by the Files API or without old pictures, or raise the limit.",
  },
  BODIES_TOO_LARGE: {
    cause: "The bodies of all requests under way would be longer together than `maxBodyBytesInFlight`.",
    fix: "Try again when others are over, send fewer at once, or raise the limit.",
  },
  CREDENTIALS_EXPIRED: {
    cause: "The AWS credentials have ended, and their source has no others.",
    fix: "Sign in again, such as with `npx claude-on-aws login`, or set `awsAuthRefresh`, which is then run by itself.",
  },
  CREDENTIALS_MISSING: {
    cause:
      "There is nothing to authenticate with: no credentials and no key, or a key that a command gives which nobody ran.",
    fix: "`npx claude-on-aws status` says where it looked. Give credentials or a key; the output of a command is handed to `resolveConfig` as `commandOutputs`.",
  },
  CONFIG_INCOMPLETE: {
    cause: "The configuration has an error, such as a workspace ID or a region that is missing.",
    fix: "Read the message, or run `npx claude-on-aws status`, which lists everything that is wrong, each with its fix.",
  },
  PROVIDER_UNSUPPORTED: {
    cause: "The configuration names a provider that is not on AWS, or none at all.",
    fix: "Switch one on: `CLAUDE_CODE_USE_ANTHROPIC_AWS=1`, `CLAUDE_CODE_USE_BEDROCK=1` or `CLAUDE_CODE_USE_MANTLE=1`.",
  },
  PATH_UNKNOWN: {
    cause: "The URL ends in no path of the Messages API, or in one that the service does not have.",
    fix: "Let the client's base URL end before `/v1`; what each service has is in its table of routes.",
  },
  CONNECTION_FAILED: {
    cause:
      "There was no connection to the service, or it broke before an answer began: the host, the network, TLS, or a proxy that is needed and not set.",
    fix: "The message says what failed. Look at the region and the base URL, at `HTTPS_PROXY` and `NO_PROXY`, and at the certificates of a proxy that opens TLS.",
  },
  REDIRECTED: {
    cause: "The service, or what stands in its place, redirected, and `redirect` is `error`.",
    fix: "Use the URL that it leads to. Redirects to another origin are never followed: what is signed is for one host.",
  },
  CONNECT_TIMEOUT: {
    cause:
      "No connection stood after `connectTimeoutMs`: a firewall that drops packets, a proxy that is needed, or a host that is down.",
    fix: "See that the host can be reached from this machine; then raise the limit.",
  },
  FIRST_BYTE_TIMEOUT: {
    cause:
      "No answer began within `firstByteTimeoutMs`. A message that is not streamed is written whole before its answer begins.",
    fix: "Stream the message, ask for fewer tokens, or raise the limit.",
  },
  STALL_TIMEOUT: {
    cause: "An answer had begun, and nothing more of it came for `stallTimeoutMs`. What came is not whole.",
    fix: "Send the request again. Where it happens often, look for a proxy that holds streams back.",
  },
  TOTAL_TIMEOUT: {
    cause: "The exchange with all its attempts took longer than `totalTimeoutMs`.",
    fix: "Raise the limit, or ask for less.",
  },
  STREAM_TRUNCATED: {
    cause:
      "The stream of a message ended before `message_stop`: the service or a proxy ended it early. What came is not whole, and may have been paid for.",
    fix: "Send the request again; do not take what came for the answer. Where it happens often, look for a proxy with a limit of time or size.",
  },
  STREAM_FAILED: {
    cause: "The connection broke within the stream of a message. What came is not whole, and may have been paid for.",
    fix: "Send the request again; do not take what came for the answer.",
  },
  PROXY_REFUSED: {
    cause: "The proxy of `HTTPS_PROXY` does not connect to the service, or asks for a name and a password.",
    fix: "Have the host let through there, put name and password into the URL of the proxy, or name the host in `NO_PROXY`.",
  },
};

/** What `claude-on-aws gateway` refuses by itself. */
export const GATEWAY_CODES: Readonly<Record<OwnRefusalCode, CauseAndFix>> = {
  AUTHENTICATION_MISSING: {
    cause: "The request has neither `authorization` nor `x-api-key`, from which the gateway could tell who asks.",
    fix: "Set `ANTHROPIC_AUTH_TOKEN` to a token of the gateway; whoever runs it makes one with `claude-on-aws gateway token add NAME`.",
  },
  AUTHENTICATION_INVALID: {
    cause:
      "The token or the JWT is none that this gateway takes: not whole, of another gateway, or with another scheme than `Bearer`.",
    fix: "Copy the whole token again, without quotes or spaces; of a JWT, see that issuer and audience are those of the gateway's configuration.",
  },
  TOKEN_EXPIRED: {
    cause: "The token or the JWT has expired.",
    fix: "Ask whoever runs the gateway for another token; a JWT is had from its issuer.",
  },
  TOKEN_REVOKED: {
    cause: "The token was revoked.",
    fix: "Ask whoever runs the gateway for another one.",
  },
  CLIENT_SIGNED: {
    cause:
      "The client signed the request with AWS credentials, for the gateway's host: such a signature means nothing to AWS.",
    fix: "Let the gateway sign: in Claude Code set `CLAUDE_CODE_SKIP_BEDROCK_AUTH=1`, `CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH=1` or `CLAUDE_CODE_SKIP_MANTLE_AUTH=1` by its provider, and `ANTHROPIC_AUTH_TOKEN`.",
  },
  REQUEST_AMBIGUOUS: {
    cause:
      "The request says something twice that decides: two credentials that differ, a header that may stand once, a path with encoded slashes or dots.",
    fix: "Send it once. Where `ANTHROPIC_AUTH_TOKEN` holds the gateway's token, unset `ANTHROPIC_API_KEY`.",
  },
  MODEL_NOT_ALLOWED: {
    cause: "This caller may not ask for the model, or no upstream serves it.",
    fix: "Ask for one of those that `/v1/models` of the gateway lists, or have `models` of the caller or the upstream changed; `claude-on-aws gateway --explain` shows who decides.",
  },
  UPSTREAM_NOT_ALLOWED: {
    cause:
      "This caller may use no upstream that has what the request asks for, or the upstream takes no key of the client's own.",
    fix: "Have `upstreams` of the caller changed; `claude-on-aws gateway --explain` shows who decides.",
  },
  ORIGIN_FOREIGN: {
    cause:
      "The request comes from a web page of another origin, in a browser. None may use the gateway: any page could.",
    fix: "Ask from a program, or from a server of your own.",
  },
  HOST_FOREIGN: {
    cause:
      "The `Host` of the request is none of the gateway's: another name for its address, or a page that leads a browser there.",
    fix: "Ask for it by the address that it printed, or list the name in `listen.allowedHosts`.",
  },
  ROUTE_UNKNOWN: {
    cause: "The path is none of the gateway's.",
    fix: "Let `ANTHROPIC_BASE_URL` end where the gateway printed that it ends, before `/v1`.",
  },
  METHOD_UNKNOWN: {
    cause: "The path is the gateway's, and not with this method.",
    fix: "Use one of the header `allow`.",
  },
  HEAD_UNREADABLE: {
    cause:
      "In the audit alone: the head of a request was no HTTP, had two lengths, was too long, did not come in time, or came in plain text where TLS is spoken.",
    fix: "The client was told in plain text what was wrong. Look for what stands between it and the gateway; scanners of ports leave such lines too.",
  },
  BODY_TOO_LARGE: {
    cause: "The body is longer than the gateway takes.",
    fix: "Send less, or have `maxBodyBytes` raised.",
  },
  NOT_SUPPORTED: {
    cause:
      "No upstream of this caller has the operation, or it would go around a limit, as a batch goes around one of models or of spending.",
    fix: "The message names what is needed: an upstream that has it, such as Claude Platform on AWS for batches and files, or requests one by one.",
  },
  BUDGET_SPENT: {
    cause: "A cap of `budgets.caps` is reached for this caller, its group or everybody, until its window ends.",
    fix: "Wait until the time that the message names, or have the cap raised. Clients do not try again by themselves.",
  },
  RATE_LIMITED: {
    cause: "A cap of `budgets.caps` over a number of seconds is reached.",
    fix: BUSY,
  },
  TOO_MANY_AT_ONCE: {
    cause: "As many requests of this caller are under way as `maxConcurrent` allows.",
    fix: "Wait until one is over, or have the limit raised.",
  },
  BODY_INCOMPLETE: {
    cause: "The body did not come whole in time: a slow connection, or a client that stopped.",
    fix: "Send it again.",
  },
  NO_ROOM: {
    cause: "The gateway holds as many bytes of bodies as it may.",
    fix: BUSY,
  },
  CALLERS_UNREADABLE: {
    cause: "The gateway cannot read its file of tokens, or cannot fetch the keys of a JWT's issuer.",
    fix: "Whoever runs it sees why in its log; then try again.",
  },
  UPSTREAM_UNREACHABLE: {
    cause: "No upstream gave an answer: connections failed, took too long, or all upstreams rest after failures.",
    fix: "The message holds the code of `fetch`, which stands above. `claude-on-aws gateway --explain` shows which upstreams there are.",
  },
  ANSWER_BROKEN: {
    cause: "The answer broke off on its way from the service. It may have been paid for.",
    fix: "Send the request again.",
  },
  BUDGET_STORE_UNREACHABLE: {
    cause: "The store of the budgets cannot be asked, and what is not counted is not let through.",
    fix: "Whoever runs the gateway looks at `budgets.store`; `budgets.ratesWithoutStore` lets rates through meanwhile, money never.",
  },
  AUDIT_UNWRITABLE: {
    cause: "The line of the audit cannot be written, and `audit.onFailure` is `refuse`.",
    fix: "Whoever runs the gateway makes room on the disk, or mends the permissions of the file.",
  },
  CLOSING: {
    cause: "The gateway is ending, and takes nothing more.",
    fix: "Send it again: to the next gateway, where there is one.",
  },
  FAILED: {
    cause: "The gateway failed at something that nobody foresaw.",
    fix: "Whoever runs it finds the cause in its log, and may report it.",
  },
};
