import type { Exchange } from "../exchange/exchange.ts";
import type { WireReply } from "../terms/wire.ts";
import { FAULTS, type Fault } from "../terms/faults.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { hintHeaders, rowHeaders } from "./hint-headers.ts";
import type { RateLimits } from "../stores/rate-limits.ts";
import { idHeaders, type RequestIds } from "./respond.ts";
import { modelRequestId } from "../terms/model-request-id.ts";

const ENCODER = new TextEncoder();

/** The layer of AWS that answers: the one that authenticates, or the service after it. */
const NAMESPACES = {
  gate: "http://internal.amazon.com/coral/com.amazon.coral.service/",
  service: "http://internal.amazon.com/coral/com.amazon.bedrock/",
};

/** Exceptions of the service itself; all others come from the layer before it. */
const OF_SERVICE: ReadonlySet<string> = new Set([
  "ValidationException",
  "ResourceNotFoundException",
  "InternalServerException",
  "ModelErrorException",
  "ModelTimeoutException",
  "ServiceUnavailableException",
  "ThrottlingException",
  "ConflictException",
  "ServiceQuotaExceededException",
  "TooManyTagsException",
]);

/**
 * Writes a refusal in the shape, with the status and the headers of the provider.
 *
 * @param fault The refusal.
 * @param exchange The exchange that is refused.
 * @param ids Identifiers of the answer.
 * @param limits Rate limits, which a refusal for too many requests tells; left out, none are told.
 * @returns The answer.
 */
export function respondFault(fault: Fault, exchange: Exchange, ids: RequestIds, limits?: RateLimits): WireReply {
  const write = PROVIDERS[exchange.route.provider].errorShape === "aws-json" ? writeAwsJson : writeAnthropic;
  const { status, headers, value } = write(fault, ids);
  return {
    status,
    headers: withHeaders(
      [
        ["content-type", "application/json"],
        ...headers,
        ...idHeaders(exchange, ids),
        ...(status === 429 && exchange.route.provider === "anthropic-aws" && limits !== undefined
          ? limits.refuse(exchange.receivedAt)
          : []),
        ...hintHeaders(fault, exchange),
        ...rowHeaders(exchange),
      ],
      fault.headers,
    ),
    // A HEAD is answered without a body.
    body: exchange.request.method === "HEAD" ? new Uint8Array() : ENCODER.encode(JSON.stringify(value)),
  };
}

/** Given headers replace those of the same name. */
function withHeaders(headers: WireReply["headers"], given: WireReply["headers"] = []): WireReply["headers"] {
  if (given.length === 0) return headers;
  const replaced = new Set(given.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name)), ...given];
}

interface Written {
  readonly status: number;
  readonly headers: WireReply["headers"];
  readonly value: object;
}

function writeAnthropic(fault: Fault, ids: RequestIds): Written {
  const [status, type] = FAULTS[fault.name].anthropic;
  const value = {
    type: "error",
    error: {
      type: fault.errorType ?? type,
      message: fault.message,
      ...(fault.errorDetails === undefined ? {} : { details: fault.errorDetails }),
    },
    request_id: ids.anthropic,
  };
  return { status: fault.status ?? status, headers: [], value };
}

function writeAwsJson(fault: Fault, ids: RequestIds): Written {
  const [status, exception, messageKey] = FAULTS[fault.name].aws;
  const namespace = OF_SERVICE.has(exception) ? NAMESPACES.service : NAMESPACES.gate;
  return {
    status: fault.status ?? status,
    headers: [["x-amzn-errortype", `${exception}:${namespace}`]],
    value: fault.envelope === "anthropic" ? passedOn(fault, ids) : { [messageKey]: fault.message },
  };
}

/** What the model's own service says, passed on as it is. */
const passedOn = (fault: Fault, ids: RequestIds): object => ({
  type: "error",
  request_id: `req_${modelRequestId(ids.aws)}`,
  error: { type: fault.errorType ?? FAULTS[fault.name].anthropic[1], message: fault.message },
});
