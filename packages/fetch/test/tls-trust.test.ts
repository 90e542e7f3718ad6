import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { LOCALHOST } from "@claude-on-aws/fixtures/certificates";
import { expect, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("support/ask-once.ts", import.meta.url));
const COMMAND = "Deno" in globalThis ? ["run", "-A"] : [];

/** Runs a program that asks once, and ends by itself. */
async function askOnce(url: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [...COMMAND, PROGRAM, url], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  child.stdout.on("data", (text) => (said += String(text)));
  await new Promise((resolve) => child.once("close", resolve));
  return said.trim();
}

test("a program trusts the certificates that its runtime is told of, no others, and ends with a connection kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tls-trust-"));
  const ca = join(folder, "ca.pem");
  await writeFile(ca, LOCALHOST.cert);
  const sockets = new Set<Socket>();
  const server = createServer(LOCALHOST, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;

  expect(await askOnce(url, { NODE_EXTRA_CA_CERTS: ca, DENO_CERT: ca })).toBe("200 {}");
  expect(await askOnce(url, {})).toMatch(/certificate/i);

  for (const socket of sockets) socket.destroy();
  server.close();
  await rm(folder, { recursive: true });
});
