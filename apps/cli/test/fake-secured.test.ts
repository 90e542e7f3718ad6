import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runFakeHere, runHere } from "./support/run-fake-here.ts";
import { type Running, startFakeCommand } from "./support/start-command.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-secured-"));
});
afterEach(() => rm(folder, { recursive: true }));

const start = (args: readonly string[]): Running => startFakeCommand(folder, args);
const run = (args: readonly string[]) => runFakeHere(join(folder, "output"), args);

/** Node, silent about what it is told to trust. */
const NODE = ["env", "NODE_NO_WARNINGS=1", "node", "--input-type=module", "-e"];

/** Asks AWS's own host, whatever the environment makes of it, then a host that is not AWS's. Always Node: what is run is not what is tested. */
const CLIENT = `
  const ask = (url, headers) => fetch(url, { headers }).then(({ status }) => status, () => "refused");
  const answers = [
    await ask("https://aws-external-anthropic.us-east-1.api.aws/v1/models", {
      "user-agent": "good-client/1.0",
      "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
      "anthropic-version": "2023-06-01",
      "anthropic-workspace-id": process.env.ANTHROPIC_AWS_WORKSPACE_ID,
    }),
    await ask("https://telemetry.example.com/"),
  ];
  console.log(JSON.stringify({ answers, baseUrl: process.env.ANTHROPIC_AWS_BASE_URL, noProxy: process.env.NO_PROXY }));
`;

describe("claude-on-aws fake run --proxy", () => {
  test("leads a client with no base URL to the fake, refuses other hosts, and lists them", async () => {
    const report = join(folder, "report.json");
    const { status, out, error } = await run(["--proxy", "--report", report, "--", ...NODE, CLIENT]);

    expect(JSON.parse(out)).toEqual({ answers: [200, "refused"], noProxy: "localhost,127.0.0.1,::1" });
    expect(error).toContain("good-client/1.0: 1 exchange");
    expect(error).toContain("The proxy refused: telemetry.example.com:443 (1 x)");
    expect(status).toBe(0);
    expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({
      refusedHosts: [{ host: "telemetry.example.com:443", count: 1 }],
    });
  });
});

describe("claude-on-aws fake run --proxy of a client that goes past it", () => {
  test("says that nothing came through", async () => {
    const { status, error } = await run(["--proxy", "--", "true"]);

    expect(error).toContain("No exchange was seen.\nNothing came through the proxy.");
    expect(status).toBe(3);
  });
});

describe("claude-on-aws fake run --proxy of a client that does not trust it", () => {
  test("says so, and not that nothing came through", async () => {
    const ask = `await fetch("https://bedrock-runtime.us-east-1.amazonaws.com/").catch(() => undefined);`;
    const { status, error } = await run(["--proxy", "--", "env", "NODE_EXTRA_CA_CERTS=", ...NODE, ask]);

    expect(error).toContain(
      "A client connected through the proxy and sent no request: bedrock-runtime.us-east-1.amazonaws.com:443 (1 x). Most likely it did not trust the certificate",
    );
    expect(error).not.toContain("Nothing came through the proxy");
    expect(status).toBe(3);
  });
});

describe("claude-on-aws fake run --tls", () => {
  test("leads a client to HTTPS, with the certificate in its environment", async () => {
    const code = `
      const response = await fetch(process.env.ANTHROPIC_AWS_BASE_URL + "/_fake/health");
      console.log(process.env.ANTHROPIC_AWS_BASE_URL.slice(0, 8), response.status, process.env.NODE_EXTRA_CA_CERTS);
    `;
    const { status, out } = await run(["--tls", "--allow-empty", "--", ...NODE, code]);
    const [scheme, answer, file = ""] = out.trim().split(" ");

    expect([status, scheme, answer]).toEqual([0, "https://", "200"]);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("claude-on-aws fake", () => {
  test("prints the variables of a proxy, and no base URL", async () => {
    const { child, ended, printed } = start(["--port", "0", "--proxy", "--tls-directory", "certificates"]);
    const out = await printed("Stop: Ctrl+C");
    child.kill("SIGTERM");

    expect(out).toMatch(/^The fake listens on http:.*\nand is a proxy: HTTPS_PROXY=http:/);
    expect(out).toMatch(/^export HTTPS_PROXY=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(out).toMatch(/^export NODE_EXTRA_CA_CERTS=\/.*\/certificates\/claude-on-aws-fake-ca\.pem$/m);
    expect(out).not.toMatch(/^export .*_BASE_URL/m);
    expect(out).toMatch(/^unset .* ANTHROPIC_BEDROCK_BASE_URL /m);
    await ended;
    expect(await readFile(join(folder, "certificates/claude-on-aws-fake-ca.pem"), "utf8")).toContain("CERTIFICATE");
  });

  test("tells both addresses in JSON", async () => {
    const { child, ended, printed } = start(["--port", "0", "--tls", "--proxy", "--json"]);
    const greeting = JSON.parse(await printed("\n")) as Record<string, unknown>;
    child.kill("SIGTERM");

    expect(greeting).toMatchObject({
      url: `https://127.0.0.1:${String(greeting["port"])}`,
      proxyUrl: `http://127.0.0.1:${String(greeting["port"])}`,
      certificateFile: expect.stringMatching(/\.pem$/),
      environment: { HTTPS_PROXY: greeting["proxyUrl"], ANTHROPIC_AWS_BASE_URL: null },
    });
    await ended;
  });

  test("says why the certificate cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    const { status, error } = await runHere(["fake", "--port", "0", "--tls-directory", join(folder, "file/in-it")]);

    expect(error).toMatch(/^Cannot write the certificate to .*file\/in-it: a part of the path is no folder/);
    expect(status).toBe(1);
  });
});
