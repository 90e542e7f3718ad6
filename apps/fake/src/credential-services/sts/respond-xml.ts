import type { WireReply } from "../../terms/wire.ts";
import type { Fault } from "../../terms/faults.ts";
import { formatXml, type XmlContent } from "./xml.ts";

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

const ENCODER = new TextEncoder();

/**
 * Writes the answer of an operation, as the Query protocol does.
 *
 * @returns The answer, as it goes over the wire.
 */
export function respondXml(operation: string, result: XmlContent, requestId: string): WireReply {
  const content = { [`${operation}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return reply(200, formatXml(`${operation}Response`, content, NAMESPACE), requestId);
}

/**
 * Writes a refusal, as the Query protocol does.
 *
 * @returns The answer, as it goes over the wire.
 */
export function respondXmlFault(
  { status = 400, errorType = "ValidationError", message }: Fault,
  requestId: string,
): WireReply {
  const error = { Type: status >= 500 ? "Receiver" : "Sender", Code: errorType, Message: message };
  return reply(status, formatXml("ErrorResponse", { Error: error, RequestId: requestId }, NAMESPACE), requestId);
}

const reply = (status: number, body: string, requestId: string): WireReply => ({
  status,
  headers: [
    ["content-type", "text/xml"],
    ["x-amzn-requestid", requestId],
  ],
  body: ENCODER.encode(body),
});
