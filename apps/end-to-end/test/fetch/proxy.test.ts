import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import { spawn } from "node:child_process";
import process from "node:process";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeServer, serve } from "@claude-on-aws/fake/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";
const PROGRAM = new URL("../support/proxied-client.ts", import.meta.url).pathname;

const core = createFakeCore({ workspaces: [WORKSPACE_ID] });
let server: FakeServer;
beforeAll(async () => void (server = await serve(core, { port: 0, proxy: true })));
afterAll(() => server.close());

/** Runs the program with these variables; gives its lines. */
async function run(variables: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const certificate = server.certificateFile ?? "";
  const child = spawn(process.execPath, [...("Deno" in globalThis ? ["run", "-A", "--quiet"] : []), PROGRAM], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      ...RUNTIME_CACHES,
      NODE_EXTRA_CA_CERTS: certificate,
      DENO_CERT: certificate,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
      ...variables,
    },
  });
  let out = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  await new Promise((resolve) => child.on("close", resolve));
  return out.trim().split("\n");
}

const ON_PLATFORM = { CLAUDE_CODE_USE_ANTHROPIC_AWS: "1", ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID };

describe("createFetch() behind a proxy", () => {
  test.each([
    ["anthropic-aws", ON_PLATFORM],
    ["mantle", { CLAUDE_CODE_USE_MANTLE: "1" }],
  ])("reaches the host of AWS through it, for %s", async (provider, variables) => {
    expect(await run({ ...variables, HTTPS_PROXY: server.proxyUrl ?? "" })).toEqual(["200 true", "200 true"]);
    const [exchange] = core.journal.snapshot().exchanges.slice(-1);
    expect(exchange).toMatchObject({ provider, wire: "received" });
  });

  test("says so where it does not let a host through", async () => {
    const elsewhere = { ANTHROPIC_AWS_BASE_URL: "https://gateway.example" };
    const said = await run({ ...ON_PLATFORM, ...elsewhere, HTTPS_PROXY: server.proxyUrl ?? "" });

    // Bun's fetch does not tell that it was the proxy.
    expect(said).toEqual(
      Array.from({ length: 2 }, () => ("Bun" in globalThis ? "CONNECTION_FAILED" : "PROXY_REFUSED")),
    );
  });
});
