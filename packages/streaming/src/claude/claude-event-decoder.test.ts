import { describe, expect, test } from "vitest";
import { encodeMessage, type EventStreamHeaders } from "../event-stream/index.ts";
import { ClaudeEventDecoder, EXCEPTIONS, type ClaudeEvent, type StreamError } from "./index.ts";

const ENCODER = new TextEncoder();

const headers = (rows: Readonly<Record<string, string>>): EventStreamHeaders =>
  Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, { type: "string", value }]));
const chunk = (payload: string | Uint8Array): Uint8Array =>
  encodeMessage({
    headers: headers({ ":event-type": "chunk", ":content-type": "application/json", ":message-type": "event" }),
    payload: typeof payload === "string" ? ENCODER.encode(payload) : payload,
  });
const base64 = (text: string): string => Buffer.from(text).toString("base64");

function decode(bytes: Uint8Array, framing: "event-stream" | "sse" = "event-stream"): ClaudeEvent[] {
  const events: ClaudeEvent[] = [];
  new ClaudeEventDecoder((event) => events.push(event), { framing }).feed(bytes);
  return events;
}

function failureOf(bytes: Uint8Array): StreamError {
  try {
    decode(bytes);
  } catch (error) {
    return error as StreamError;
  }
  throw new Error("The decoder took it");
}

describe("ClaudeEventDecoder", () => {
  const ping = '{"type":"ping"}';
  test.each([
    ["bytes alone", `{"bytes":"${base64(ping)}"}`],
    ["padding", `{"bytes":"${base64(ping)}","p":"abcdefghijkl\\"}"}`],
    ["padding before the bytes", `{"p":"abc","bytes":"${base64(ping)}"}`],
    ["spaces", `{ "bytes" : "${base64(ping)}" } `],
    ["an escaped digit", `{"bytes":"\\u0065${base64(ping).slice(1)}"}`],
    ["fields of a newer service", `{"bytes":"${base64(ping)}","metrics":{"x":[1]}}`],
    ["spaces within the event", `{"bytes":"${base64('{ "type": "ping" }')}"}`],
  ])("reads a chunk with %s", (_, payload) => {
    expect(decode(chunk(payload))).toEqual([{ type: "ping" }]);
  });

  test.each(["", "a", "ab", "abc", "abcd", "ä", "😀", "x".repeat(5000), "ß".repeat(5000), "\ufeff"])(
    "reads the text of a chunk: %j",
    (text) => {
      const event = { type: "note", text };
      expect(decode(chunk(`{"bytes":"${base64(JSON.stringify(event))}"}`))).toEqual([event]);
    },
  );

  test.each([
    ["text that is not JSON", "{"],
    ["text that is not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["no bytes", "{}"],
    ["bytes that are null", '{"bytes":null}'],
    ["null", "null"],
    ["bytes without their padding", `{"bytes":"${base64(ping).replace(/=*$/, "")}x"}`],
    ["bytes that are not Base64", '{"bytes":"eyJ0####"}'],
    ["bytes in the alphabet for URLs", `{"bytes":"${"-_-_".repeat(2000)}"}`],
    ["bytes that are not Base64, at length", `{"bytes":"${"####".repeat(2000)}"}`],
    ["padding within the bytes", '{"bytes":"eyI=eyI="}'],
    ["bytes that are not UTF-8", `{"bytes":"${Buffer.from([0x22, 0xff, 0x22]).toString("base64")}"}`],
    ["an event that is not JSON", `{"bytes":"${base64("{type}")}"}`],
    ["an event that is null", `{"bytes":"${base64("null")}"}`],
    ["an event that is text", `{"bytes":"${base64('"ping"')}"}`],
    ["no event", '{"bytes":""}'],
  ])("refuses a chunk with %s", (_, payload) => {
    expect(failureOf(chunk(payload))).toMatchObject({ name: "StreamError", code: "EVENT_MALFORMED" });
  });

  test("ClaudeEventDecoder passes over objects without a type, which gateways send, and messages it does not know", () => {
    expect(decode(chunk(`{"bytes":"${base64("{}")}"}`))).toEqual([]);
    expect(
      decode(
        encodeMessage({
          headers: headers({ ":event-type": "novelty", ":message-type": "event" }),
          payload: ENCODER.encode("?"),
        }),
      ),
    ).toEqual([]);
    expect(decode(encodeMessage({ headers: {}, payload: new Uint8Array() }))).toEqual([]);
    expect(decode(ENCODER.encode("data: {}\n\n"), "sse")).toEqual([]);
  });

  test.each(EXCEPTIONS)("tells $awsName by its name, status and message", ({ awsName, status, errorType }) => {
    for (const key of ["message", "Message"]) {
      const error = failureOf(
        encodeMessage({
          headers: headers({
            ":exception-type": awsName[0]!.toLowerCase() + awsName.slice(1),
            ":content-type": "application/json",
            ":message-type": "exception",
          }),
          payload: ENCODER.encode(JSON.stringify({ [key]: "as it was" })),
        }),
      );
      expect(error).toMatchObject({
        code: "STREAM_EXCEPTION",
        awsName,
        status,
        errorType,
        originalMessage: "as it was",
      });
      expect(error.message).toBe(`Cannot go on with the stream: the service sent ${awsName} (${status}): as it was`);
    }
  });

  test("ClaudeEventDecoder tells what the model said of a ModelStreamErrorException", () => {
    const error = failureOf(
      encodeMessage({
        headers: headers({ ":exception-type": "modelStreamErrorException", ":message-type": "exception" }),
        payload: ENCODER.encode(
          '{"message":"The model failed","originalStatusCode":529,"originalMessage":"Overloaded"}',
        ),
      }),
    );
    expect(error).toMatchObject({
      awsName: "ModelStreamErrorException",
      status: 424,
      errorType: "overloaded_error",
      originalStatusCode: 529,
      originalMessage: "Overloaded",
    });
    expect(error.message).toContain("The model failed; the model said 529: Overloaded");
  });

  test("ClaudeEventDecoder reports an exception of a newer service, an error message, and one that is not JSON", () => {
    const message = (rows: Readonly<Record<string, string>>, payload: string): StreamError =>
      failureOf(encodeMessage({ headers: headers(rows), payload: ENCODER.encode(payload) }));
    expect(
      message({ ":exception-type": "newException", ":message-type": "exception" }, '{"message":"new"}'),
    ).toMatchObject({
      awsName: "NewException",
      status: undefined,
      errorType: "api_error",
      originalMessage: "new",
    });
    expect(
      message(
        { ":error-code": "InternalFailure", ":error-message": "Something went wrong", ":message-type": "error" },
        "",
      ),
    ).toMatchObject({ awsName: "InternalFailure", originalMessage: "Something went wrong" });
    expect(message({ ":exception-type": "throttlingException", ":message-type": "exception" }, "<html>")).toMatchObject(
      {
        awsName: "ThrottlingException",
        status: 429,
        originalMessage: "",
      },
    );
  });

  test("ClaudeEventDecoder stays failed after an exception", () => {
    const exception = encodeMessage({
      headers: headers({ ":exception-type": "throttlingException", ":message-type": "exception" }),
      payload: ENCODER.encode('{"message":"slow down"}'),
    });
    const decoder = new ClaudeEventDecoder(() => undefined, { framing: "event-stream" });
    const failed = expect.objectContaining({ code: "STREAM_EXCEPTION", awsName: "ThrottlingException" });
    expect(() => decoder.feed(exception)).toThrow(failed);
    expect(() => decoder.feed(chunk(`{"bytes":"${base64(ping)}"}`))).toThrow(failed);
    expect(() => decoder.end()).toThrow(failed);
  });

  test("ClaudeEventDecoder passes an error event within a chunk off as no event", () => {
    expect(
      failureOf(
        chunk(`{"bytes":"${base64('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}')}"}`),
      ),
    ).toMatchObject({ code: "STREAM_EXCEPTION", errorType: "overloaded_error", status: 529 });
    expect(failureOf(chunk(`{"bytes":"${base64('{"type":"error"}')}"}`))).toMatchObject({
      code: "STREAM_EXCEPTION",
      errorType: "api_error",
      originalMessage: "",
    });
  });
});
