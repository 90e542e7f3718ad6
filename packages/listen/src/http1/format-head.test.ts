import { describe, expect, test } from "vitest";
import { formatHead, type HeadContext, keepAliveLines } from "./format-head.ts";

const context: HeadContext = {
  method: "GET",
  httpVersion: "1.1",
  keepAlive: true,
  keepAliveLines: keepAliveLines(120_000),
  date: () => "Sat, 21 Nov 2026 12:00:00 GMT",
};
const reply = { status: 200, headers: [["date", "now"]] as const, body: new Uint8Array(3) };

describe("formatHead()", () => {
  test("writes status, headers, length and what becomes of the connection", () => {
    expect(formatHead(reply, context)).toEqual({
      text: "HTTP/1.1 200 OK\r\ndate: now\r\ncontent-length: 3\r\nconnection: keep-alive\r\nkeep-alive: timeout=120\r\n\r\n",
      framing: "length",
      declaredBytes: 3,
      keepAlive: true,
    });
  });

  test("writes the time once where none is given", () => {
    const { text } = formatHead({ ...reply, headers: [] }, context);

    expect(text.match(/^date: (.*)\r$/gm)).toHaveLength(1);
    expect(text).toContain(`\r\ndate: ${context.date()}\r\n`);
  });

  test("writes a status of which nobody has heard", () => {
    expect(formatHead({ ...reply, status: 799 }, context).text).toMatch(/^HTTP\/1\.1 799 \r\n/);
  });

  test.each([
    ["pieces", { body: [] }, {}, "chunked", undefined],
    ["pieces with a length", { body: [], headers: [["Content-Length", "7"]] as const }, {}, "length", 7],
    ["pieces in HTTP/1.0", { body: [] }, { httpVersion: "1.0" }, "close", undefined],
    ["nothing after HEAD", {}, { method: "HEAD" }, "none", 3],
    [
      "nothing after HEAD, of another length",
      { headers: [["content-length", "9"]] as const },
      { method: "HEAD" },
      "none",
      9,
    ],
    ["nothing with 204", { status: 204 }, {}, "none", 3],
  ])("frames %s", (_, given, with_, framing, declaredBytes) => {
    expect(formatHead({ ...reply, ...given }, { ...context, ...with_ })).toMatchObject({ framing, declaredBytes });
  });

  test("knows names by what they are, not by the objects that names are looked up in", () => {
    const { text } = formatHead(
      {
        ...reply,
        headers: [
          ["constructor", "1"],
          ["__proto__", "2"],
          ["toString", "3"],
        ],
      },
      context,
    );

    expect(text).toContain("constructor: 1\r\n__proto__: 2\r\ntoString: 3\r\n");
  });
});
