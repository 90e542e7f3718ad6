import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import * as buffer from "node:buffer";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import * as tls from "node:tls";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { Stop } from "../src/send/stop.ts";
import type { BunConnect } from "../src/transport/http1/bun-socket.ts";
import { createHttp1Transport, type SocketModules } from "../src/transport/http1/http1-transport.ts";
import type { Transport, TransportAnswer } from "../src/transport/transport.ts";
import { LOCALHOST, OTHER } from "@claude-on-aws/fixtures/certificates";

const MODULES = { net, tls, buffer, bunConnect: undefined };
const { Bun } = globalThis as { readonly Bun?: { readonly connect: BunConnect } };

/** What sockets in plain text are opened with here. */
const OPENERS: readonly (readonly [name: string, modules: SocketModules])[] = [
  ["node:net", MODULES],
  ...(Bun === undefined ? [] : [["Bun.connect", { ...MODULES, bunConnect: Bun.connect }] as const]),
];

/** Tells how much is received. */
function counting({ bunConnect }: SocketModules, add: (length: number) => void): SocketModules {
  if (bunConnect !== undefined) {
    const connect: BunConnect = (options) => {
      const data: typeof options.socket.data = (raw, bytes) => {
        add(bytes.length);
        options.socket.data(raw, bytes);
      };
      return bunConnect({ ...options, socket: { ...options.socket, data } });
    };
    return { ...MODULES, bunConnect: connect };
  }
  const connect = ((options: net.NetConnectOpts) =>
    net.connect(options).on("data", ({ length }) => add(length))) as typeof net.connect;
  return { ...MODULES, net: { ...net, connect } };
}
const NO_STREAMS: Transport = { send: () => Promise.reject(new Error("a stream")) };

const opened: net.Server[] = [];
const sockets = new Set<net.Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of opened.splice(0)) server.close();
});

/** A service that says of each connection, by its number, what it answers to whatever comes. */
async function serve(onRequest: (socket: net.Socket, connection: number) => void): Promise<string> {
  let connections = 0;
  const server = net.createServer((socket) => {
    const connection = (connections += 1);
    sockets.add(socket);
    socket.on("error", () => {}).on("data", () => onRequest(socket, connection));
  });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}/`;
}

const ask = (transport: Transport, url: string, body: Uint8Array | null = null): Promise<TransportAnswer> => {
  const stop = new Stop();
  const common = { method: "POST", url: new URL(url), headers: [], body, onConnect: () => {} };
  return transport.send({ ...common, stop, signal: stop.signal });
};

async function textOf({ body }: TransportAnswer): Promise<string> {
  let text = "";
  for (let part = await body?.read(); part; part = await body?.read()) text += new TextDecoder().decode(part);
  return text;
}

const answer = (text: string, more = ""): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n${more}\r\n${text}`;

describe.each(OPENERS)("a connection of %s", (_, modules) => {
  test.each<[string, (connection: number) => string, readonly string[]]>([
    ["is used again", (connection) => answer(`${connection}`), ["1", "1", "1"]],
    [
      "is not used again where the service says so",
      (connection) => answer(`${connection}`, "connection: close\r\n"),
      ["1", "2", "3"],
    ],
    [
      "is not used again where the service is about to close it",
      (connection) => answer(`${connection}`, "keep-alive: timeout=1\r\n"),
      ["1", "2", "3"],
    ],
    [
      "is not used again behind an answer that nobody asked for",
      (connection) => answer(`${connection}`) + answer("another's"),
      ["1", "2", "3"],
    ],
  ])("%s", async (_name, reply, expected) => {
    const url = await serve((socket, connection) => void socket.write(reply(connection)));
    const transport = createHttp1Transport(modules, NO_STREAMS);
    const given: string[] = [];
    while (given.length < expected.length) given.push(await textOf(await ask(transport, url)));

    expect(given).toEqual(expected);
  });

  test("is not used again where the service answered before it had the request", async () => {
    // More than all buffers of the operating system take.
    const body = new Uint8Array(24 * 1_048_576);
    const url = await serve((socket, connection) => {
      socket.pause();
      socket.write(answer(`${connection}`));
    });
    const transport = createHttp1Transport(modules, NO_STREAMS);

    expect(await textOf(await ask(transport, url, body))).toBe("1");
    expect(await textOf(await ask(transport, url))).toBe("2");
  });

  test("gives the answer to a body that is refused before it has gone out", async () => {
    const body = new Uint8Array(1_000_000);
    const url = await serve((socket) => {
      socket.pause();
      socket.end("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
    });
    const statuses: unknown[] = [];
    for (let at = 0; at < 10; at += 1) {
      statuses.push((await ask(createHttp1Transport(modules, NO_STREAMS), url, body)).status);
    }

    expect(statuses).toEqual(statuses.map(() => 413));
  });

  test("is closed by an answer that comes before it is asked for", async () => {
    let first: net.Socket | undefined;
    const url = await serve((socket, connection) => {
      first ??= socket;
      socket.write(answer(`${connection}`));
    });
    const transport = createHttp1Transport(modules, NO_STREAMS);
    await textOf(await ask(transport, url));
    const closed = new Promise((resolve) => first?.on("close", resolve));
    first?.write(answer("another's"));
    await closed;

    expect(await textOf(await ask(transport, url))).toBe("2");
  });

  test("is closed where the answer is no HTTP, and says so", async () => {
    const url = await serve((socket) => void socket.write("SSH-2.0-OpenSSH_10.0\r\n\r\n"));

    await expect(ask(createHttp1Transport(modules, NO_STREAMS), url)).rejects.toThrow(
      "the answer is no HTTP/1.1 that can be read: it does not begin with a status line",
    );
  });

  test("that ends in place of a length ends its answer", async () => {
    const url = await serve((socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\nhello"));

    expect(await textOf(await ask(createHttp1Transport(modules, NO_STREAMS), url))).toBe("hello");
  });

  test("receives no more than a few parts of an answer that nobody reads, and all of it where somebody does", async () => {
    // More than all buffers between here and there hold.
    const most = 64 * 1_048_576;
    const piece = new Uint8Array(65_536).fill(97);
    let total = most;
    let written = 0;
    const url = await serve((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const write = (): void => {
        if (written === total) return void socket.end();
        written += piece.length;
        socket.write(piece, write);
      };
      write();
    });
    let received = 0;
    const counted = counting(modules, (length) => (received += length));
    const transport = createHttp1Transport(counted, NO_STREAMS);
    const { body } = await ask(transport, url);
    // They are full where nothing more is written.
    for (let seen = -1; seen !== written;) {
      seen = written;
      for (let turn = 0; turn < 200; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(written).toBeLessThan(most);
    expect(received).toBeLessThanOrEqual(262_144);

    total = written + 64 * piece.length;
    let read = 0;
    for (let part = await body?.read(); part; part = await body?.read()) {
      read += part.length;
      expect(received - read).toBeLessThanOrEqual(262_144);
    }
    expect(read).toBe(total);
  });
});

test("a connection that fails before there is one is told, with why", async () => {
  const failed = Object.assign(new Error("there is no route"), { code: "ENETUNREACH" });
  // As Bun does it where there is no route: at once, and by the promise too.
  const bunConnect = ((options: Parameters<BunConnect>[0]) => {
    options.socket.connectError(undefined as never, failed);
    return Promise.reject(failed);
  }) as BunConnect;

  await expect(ask(createHttp1Transport({ ...MODULES, bunConnect }, NO_STREAMS), "http://192.0.2.1/")).rejects.toBe(
    failed,
  );
});

test("a connection without a route fails as a connection does", async () => {
  const [, modules] = OPENERS.at(-1) ?? ["", MODULES];
  // An address that nothing can be sent to from here.
  const sent = ask(createHttp1Transport(modules, NO_STREAMS), "http://255.255.255.255:9/");

  await expect(sent).rejects.toMatchObject({ code: expect.stringMatching(/^E[A-Z]+$/) });
});

async function serveTls({
  cert,
  key,
}: typeof LOCALHOST): Promise<{ readonly port: number; readonly names: unknown[]; readonly received: string[] }> {
  const names: unknown[] = [];
  const received: string[] = [];
  const server = tls.createServer({ cert, key }, (socket) => {
    names.push(socket.servername);
    sockets.add(socket);
    socket
      .on("error", () => {})
      .on("data", (bytes) => {
        received.push(bytes.toString("latin1"));
        socket.write(answer("hello"));
      });
  });
  server.on("tlsClientError", () => {});
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as net.AddressInfo).port, names, received };
}

describe("in TLS", () => {
  /** Trusts the certificates of the tests, and looks at them as always. */
  const trusting = (ca: string[]): typeof MODULES => ({
    ...MODULES,
    tls: {
      ...tls,
      connect: ((options: tls.ConnectionOptions) => tls.connect({ ...options, ca })) as typeof tls.connect,
    },
  });

  test("a service is reached by its name and by its address", async () => {
    const { port, names } = await serveTls(LOCALHOST);
    const transport = createHttp1Transport(trusting([LOCALHOST.cert]), NO_STREAMS);

    expect(await textOf(await ask(transport, `https://localhost:${port}/`))).toBe("hello");
    expect(await textOf(await ask(transport, `https://localhost:${port}/`))).toBe("hello");
    expect(await textOf(await ask(transport, `https://127.0.0.1:${port}/`))).toBe("hello");
    expect(names.map((name) => name || null)).toEqual(["localhost", null]);
  });

  test("a service is sent nothing whose certificate is for another name, or that nobody trusts", async () => {
    const [other, own] = [await serveTls(OTHER), await serveTls(LOCALHOST)];
    const transport = createHttp1Transport(trusting([OTHER.cert]), NO_STREAMS);

    await expect(ask(transport, `https://localhost:${other.port}/`)).rejects.toThrow();
    await expect(ask(transport, `https://127.0.0.1:${other.port}/`)).rejects.toThrow();
    await expect(ask(transport, `https://localhost:${own.port}/`)).rejects.toThrow();
    await expect(ask(createHttp1Transport(MODULES, NO_STREAMS), `https://localhost:${own.port}/`)).rejects.toThrow();
    expect([...other.received, ...own.received]).toEqual([]);
  });
});

describe("a process", () => {
  /** Runs the program that asks for these URLs to its end; gives what it wrote, and how it ended. */
  async function run(urls: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
    const program = fileURLToPath(new URL("support/asking-program.ts", import.meta.url));
    const args = [...("Deno" in globalThis ? ["run", "-A", "--quiet"] : []), program, ...urls];
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "ignore"],
      env: { PATH, HOME, ...RUNTIME_CACHES, ...env },
    });
    let out = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    const status = await new Promise((resolve) => child.once("close", resolve));
    return [...out.trim().split("\n"), status];
  }

  test("ends with connections that are idle, and trusts whom NODE_EXTRA_CA_CERTS names, and no others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "http1-transport-"));
    try {
      const file = join(folder, "ca.pem");
      await writeFile(file, LOCALHOST.cert);
      const plain = await serve((socket, connection) => void socket.write(answer(`${connection}`)));
      const [own, other] = [await serveTls(LOCALHOST), await serveTls(OTHER)];
      const urls = [plain, plain, `https://localhost:${own.port}/`];

      expect(await run(urls, { NODE_EXTRA_CA_CERTS: file })).toEqual(["1", "1", "hello", 0]);
      expect(await run([`https://localhost:${other.port}/`], { NODE_EXTRA_CA_CERTS: file })).toEqual(["", 1]);
      expect(await run([`https://localhost:${own.port}/`])).toEqual(["", 1]);
      expect([other.received.length, own.received.length]).toEqual([0, 1]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("that was held up while its connection was closed takes another", async () => {
    const url = await serve((socket, connection) =>
      connection === 1 ? void socket.end(answer("1")) : void socket.write(answer(`${connection}`)),
    );

    expect(await run([url, "1100", url, url])).toEqual(["1", "2", "2", 0]);
  });
});
