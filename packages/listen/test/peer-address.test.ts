import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import type { Handler } from "../src/index.ts";
import { ask, MODES } from "./support/ask.ts";
import { bytes, signal, withServer } from "./support/serve.ts";

const sayPeer: Handler = (_, request) => ({
  status: 200,
  headers: [],
  body: bytes(String(request.peerAddress)),
});

/** An address of this machine that is not loopback, where it has one. */
const OWN_ADDRESS = Object.values(networkInterfaces())
  .flat()
  .find((address) => address !== undefined && !address.internal && address.family === "IPv4")?.address;

describe.each(MODES)("request.peerAddress over $name", (mode) => {
  test("is the address of the client", async () => {
    await withServer(sayPeer, mode.options, async (server) => {
      const { answer } = await ask(mode, server);

      expect((await answer).body).toBe("127.0.0.1");
    });
  });

  test("is still there once the body was read", async () => {
    const afterBody: Handler = async (head, request) => {
      await request.read(100);
      return sayPeer(head, request);
    };
    await withServer(afterBody, mode.options, async (server) => {
      const { answer } = await ask(mode, server, { method: "POST", body: "hello" });

      expect((await answer).body).toBe("127.0.0.1");
    });
  });

  test("can be asked for when the client is gone, and is its address or nothing", async () => {
    const came = signal();
    const asked = signal<string | undefined>();
    const late: Handler = async (head, request) => {
      came.resolve();
      await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      asked.resolve(request.peerAddress);
      return sayPeer(head, request);
    };
    await withServer(late, mode.options, async (server) => {
      const leaving = await ask(mode, server);
      await came.promise;
      leaving.leave("end");

      expect([undefined, "127.0.0.1"]).toContain(await asked.promise);
    });
  });
});

describe("request.peerAddress", () => {
  test.skipIf(OWN_ADDRESS === undefined)(
    `is no address of loopback where the client comes from elsewhere${OWN_ADDRESS === undefined ? " (skipped: this machine has no other address)" : ""}`,
    async () => {
      const address = OWN_ADDRESS as string;
      await withServer(sayPeer, { host: "0.0.0.0" }, async ({ port }) => {
        const socket = connect({ port, host: address, localAddress: address });
        await once(socket, "connect");
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let text = "";
        socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
        await once(socket, "close");

        expect(text.endsWith(`\r\n\r\n${address}`)).toBe(true);
      });
    },
  );
});
