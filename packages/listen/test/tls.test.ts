import { parseReply, sendBytes } from "@claude-on-aws/fixtures/abuse";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, createSecureContext, type TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import { type Handler, listen, type ListenOptions, readFirstBytes } from "../src/index.ts";
import { LOCALHOST, OTHER } from "@claude-on-aws/fixtures";
import { bytes, withServer } from "./support/serve.ts";

const ok: Handler = ({ secure, httpVersion }) => ({
  status: 200,
  headers: [],
  body: bytes(`${secure === true ? "secure" : "plain"} ${httpVersion}`),
});
const REQUEST = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/** Speaks TLS. */
function startTls(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const given = { port, host: "127.0.0.1", ca: [LOCALHOST.cert, OTHER.cert], servername: "localhost", ...options };
    const socket = connectTls(given, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends a text and reads until the server hangs up. */
function sendText(socket: Socket, sent: string): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    socket.on("error", () => {});
    socket.once("close", () => resolve(received));
    socket.write(sent);
  });
}

describe("listen() with tls", () => {
  test("is reached by https", async () => {
    await withServer(ok, { tls: LOCALHOST }, async ({ url, port }) => {
      expect(url).toBe(`https://127.0.0.1:${port}`);
    });
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("speaks %s", async (version) => {
    await withServer(ok, { tls: LOCALHOST }, async ({ port }) => {
      const socket = await startTls(port, { minVersion: version, maxVersion: version });

      expect(socket.getProtocol()).toBe(version);
      expect(await sendText(socket, REQUEST)).toContain("secure 1.1");
    });
  });

  test("speaks no older version than it is told", async () => {
    await withServer(ok, { tls: { ...LOCALHOST, minVersion: "TLSv1.3" } }, async ({ port }) => {
      await expect(startTls(port, { maxVersion: "TLSv1.2" })).rejects.toThrow();
    });
  });

  test.each<[ListenOptions, string[], string | false]>([
    [{}, ["h2", "http/1.1"], "h2"],
    [{}, ["http/1.1"], "http/1.1"],
    [{ http2: false }, ["h2", "http/1.1"], "http/1.1"],
  ])("with %o agrees of %j to %s", async (options, ALPNProtocols, agreed) => {
    await withServer(ok, { tls: LOCALHOST, ...options }, async ({ port }) => {
      const socket = await startTls(port, { ALPNProtocols });

      expect(socket.alpnProtocol).toBe(agreed);
      socket.destroy();
    });
  });

  test("shows a certificate by the name that a client asks for", async () => {
    const other = createSecureContext(OTHER);
    const asked: string[] = [];
    const contextFor = (name: string) => {
      asked.push(name);
      return name === "other.example" ? other : undefined;
    };
    await withServer(ok, { tls: { ...LOCALHOST, contextFor } }, async ({ port }) => {
      // The client itself compares the name, and fails where it is another.
      const socket = await startTls(port, { servername: "other.example" });
      expect(await sendText(socket, REQUEST)).toContain("secure 1.1");
      expect(await sendText(await startTls(port), REQUEST)).toContain("secure 1.1");
      await expect(startTls(port, { servername: "third.example" })).rejects.toThrow();
    });

    expect(asked).toEqual(["other.example", "localhost", "third.example"]);
  });

  test("outlives a name for which there is an error", async () => {
    const contextFor = (name: string) => {
      if (name === "localhost") return undefined;
      throw new Error("no");
    };
    await withServer(ok, { tls: { ...LOCALHOST, contextFor } }, async ({ port }) => {
      await expect(startTls(port, { servername: "other.example" })).rejects.toThrow();
      expect(await sendText(await startTls(port), REQUEST)).toContain("secure 1.1");
    });
  });

  test("says in plain text that it speaks HTTPS", async () => {
    await withServer(ok, { tls: LOCALHOST }, async ({ port }) => {
      const reply = parseReply(await sendBytes(port, REQUEST));

      expect(reply).toMatchObject({ status: 400 });
      expect(reply.body).toContain("this port speaks HTTPS");
    });
  });

  test.each([
    ["a certificate that is none", { cert: "none", key: LOCALHOST.key }, "the certificate cannot be read"],
    ["a key that is none", { cert: LOCALHOST.cert, key: "none" }, "the key cannot be read"],
    ["the key of another", { cert: LOCALHOST.cert, key: OTHER.key }, "does not belong to"],
  ])("does not begin with %s", async (_, tls, message) => {
    await expect(listen(ok, { tls })).rejects.toMatchObject({
      code: "CERTIFICATE_INVALID",
      message: expect.stringContaining(message),
    });
  });

  test("hangs up on a client that falls silent before its handshake, or in the middle of it", async () => {
    await withServer(ok, { tls: LOCALHOST, handshakeTimeoutMs: 150 }, async ({ port }) => {
      for (const sent of ["", "\x16", "\x16\x03\x01\x02\x00\x01"]) {
        expect(await sendBytes(port, sent)).not.toContain("HTTP");
      }
    });
  });

  test.each([["h2"], ["http/1.1"], []])(
    "hangs up on a client that falls silent after it agreed to %s",
    async (...agreed) => {
      await withServer(ok, { tls: LOCALHOST, headTimeoutMs: 150 }, async ({ port }) => {
        const socket = await startTls(port, { ALPNProtocols: agreed });
        socket.on("error", () => {});
        socket.resume();
        await new Promise((closed) => socket.once("close", closed));

        expect(socket.destroyed).toBe(true);
      });
    },
  );

  test("outlives clients that hang up in the middle, and garbage", async () => {
    await withServer(ok, { tls: LOCALHOST }, async ({ port }) => {
      for (const sent of ["", "\x16", "\x16\x03\x01\x02\x00\x01\x00", "\x16garbage that is no handshake at all"]) {
        const socket = connect(port, "127.0.0.1");
        await once(socket, "connect");
        socket.on("error", () => {});
        socket.write(Buffer.from(sent, "latin1"));
        await new Promise((next) => setTimeout(next, 10));
        socket.resetAndDestroy();
      }
      expect(await sendText(await startTls(port), REQUEST)).toContain("secure 1.1");
    });
  });
});

describe("listen() with onConnection", () => {
  test("hands a connection to a protocol by its first bytes", async () => {
    const onConnection: ListenOptions["onConnection"] = (socket, { tls, plain }) =>
      readFirstBytes(
        socket,
        (seen) => seen[0] === 0x16,
        (isTls) => (isTls ? tls : plain)(socket),
      );
    await withServer(ok, { tls: LOCALHOST, onConnection }, async ({ port }) => {
      expect(await sendText(await startTls(port), REQUEST)).toContain("secure 1.1");
      expect(await sendBytes(port, REQUEST)).toContain("plain 1.1");
    });
  });

  test("takes a part of what was sent for itself, as a proxy does", async () => {
    const greeting = "PROXY\r\n";
    const onConnection: ListenOptions["onConnection"] = (socket, protocols) =>
      readFirstBytes(
        socket,
        (seen) => (seen.length < greeting.length ? undefined : seen.toString().startsWith(greeting)),
        () => {
          socket.read(greeting.length);
          protocols.plain(socket);
        },
      );
    await withServer(ok, { onConnection }, async ({ port }) => {
      expect(await sendBytes(port, greeting + REQUEST)).toContain("plain 1.1");
    });
  });

  test("has no TLS without a certificate", async () => {
    await withServer(ok, { onConnection: (socket, { tls }) => tls(socket) }, async ({ port }) => {
      expect(await sendBytes(port, "\x16").catch(() => "")).toBe("");
    });
  });
});
