import { describe, expect, test } from "vitest";
import { MAX_CONNECT_BYTES, readConnect } from "./read-connect.ts";

const read = (text: string): ReturnType<typeof readConnect> => readConnect(Buffer.from(text, "latin1"));

describe("readConnect()", () => {
  test("reads where it goes, and how long it is", () => {
    const head = "CONNECT Sts.amazonaws.com:443 HTTP/1.1\r\nhost: x\r\n\r\n";

    expect(read(`${head}more`)).toEqual({ target: { host: "sts.amazonaws.com", port: 443 }, length: head.length });
    expect(read("CONNECT [::1]:80 HTTP/1.0\r\n\r\n")?.target).toEqual({ host: "[::1]", port: 80 });
  });

  test("waits for the end, and no longer than its limit", () => {
    expect(read("CONNECT a:443 HTTP/1.1\r\nhost: x\r\n")).toBeUndefined();
    expect(read("CONNECT a:443 HTTP/1.1\r\n".padEnd(MAX_CONNECT_BYTES - 1, "x"))).toBeUndefined();
    expect(read("CONNECT a:443 HTTP/1.1\r\n".padEnd(MAX_CONNECT_BYTES + 9, "x"))).toEqual({
      length: MAX_CONNECT_BYTES,
    });
  });

  test.each([
    "CONNECT a HTTP/1.1",
    "CONNECT a:99999 HTTP/1.1",
    "CONNECT a:443",
    "CONNECT a:443 HTTP/2.0",
    "CONNECT a:443 x HTTP/1.1",
    "CONNECT  a:443 HTTP/1.1",
    "CONNECT user@a:443 HTTP/1.1",
    `CONNECT ${"a".repeat(256)}:443 HTTP/1.1`,
    "CONNECT /path HTTP/1.1",
  ])('finds no target in "%s"', (line) => {
    expect(read(`${line}\r\n\r\n`)?.target).toBeUndefined();
  });
});
