import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { isOwnCell } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { applyEnvironment } from "../../src/environment/apply-environment.ts";
import { createFakeCore, serve } from "../../src/server.ts";
import { parseReply, sendBytes } from "../support/raw-http.ts";
import { CLIENT_RUNTIMES, runSecuredClient } from "../support/run-secured-client.ts";
import { startSecuredFake } from "../support/start-secured-fake.ts";
import { request1, request2, sendText, startTls } from "../support/tunnel.ts";

const fake = startSecuredFake({ tls: true });

describe("serve() with tls", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("speaks %s", async (version) => {
    const { server, ca } = fake;
    const socket = await startTls({
      host: "127.0.0.1",
      port: server.port,
      ca,
      minVersion: version,
      maxVersion: version,
    });

    expect(socket.getProtocol()).toBe(version);
    expect(await request1(socket, "/_fake/health", `127.0.0.1:${server.port}`)).toContain('{"status":"ok"');
  });

  test("agrees to HTTP/2, and to HTTP/1.1", async () => {
    const { server, ca } = fake;
    const offer = (...ALPNProtocols: string[]) =>
      startTls({ host: "127.0.0.1", port: server.port, ca, servername: "localhost", ALPNProtocols });
    const second = await offer("h2", "http/1.1");
    const first = await offer("http/1.1");

    expect([second.alpnProtocol, first.alpnProtocol]).toEqual(["h2", "http/1.1"]);
    const health = await request2(second, "/_fake/health", `localhost:${server.port}`);
    expect(health).toMatchObject({ status: 200 });
    first.destroy();
  });

  test("shows a certificate for the AWS host that a client names", async () => {
    const { server, ca } = fake;
    const servername = "bedrock-runtime.ap-south-1.amazonaws.com";
    // The client itself compares the name, and fails where it is another.
    const socket = await startTls({ host: "127.0.0.1", port: server.port, ca, servername });

    expect(await request1(socket, "/model/x/invoke", servername)).toMatch(/^HTTP\/1\.1 \d{3}/);
    expect(fake.core.journal.snapshot().exchanges[0]?.provider).toBe("bedrock");
  });

  test("links a refusal to the exchange, where it can be read", async () => {
    const { server, ca } = fake;
    const socket = await startTls({ host: "127.0.0.1", port: server.port, ca });

    expect(await request1(socket, "/v1/models", `127.0.0.1:${server.port}`)).toContain(
      `x-claude-on-aws-exchange: ${server.url}/_fake/exchanges/`,
    );
  });

  test("is not trusted for another name, or by who does not know the authority", async () => {
    const { server, ca } = fake;
    const address = { host: "127.0.0.1", port: server.port };

    await expect(startTls({ ...address, ca, servername: "example.com" })).rejects.toThrow();
    await expect(startTls({ ...address, servername: "localhost" })).rejects.toThrow();
  });

  test.each(["http/1.1", "h2"])("lets its own page ask the fake itself over %s, and no other one", async (protocol) => {
    const { server, ca } = fake;
    const host = `localhost:${server.port}`;
    const ask = async (origin: string): Promise<number> => {
      const socket = await startTls({
        host: "127.0.0.1",
        port: server.port,
        ca,
        servername: "localhost",
        ALPNProtocols: [protocol],
      });
      if (protocol === "h2")
        return (await request2(socket, "/_fake/reset", host, { ":method": "POST", origin })).status;
      const head = `POST /_fake/reset HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Length: 0\r\n`;
      return parseReply(await sendText(socket, `${head}Connection: close\r\n\r\n`)).status;
    };

    expect(await ask(`https://${host}`)).toBe(200);
    expect(await ask(`http://${host}`)).toBe(403);
    expect(await ask("https://attacker.example")).toBe(403);
  });

  test("says in plain text that it speaks HTTPS", async () => {
    const said = await sendBytes(fake.server.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain("this port speaks HTTPS");
  });

  test("is no proxy", async () => {
    const said = await sendBytes(fake.server.port, "CONNECT sts.amazonaws.com:443 HTTP/1.1\r\n\r\n");

    expect(said).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("leaves HTTP/2 away with http: 1", async () => {
    const server = await serve(createFakeCore(), { port: 0, tls: true, http: "1" });
    try {
      const ca = await readFile(server.certificateFile ?? "", "utf8");
      const socket = await startTls({ host: "127.0.0.1", port: server.port, ca, ALPNProtocols: ["h2", "http/1.1"] });
      expect(socket.alpnProtocol).toBe("http/1.1");
      expect(await request1(socket, "/_fake/health", "localhost")).toContain("200 OK");
    } finally {
      await server.close();
    }
  });

  test("cannot listen on a port that is taken, and leaves no file behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tls-taken-"));
    const restore = applyEnvironment(process.env, { TMPDIR: folder });
    try {
      await expect(serve(createFakeCore(), { port: fake.server.port, tls: true })).rejects.toMatchObject({
        code: "EADDRINUSE",
      });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      restore();
      await rm(folder, { recursive: true });
    }
  });

  test("writes its certificate, never a key, where only this user can read it, and takes it away", async () => {
    const server = await serve(createFakeCore(), { port: 0, tls: true });
    const file = server.certificateFile ?? "";
    const folder = dirname(file);

    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toHaveLength(1);
    expect(await readFile(file, "utf8")).toMatch(
      /^-----BEGIN CERTIFICATE-----\n[\w+/=\n]+-----END CERTIFICATE-----\n$/,
    );
    await server.close();
    await expect(stat(folder)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("replaces a link that lies under the name of its certificate, and follows none", async () => {
    const certificateDirectory = await mkdtemp(join(tmpdir(), "tls-directory-"));
    try {
      const victim = join(certificateDirectory, "victim");
      await writeFile(victim, "untouched");
      await symlink(victim, join(certificateDirectory, "claude-on-aws-fake-ca.pem"));
      const server = await serve(createFakeCore(), { port: 0, tls: true, certificateDirectory });
      await server.close();
      expect(await readFile(victim, "utf8")).toBe("untouched");
      expect(await readFile(server.certificateFile ?? "", "utf8")).toMatch(/^-----BEGIN CERTIFICATE-----/);
    } finally {
      await rm(certificateDirectory, { recursive: true });
    }
  });

  test("leaves its certificate in a folder that was named", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tls-directory-"));
    try {
      const server = await serve(createFakeCore(), {
        port: 0,
        tls: true,
        certificateDirectory: join(directory, "new"),
      });
      await server.close();
      expect(server.certificateFile).toMatch(/^\//);
      expect(await readdir(join(directory, "new"))).toEqual(["claude-on-aws-fake-ca.pem"]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("official clients over HTTPS", () => {
  // A row beside those of a proxy: there, each runtime of a client meets each of the fake.
  const runtimes = CLIENT_RUNTIMES.filter((_, column) => isOwnCell(0, column));

  test.each(runtimes)("@anthropic-ai/aws-sdk on %s", async (runtime) => {
    expect(await runSecuredClient(fake.server, "aws-sdk", runtime)).toBe("hello from far");
    expect(fake.core.report()).toMatchObject({ exchanges: 1, failed: 0 });
  });

  test("AWS's SDK with its own handler speaks HTTP/2", async () => {
    expect(await runSecuredClient(fake.server, "aws-default")).toBe("hello from far");
    expect(fake.core.journal.snapshot().exchanges.map(({ request }) => request.httpVersion)).toEqual(["2.0"]);
    expect(fake.core.report().failed).toBe(0);
  });
});
