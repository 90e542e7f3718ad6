import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { parseProxyTarget, startRecordingProxy } from "./recording-proxy.ts";

/** Sends a text to a proxy and gives what comes back until it hangs up. */
function ask(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (chunk: Uint8Array) => (answer += Buffer.from(chunk).toString("latin1")));
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("startRecordingProxy()", () => {
  test("refuses everything, and names each place once", async () => {
    const proxy = await startRecordingProxy();
    try {
      expect(proxy.refused()).toEqual([]);
      const tunnel = "CONNECT api.example.com:443 HTTP/1.1\r\nhost: api.example.com:443\r\n\r\n";
      const answers = [
        await ask(proxy.url, tunnel),
        await ask(proxy.url, tunnel),
        await ask(proxy.url, "GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\n\r\n"),
      ];
      for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(proxy.refused()).toEqual(["api.example.com:443", "169.254.169.254:80"]);
    } finally {
      await proxy.close();
    }
  });

  test("does not keep a line without an end", async () => {
    const proxy = await startRecordingProxy();
    try {
      expect(await ask(proxy.url, "x".repeat(20_000))).toMatch(/^HTTP\/1\.1 403 /);
      expect(proxy.refused()).toEqual([JSON.stringify("x".repeat(80))]);
    } finally {
      await proxy.close();
    }
  });
});

test.each([
  ["CONNECT [::1]:8443 HTTP/1.1", "[::1]:8443"],
  ["POST https://a.example/b HTTP/1.1", "a.example:443"],
  ["GET http://a.example:81/b HTTP/1.1", "a.example:81"],
  ["GET /path HTTP/1.1", '"GET /path HTTP/1.1"'],
  ["CONNECT", '"CONNECT"'],
])("parseProxyTarget() reads %j as %s", (line, target) => {
  expect(parseProxyTarget(line)).toBe(target);
});
