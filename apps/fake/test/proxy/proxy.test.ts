import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { isOwnCell, soakLength } from "@claude-on-aws/fixtures";
import { http, HttpResponse } from "msw";
import { describe, expect, test } from "vitest";
import { createFake } from "../../src/index.ts";
import { createFakeCore, formatReport, serve } from "../../src/server.ts";
import { sendBytes } from "../support/raw-http.ts";
import { CLIENT_RUNTIMES, type ClientRuntime, runSecuredClient } from "../support/run-secured-client.ts";
import { startSecuredFake } from "../support/start-secured-fake.ts";
import { openTunnel, request1, request2, startTls, untilClosed } from "../support/tunnel.ts";

const fake = startSecuredFake({ proxy: true });
const HOST = "bedrock-runtime.eu-west-1.amazonaws.com";

async function tunnel(host = HOST, ...ALPNProtocols: string[]) {
  const { status, socket } = await openTunnel(fake.server.port, `${host}:443`);
  expect(status).toBe(200);
  return startTls({ socket, ca: fake.ca, servername: host, ALPNProtocols });
}

describe("serve() with proxy", () => {
  test("speaks HTTP/1.1 inside a tunnel, as the host that was asked for", async () => {
    const said = await request1(await tunnel(), "/model/x/invoke", HOST);
    const [exchange] = fake.core.journal.snapshot().exchanges;

    expect(said).toMatch(/^HTTP\/1\.1 \d{3}/);
    expect(exchange).toMatchObject({ provider: "bedrock", wire: "received", request: { target: "/model/x/invoke" } });
    expect(exchange?.request.headers).toContainEqual(["Host", HOST]);
  });

  test("speaks HTTP/2 inside a tunnel", async () => {
    const host = "aws-external-anthropic.us-west-2.api.aws";
    const { status } = await request2(await tunnel(host, "h2"), "/v1/models", host);
    const [exchange] = fake.core.journal.snapshot().exchanges;

    expect(status).toBe(401);
    expect(exchange).toMatchObject({ provider: "anthropic-aws", request: { httpVersion: "2.0" } });
  });

  test("answers in absolute form, and keeps the rest of the target", async () => {
    const target = `http://169.254.169.254/latest/meta-data/`;
    const said = await sendBytes(
      fake.server.port,
      `GET ${target} HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n`,
    );

    expect(said).toMatch(/^HTTP\/1\.1 401 /);
    expect(fake.core.journal.snapshot().exchanges[0]?.request.target).toBe("/latest/meta-data/");
  });

  test("goes by the target in absolute form, whatever Host says", async () => {
    const get = (target: string, ...headers: string[]) =>
      sendBytes(fake.server.port, [`GET ${target} HTTP/1.1`, ...headers, "Connection: close", "", ""].join("\r\n"));

    expect(await get(`http://${HOST}/_fake/journal`, "Host: localhost")).toMatch(/^HTTP\/1\.1 403 /);
    await get(`http://${HOST}:80/kept`, `host: ${HOST.toUpperCase()}`);
    await get(`http://${HOST}/replaced`, "hOsT: example.com");
    const sent = fake.core.journal.snapshot().exchanges.map(({ request }) => [request.target, request.headers[0]]);

    expect(sent).toEqual([
      ["/kept", ["host", HOST.toUpperCase()]],
      ["/replaced", ["hOsT", HOST]],
    ]);
  });

  test("takes plain text in a tunnel to port 80, and to its own", async () => {
    const metadata = await openTunnel(fake.server.port, "169.254.169.254:80");
    const own = await openTunnel(fake.server.port, `127.0.0.1:${fake.server.port}`);

    expect(await request1(metadata.socket, "/latest/meta-data/", "169.254.169.254")).toMatch(/^HTTP\/1\.1 401 /);
    expect(await request1(own.socket, "/_fake/health", `127.0.0.1:${fake.server.port}`)).toContain('"status":"ok"');
  });

  test("lets nobody at its own routes under the name of AWS", async () => {
    expect(await request1(await tunnel(), "/_fake/journal", HOST)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test("refuses other hosts, and lists them", async () => {
    for (const authority of ["api.anthropic.com:443", "s3.amazonaws.com:443", "api.anthropic.com:443", `${HOST}:22`]) {
      const { status, text, socket } = await openTunnel(fake.server.port, authority);
      expect(status).toBe(403);
      expect(text).toContain(`Cannot reach ${authority}: this proxy is a fake of Claude on AWS`);
      await untilClosed(socket);
    }
    const said = await sendBytes(
      fake.server.port,
      "GET http://example.com/x HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n",
    );
    const report = fake.core.report();

    expect(said).toMatch(/^HTTP\/1\.1 403 /);
    expect(report.refusedHosts).toEqual([
      { host: "api.anthropic.com:443", count: 2 },
      { host: "s3.amazonaws.com:443", count: 1 },
      { host: `${HOST}:22`, count: 1 },
      { host: "example.com:80", count: 1 },
    ]);
    expect(report.exchanges).toBe(0);
    expect(formatReport(report, "text")).toContain(
      "The proxy refused: api.anthropic.com:443 (2 x), s3.amazonaws.com:443",
    );
    expect(formatReport(report, "markdown")).toContain("The proxy refused: `api.anthropic.com:443` (2 x)");
    expect(JSON.parse(formatReport(report, "json"))).toHaveProperty("refusedHosts");
    fake.core.reset();
    expect(fake.core.report()).not.toHaveProperty("refusedHosts");
  });

  test("lists hosts to which a client connected without asking anything, as long as it asked nothing", async () => {
    const { socket } = await openTunnel(fake.server.port, `${HOST}:443`);
    await startTls({ socket, ca: "", servername: HOST, ALPNProtocols: [] }).catch(() => undefined);
    socket.destroy();
    const report = fake.core.report();

    expect(report).toMatchObject({ exchanges: 0, silentHosts: [{ host: `${HOST}:443`, count: 1 }] });
    for (const format of ["text", "markdown"] as const) {
      expect(formatReport(report, format)).toContain("A client connected through the proxy and sent no request: ");
    }
    await request1(await tunnel(), "/model/x/invoke", HOST);
    expect(fake.core.report()).not.toHaveProperty("silentHosts");
    fake.core.reset();
    expect(fake.core.report()).not.toHaveProperty("silentHosts");
  });

  test("opens no connection to another service of this machine", async () => {
    let connections = 0;
    const other = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { readonly port: number };
    try {
      for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
        const { status, socket } = await openTunnel(fake.server.port, `${host}:${port}`);
        expect(status).toBe(403);
        socket.destroy();
      }
      const absolute = `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
      expect(await sendBytes(fake.server.port, absolute)).toMatch(/^HTTP\/1\.1 403 /);
      expect(connections).toBe(0);
    } finally {
      other.close();
    }
  });

  test.each([
    ["CONNECT nowhere HTTP/1.1\r\n\r\n", "without a port"],
    [`CONNECT ${"x".repeat(20_000)}`, "without an end"],
  ])("answers 400 to a CONNECT %#: $1", async (bytes) => {
    expect(await sendBytes(fake.server.port, bytes)).toMatch(/^HTTP\/1\.1 400 .*\r\n[^]*Cannot read this CONNECT/);
  });

  test("takes a CONNECT byte by byte", async () => {
    const socket = connect(fake.server.port, "127.0.0.1");
    for (const character of `CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`) {
      socket.write(character);
      await delay(1);
    }
    const [answer] = (await once(socket, "data")) as [Buffer];

    expect(answer.toString()).toBe("HTTP/1.1 200 Connection Established\r\n\r\n");
    const secured = await startTls({ socket, ca: fake.ca, servername: HOST });
    expect(await request1(secured, "/", HOST)).toMatch(/^HTTP\/1\.1 /);
  });

  test("outlives clients that hang up in the middle, and garbage", async () => {
    for (const bytes of ["C", `CONNECT ${HOST}:4`, `CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`, "\u0016\u0003\u0001"]) {
      const socket = connect(fake.server.port, "127.0.0.1");
      await once(socket, "connect");
      socket.write(bytes);
      await delay(5);
      socket.resetAndDestroy();
    }
    for (const garbage of [
      "GET / HTTP/1.1\r\n\r\n",
      "\u0000\u0001\u0002",
      "\u0016garbage that is no handshake at all",
    ]) {
      const { socket } = await openTunnel(fake.server.port, `${HOST}:443`);
      socket.on("error", () => {});
      socket.write(garbage);
      await untilClosed(socket);
    }
    const begun = await tunnel();
    begun.on("error", () => {});
    begun.write("POST /model/x/invoke HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc");
    begun.destroy();

    expect(await request1(await tunnel(), "/", HOST)).toMatch(/^HTTP\/1\.1 /);
  });

  const atOnce = soakLength(200, 64);

  test(`holds ${atOnce} tunnels at once`, async () => {
    const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1"];
    const opened = await Promise.all(
      Array.from({ length: atOnce }, (_, index) => {
        const host = `bedrock-runtime.${regions[index % regions.length]}.amazonaws.com`;
        return tunnel(host).then((socket) => ({ host, socket }));
      }),
    );
    const said = await Promise.all(opened.map(({ host, socket }, index) => request1(socket, `/${index}`, host)));

    expect(said.filter((text) => text.startsWith("HTTP/1.1 "))).toHaveLength(atOnce);
    expect(fake.core.report().exchanges).toBe(atOnce);
  });

  test("speaks HTTPS on its own port too, with tls in its URL", async () => {
    const server = await serve(createFakeCore(), { port: 0, tls: true, proxy: true });
    try {
      expect(server).toMatchObject({
        url: `https://127.0.0.1:${server.port}`,
        proxyUrl: `http://127.0.0.1:${server.port}`,
      });
      expect(
        await sendBytes(server.port, "GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
      ).toContain("200 OK");
    } finally {
      await server.close();
    }
  });

  test("ends everything when it is closed", async () => {
    const server = await serve(createFakeCore(), { port: 0, proxy: true });
    const waiting = connect(server.port, "127.0.0.1");
    const tunnels = [
      waiting,
      ...(await Promise.all([1, 2].map(() => openTunnel(server.port, `${HOST}:443`)))).map(({ socket }) => socket),
    ];
    for (const socket of tunnels) socket.on("error", () => {});
    const closed = Promise.all(tunnels.map(untilClosed));
    await server.close();

    await closed;
    await expect(openTunnel(server.port, `${HOST}:443`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("createFake().listen() with proxy", () => {
  test("lets a handler answer for the URL that the client asked", async () => {
    const own = createFake({
      overrides: [http.get(`https://${HOST}/answered`, () => HttpResponse.text("by a handler", { status: 418 }))],
    });
    const server = await own.listen({ port: 0, proxy: true });
    try {
      const { socket } = await openTunnel(server.port, `${HOST}:443`);
      const ca = await readFile(server.certificateFile ?? "", "utf8");
      const secured = await startTls({ socket, ca, servername: HOST });
      expect(await request1(secured, "/answered", HOST)).toMatch(/^HTTP\/1\.1 418 [^]*by a handler/);
    } finally {
      await own.close();
    }
  });
});

describe("official clients through the proxy, with no base URL", () => {
  /** A row for each client, which is asked on one of the runtimes by each runtime that the fake runs on. */
  const own = (row: number): readonly ClientRuntime[] => CLIENT_RUNTIMES.filter((_, column) => isOwnCell(row, column));
  const clients: readonly (readonly [client: string, runtime: ClientRuntime, host: string])[] = [
    ...own(0).map((runtime) => ["fetch", runtime, "aws-external-anthropic.eu-west-1.api.aws"] as const),
    ...own(1).map((runtime) => ["aws-sdk", runtime, "aws-external-anthropic.us-east-2.api.aws"] as const),
    ["bedrock-sdk", "node", "bedrock-runtime.us-east-2.amazonaws.com"],
    ["aws-agent", "node", "bedrock-runtime.us-east-2.amazonaws.com"],
  ];

  test.each(clients)("%s on %s asks %s", async (client, runtime, host) => {
    expect(await runSecuredClient(fake.server, client, runtime)).toBe(client === "fetch" ? 200 : "hello from far");
    const [exchange] = fake.core.journal.snapshot().exchanges;

    const named = exchange?.request.headers.filter(([name]) => /^(?:host|:authority)$/i.test(name));
    // Deno's fetch agrees to HTTP/2, which has another word for it.
    expect(named?.map(([, value]) => value)).toContain(host);
    expect(fake.core.report()).toMatchObject({ exchanges: 1, failed: 0 });
  });

  test.each(own(2))("fetch on %s reaches no other host", async (runtime) => {
    const answer = await runSecuredClient(fake.server, "fetch-elsewhere", runtime);

    expect(answer === 403 || Object.hasOwn(answer as object, "error")).toBe(true);
    expect(fake.core.report().refusedHosts).toMatchObject([{ host: "telemetry.example.com:443" }]);
  });
});
