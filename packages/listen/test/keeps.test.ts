import { sendBytes } from "@claude-on-aws/fixtures/abuse";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { listen } from "../src/index.ts";

type Fetch = (request: Request) => Promise<Response>;
declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: Fetch }): { port: number; stop(now: boolean): unknown };
};
declare const Deno: {
  serve(
    options: { port: number; hostname: string; onListen: () => void },
    handler: Fetch,
  ): { addr: { port: number }; shutdown(): unknown };
};

/** A server that notes what it is asked. */
interface Noting {
  readonly port: number;
  readonly close: () => unknown;
}
type Note = (target: string, headers: readonly string[]) => void;

const later = (): Promise<void> => new Promise((next) => setImmediate(next));

const fetchHandler =
  (note: Note): Fetch =>
  async ({ url, headers }) => {
    note(url, [...headers].flat());
    await later();
    return new Response("ok");
  };

const SERVERS: Readonly<Record<string, (note: Note) => Promise<Noting>>> = {
  listen: (note) =>
    listen(async ({ target, headers }) => {
      note(target, headers.flat());
      await later();
      return { status: 200, headers: [], body: new Uint8Array() };
    }),
  "node:http": async (note) => {
    const server = createServer(({ url = "", rawHeaders }, response) => {
      note(url, rawHeaders);
      void later().then(() => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  },
  ...("Bun" in globalThis && {
    "Bun.serve": async (note: Note) => {
      const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: fetchHandler(note) });
      return { port: server.port, close: () => server.stop(true) };
    },
  }),
  ...("Deno" in globalThis && {
    "Deno.serve": async (note: Note) => {
      const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, fetchHandler(note));
      return { port: server.addr.port, close: () => server.shutdown() };
    },
  }),
};

/** What the README says of each: target, headers, host of an absolute target, requests ahead. */
const KEEPS: Readonly<Record<string, readonly [target: boolean, headers: boolean, host: boolean, ahead: boolean]>> = {
  listen: [true, true, true, true],
  "node:http": [true, true, true, true],
  "Deno.serve": [true, false, true, true],
  "Bun.serve": [false, false, false, false],
};

describe.each(Object.entries(SERVERS))("what %s keeps", (name, start) => {
  test("is what the README says", async () => {
    const notes: (readonly [target: string, headers: readonly string[]])[] = [];
    const { port, close } = await start((...note) => void notes.push(note));
    const last = "Connection: close\r\n\r\n";
    await sendBytes(
      port,
      `GET //a/./b/../%7e?x=%2F HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nx-TWO: 2\r\nX-One: 3\r\n${last}`,
    );
    await sendBytes(port, `GET http://other.example/ HTTP/1.1\r\nHost: x\r\n${last}`);
    const answer = await sendBytes(port, `GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n${last}`);
    await close();

    expect([
      notes[0]?.[0].endsWith("//a/./b/../%7e?x=%2F"),
      notes[0]?.[1].join().includes("Host,x,X-One,1,x-TWO,2,X-One,3"),
      notes[1]?.[0].startsWith("http://other.example/"),
      answer.match(/HTTP\/1\.1 200/g)?.length === 2,
    ]).toEqual(KEEPS[name]);
  });
});
