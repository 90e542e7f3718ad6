import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { ByteReader } from "./byte-reader.ts";
import { readAnswer, type WireAnswer } from "./wire-answer.ts";

/** Reads what a server sends that writes pieces and hangs up. */
async function read(pieces: readonly string[], method = "POST"): Promise<WireAnswer | undefined> {
  const server = createServer((socket) => {
    for (const piece of pieces) socket.write(piece);
    socket.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  socket.on("close", () => server.close());
  return readAnswer(new ByteReader(socket), method);
}

async function bodyOf(answer: WireAnswer | undefined): Promise<readonly [body: string, end: WireAnswer["end"]]> {
  const pieces: Uint8Array[] = [];
  for (let piece = await answer?.next(); piece !== undefined; piece = await answer?.next()) pieces.push(piece);
  return [Buffer.concat(pieces).toString(), answer?.end];
}

const CASES: readonly (readonly [what: string, pieces: readonly string[], body: string, end: WireAnswer["end"]])[] = [
  ["a length", ["HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"], "abc", "whole"],
  ["a length, in pieces", ["HTTP/1.1 200 OK\r\nConte", "nt-Length: 3\r", "\n\r\na", "bc"], "abc", "whole"],
  ["less than its length", ["HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc"], "abc", "cut"],
  ["a length that is none", ["HTTP/1.1 200 OK\r\ncontent-length: three\r\n\r\nabc"], "", "cut"],
  ["a length below nothing", ["HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nabc"], "", "cut"],
  [
    "chunks",
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n"],
    "abc",
    "whole",
  ],
  [
    "chunks with trailers",
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx: y\r\n\r\n"],
    "a",
    "whole",
  ],
  ["chunks without the last", ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n"], "a", "cut"],
  ["a chunk that is cut", ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc"], "abc", "cut"],
  ["chunks that are none", ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnone\r\n"], "", "cut"],
  ["neither", ["HTTP/1.1 200 OK\r\n\r\nabc"], "abc", "whole"],
  ["something before", ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na"], "a", "whole"],
  ["no content", ["HTTP/1.1 204 No Content\r\n\r\n"], "", "whole"],
];

test.each(CASES)("readAnswer() takes an answer with %s", async (_, pieces, body, end) => {
  expect(await bodyOf(await read(pieces))).toEqual([body, end]);
});

test("readAnswer() reads no body of a HEAD, whatever its length", async () => {
  expect(await bodyOf(await read(["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"], "HEAD"))).toEqual(["", "whole"]);
});

test("readAnswer() keeps headers that are there twice", async () => {
  const answer = await read(["HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\ncontent-length: 0\r\n\r\n"]);

  expect(answer?.headers).toEqual([
    ["A", "1"],
    ["a", "2"],
    ["content-length", "0"],
  ]);
  expect(answer?.header("a")).toBe("1");
});

test.each([
  ["nothing", ""],
  ["no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"],
  ["half a head", "HTTP/1.1 200 OK\r\ncontent-"],
  ["a line that does not end", `HTTP/1.1 200 OK\r\nx: ${"a".repeat(200_000)}`],
  ["headers without an end", `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(2000)}\r\n`],
])("readAnswer() gives up where %s comes", async (_, sent) => {
  expect(await read([sent])).toBeUndefined();
});
