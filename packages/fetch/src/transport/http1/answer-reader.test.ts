import { Buffer } from "node:buffer";
import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnswerReader } from "./answer-reader.ts";
import type { AnswerHead } from "./parse-head.ts";

interface Read {
  readonly head: AnswerHead | undefined;
  readonly content: string;
  readonly isDone: boolean;
  readonly problem: string | undefined;
}

/** Reads an answer that comes in pieces, of so many bytes each. */
function read(text: string, lengths: Iterable<number> = [Infinity], method = "POST"): Read {
  let head: AnswerHead | undefined;
  let content = "";
  const reader = new AnswerReader(
    {
      onHead: (given) => {
        expect(head).toBeUndefined();
        head = given;
      },
      onBytes: (bytes) => (content += Buffer.from(bytes).toString("latin1")),
    },
    method,
  );
  let rest = Buffer.from(text, "latin1");
  let problem: string | undefined;
  const pieces = lengths[Symbol.iterator]();
  while (rest.length > 0 && problem === undefined) {
    const length = pieces.next().value ?? Infinity;
    problem = reader.feed(Buffer.from(rest.subarray(0, length)));
    rest = rest.subarray(length);
  }
  return { head, content, isDone: reader.isDone, problem };
}

const HEAD = "HTTP/1.1 200 OK\r\nContent-Type:  a/b \r\nX-A: 1\r\nx-a: \xe9\r\n";

describe("an answer", () => {
  test.each([
    ["a length", `${HEAD}content-length: 5\r\n\r\nhello`, true],
    ["chunks", `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x="y"\r\nllo\r\n0\r\nx-t: 1\r\n\r\n`, true],
    ["the end of the connection", `${HEAD}\r\nhello`, false],
    [
      "a length, behind what is said before",
      `HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${HEAD}content-length: 5\r\n\r\nhello`,
      true,
    ],
  ])("that ends with %s is read, wherever its bytes are cut", (_, text, isDone) => {
    const whole = read(text);

    expect(whole).toMatchObject({ content: "hello", isDone, problem: undefined });
    expect(whole.head?.status).toBe(200);
    expect(whole.head?.headers.slice(0, 3)).toEqual([
      ["content-type", "a/b"],
      ["x-a", "1"],
      ["x-a", "\xe9"],
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }), (lengths) => {
        expect(read(text, lengths)).toEqual(whole);
      }),
      soakProperty(20_000, 200),
    );
    expect(
      read(
        text,
        Array.from(text, () => 1),
      ),
    ).toEqual(whole);
  });

  test.each([" \t", ""])("gives a value without the blanks around it, %j, and with all other bytes", (blanks) => {
    const whole = read(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-a:${blanks}\xa0 voil\xc3\xa0${blanks}\r\n\r\n`);

    expect(whole.head?.headers[1]).toEqual(["x-a", "\xa0 voil\xc3\xa0"]);
  });

  test.each([
    ["HEAD", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"],
    ["DELETE", "HTTP/1.1 204 No Content\r\n\r\n"],
    ["POST", "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n"],
    ["POST", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"],
    ["POST", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
  ])("to %s is whole without a body: %j", (method, text) => {
    expect(read(text, undefined, method)).toMatchObject({ content: "", isDone: true, problem: undefined });
  });

  test.each([
    ["HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", true, undefined],
    ["HTTP/1.1 200 OK\r\ncontent-length: 0\r\nKeep-Alive: timeout=5, max=100\r\n\r\n", true, 5],
    ["HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: Close\r\n\r\n", false, undefined],
    ["HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n", false, undefined],
  ])("says whether its connection may be used again: %j", (text, keepAlive, keptSeconds) => {
    expect(read(text).head).toMatchObject({ keepAlive, keptSeconds });
  });

  test.each([
    "SSH-2.0-OpenSSH\r\n\r\n",
    "HTTP/2 200\r\n\r\n",
    "HTTP/1.1 20 OK\r\n\r\n",
    "HTTP/1.1 600 Beyond\r\n\r\n",
    "HTTP/1.1 101 Switching\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
    "HTTP/1.1 200 OK\r\nspace : before\r\n\r\n",
    "HTTP/1.1 200 OK\r\na: b\r\n folded\r\n\r\n",
    "HTTP/1.1 200 OK\r\na: b\nc: d\r\n\r\n",
    "HTTP/1.1 200 OK\r\na: b\rc: d\r\n\r\n",
    "HTTP/1.1 200 OK\r\na: \0\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 1, 1\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: \xa0chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 1\xa0\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(4_000),
    "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\nab",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffff\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nno trailer\r\n\r\n",
    `HTTP/1.1 200 OK\r\na: ${"b".repeat(70_000)}\r\n\r\n`,
    `HTTP/1.1 200 OK\r\na: ${"b".repeat(70_000)}`,
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${`1;${"x".repeat(1_000)}\r\na\r\n`.repeat(70)}`,
  ])("is not taken that can be read in two ways, or has no end: %j", (text) => {
    const whole = read(text);

    expect(whole.problem).toBeTypeOf("string");
    expect(whole.isDone).toBe(false);
    expect(
      read(
        text,
        Array.from(text, () => 1),
      ).problem,
    ).toBeTypeOf("string");
  });

  test.each([
    "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "HTTP/1.1 204 No Content\r\n\r\n",
  ])("is whole, and what follows it is told: %j", (text) => {
    const more = read(`${text}HTTP/1.1 200 OK\r\n\r\n`);

    expect([more.isDone, more.problem === undefined]).toEqual([true, false]);
    expect(more.content).toBe(read(text).content);
  });
});
