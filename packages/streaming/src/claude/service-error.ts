import type { EventStreamMessage } from "../event-stream/event-stream-message.ts";
import { StreamError } from "../stream-error.ts";
import type { ClaudeErrorEvent } from "./claude-event.ts";
import {
  ERROR_STATUS,
  EXCEPTIONS,
  resolveErrorType,
  resolveStatus,
  resolveStreamException,
  type StreamExceptionName,
} from "./exceptions.ts";
import { type Fields, isFields } from "./fields.ts";

const EXCEPTION_FIELDS: readonly string[] = ["message", "originalMessage", "originalStatusCode"];

const firstText = (...values: readonly unknown[]): string =>
  values.find((value): value is string => typeof value === "string" && value !== "") ?? "";

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/**
 * Makes the error for an `error` event of the Messages API.
 *
 * @param event The event.
 * @returns The error.
 */
export function errorFromEvent(event: ClaudeErrorEvent): StreamError {
  const { error } = event as { error?: unknown };
  const errorType = firstText(isFields(error) ? error["type"] : undefined, "api_error");
  const originalMessage = firstText(isFields(error) ? error["message"] : undefined);
  const status = resolveStatus(errorType);
  return new StreamError(
    "STREAM_EXCEPTION",
    `Cannot go on with the stream: the service sent ${errorType} (${status}): ${originalMessage || "no message"}`,
    { awsName: resolveStreamException(errorType), status, errorType, originalMessage, errorEvent: event },
  );
}

/**
 * Makes the error for a message of type `exception` or `error`.
 *
 * @param headers Its headers.
 * @param payload Its payload, parsed; `undefined` where it is not JSON.
 * @returns The error.
 */
export function errorFromMessage(headers: EventStreamMessage["headers"], payload: unknown): StreamError {
  const text = (name: string): unknown => headers[name]?.value;
  const fields = isFields(payload) ? payload : {};
  const awsName = upperFirst(firstText(text(":exception-type"), text(":error-code"), "UnknownError"));
  const row = EXCEPTIONS.find((candidate) => candidate.awsName === awsName);
  const { originalStatusCode } = fields;
  const modelStatus = typeof originalStatusCode === "number" ? originalStatusCode : undefined;
  const errorType = modelStatus === undefined ? (row?.errorType ?? "api_error") : resolveErrorType(modelStatus);
  // AWS writes the key either way, depending on which of its layers speaks.
  const message = firstText(fields["message"], fields["Message"], text(":error-message"));
  const originalMessage = firstText(fields["originalMessage"], message);
  const original = fields["error"];
  const errorEvent: ClaudeErrorEvent =
    isFields(original) && typeof original["type"] === "string"
      ? ({ type: "error", ...restOf(fields) } as ClaudeErrorEvent)
      : { type: "error", error: { type: errorType, message: originalMessage } };
  return new StreamError(
    "STREAM_EXCEPTION",
    `Cannot go on with the stream: the service sent ${awsName}${row === undefined ? "" : ` (${row.status})`}: ${message || "no message"}${
      originalMessage === message ? "" : `; the model said ${modelStatus ?? ""}: ${originalMessage}`
    }`,
    {
      awsName,
      status: row?.status,
      errorType: errorEvent.error.type,
      originalMessage,
      originalStatusCode: modelStatus,
      errorEvent,
    },
  );
}

/** The fields of the event, which were added to those of the exception. */
const restOf = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !EXCEPTION_FIELDS.includes(name)));

/** An exception as a stream carries it. */
export interface StreamException {
  /** Its name as AWS models it. */
  readonly awsName: StreamExceptionName;
  /** The JSON of its payload. */
  readonly payload: string;
}

/**
 * Makes the exception by which Bedrock would express an `error` event.
 *
 * A stream knows six exceptions. An error type without one of its own becomes a `modelStreamErrorException` with the
 * status and message that the model gave; where even that would lose something, the fields of the event are
 * added to the payload, where clients of AWS ignore them.
 *
 * @param event The event.
 * @returns The exception.
 */
export function exceptionFromEvent(event: ClaudeErrorEvent): StreamException {
  const { errorType = "api_error", originalMessage = "" } = errorFromEvent(event);
  const awsName = resolveStreamException(errorType);
  const status = ERROR_STATUS.find(([type]) => type === errorType)?.[1];
  const payload: Fields =
    awsName === "ModelStreamErrorException"
      ? { message: originalMessage, ...(status !== undefined && { originalStatusCode: status }), originalMessage }
      : { message: originalMessage };
  const back = errorFromMessage(exceptionHeaders(awsName), payload).errorEvent;
  const { type: _, ...fields } = event;
  const isWhole = JSON.stringify(back) === JSON.stringify(event);
  return { awsName, payload: JSON.stringify(isWhole ? payload : { ...payload, ...fields }) };
}

/**
 * Makes the headers of a message that carries an exception.
 *
 * @param awsName Name of the exception.
 * @returns The headers.
 */
export function exceptionHeaders(awsName: StreamExceptionName): EventStreamMessage["headers"] {
  return {
    ":exception-type": { type: "string", value: lowerFirst(awsName) },
    ":content-type": { type: "string", value: "application/json" },
    ":message-type": { type: "string", value: "exception" },
  };
}

/**
 * Makes the event by which the Messages API would express an error of this package.
 *
 * @param error The error.
 * @returns The event.
 */
export function eventFromError(error: StreamError): ClaudeErrorEvent {
  return (
    error.errorEvent ?? {
      type: "error",
      error: {
        type: error.code === "STREAM_IDLE" ? "timeout_error" : "api_error",
        code: error.code,
        message: error.message,
      },
    }
  );
}
