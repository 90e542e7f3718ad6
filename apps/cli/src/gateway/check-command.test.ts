import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../main.ts";
import { createGatewayCheckCommand, type GatewayCheckCommandOptions } from "./check-command.ts";

const TOKEN = "a-token-of-the-tests";

/** A small gateway: it demands a token, and hands on the rest, with a key of its own. */
let gateway: Server;
let service = "";
let url = "";

beforeAll(async () => {
  gateway = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? "/", service);
    if (incoming.headers.authorization !== `Bearer ${TOKEN}`) return void outgoing.writeHead(401).end();
    const { authorization: _, ...headers } = incoming.headers;
    const own = { host: target.host, "x-api-key": "AEAAexample", "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj" };
    const asked = request(target, { method: incoming.method, headers: { ...headers, ...own } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(asked);
  });
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterAll(() => {
  gateway.close();
  gateway.closeAllConnections();
});

async function check(args: readonly string[], options: GatewayCheckCommandOptions = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => errors.push(line), colour: false };
  const command = createGatewayCheckCommand({ env: {}, onUpstream: (at) => void (service = at), ...options });
  const status = await command.run(["--upstream-port", "0", ...args], terminal);
  return { status, out: out.join("\n"), errors: errors.join("\n") };
}

test("gateway check ends with 0 where all that was asked is kept", async () => {
  const { status, out } = await check([url, "--token", TOKEN, "--only", "retry-after-kept"]);

  expect(status).toBe(0);
  expect(out).toMatch(/kept +retry-after-kept +A throttle keeps its `retry-after`\./);
  expect(out).toContain("Gateway to anthropic-aws: 1 kept, 0 broken, 0 not applicable");
});

test("gateway check ends with 3 where something is broken, and prints it as JSON", async () => {
  const ids = ["token-as-api-key", "error-529-kept"];
  const { status, out } = await check([url, "--json", ...ids.flatMap((id) => ["--only", id])], {
    env: { ANTHROPIC_AUTH_TOKEN: TOKEN },
  });

  expect(status).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    service: "anthropic-aws",
    counts: { kept: 1, broken: 1, "not-applicable": 0 },
    checks: [
      { id: "token-as-api-key", verdict: "broken", found: "401", expected: "an answer, 200" },
      { id: "error-529-kept", verdict: "kept" },
    ],
  });
  expect(out).not.toContain(TOKEN);
});

test("gateway check ends with 1 where the gateway cannot be asked, and says the way out", async () => {
  const { status, errors } = await check([url, "--token", "another-token"]);

  expect(status).toBe(1);
  expect(errors).toMatch(/^Cannot check the gateway at .*: found 401, expected a message from .*AKIDEXAMPLE/);
});

test("gateway check ends with 1 where its port is taken", async () => {
  const { port } = new URL(url);
  const { status, errors } = await check([url, "--upstream-port", port]);

  expect(status).toBe(1);
  expect(errors).toContain("EADDRINUSE");
});

test.each([
  ["no URL", [], "no URL was given"],
  ["two", ["http://a", "http://b"], 'Cannot check "http://b" too'],
  ["what is none", ["ftp://a"], 'Cannot check "ftp://a": expected a URL'],
  ["a port that is none", ["http://a", "--upstream-port", "x"], 'Cannot use --upstream-port "x"'],
  ["no silence", ["http://a", "--silence", "0"], 'Cannot use --silence "0"'],
  ["a header that is none", ["http://a", "--header", "a"], "Cannot use --header"],
  ["a header with a line break", ["http://a", "--header", "a: b\r\nc: d"], "Cannot use --header"],
  ["a check that is none", ["http://a", "--only", "x"], 'Cannot ask --only "x"'],
  ["an option that is none", ["http://a", "--nonsense"], "Unknown option"],
])("gateway check refuses %s", async (_, args, words) => {
  const { status, errors } = await check(args);

  expect(status).toBe(2);
  expect(errors).toContain(words);
});

test("gateway check is a command of its own", async () => {
  const out: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: () => {}, colour: false };

  expect(await main(["gateway", "check", "--help"], terminal)).toBe(0);
  expect(out.join("\n")).toContain("Usage: claude-on-aws gateway check URL");
});
