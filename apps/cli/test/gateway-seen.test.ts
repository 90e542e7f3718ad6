import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runGateway } from "../src/gateway/run-gateway.ts";
import { runHere, serveHere, writeConfiguration } from "./support/gateway-here.ts";
import { startFake } from "./support/run-commands.ts";
import { CREDENTIALS, makeFolder, type RunningGateway, startGatewayCommand } from "./support/start-gateway-command.ts";

/** What Linux has for a disk that is full. */
const FULL = "/dev/full";
const HAS_FULL = existsSync(FULL);
const WHY_SKIPPED = HAS_FULL ? "" : ` (skipped: there is no ${FULL})`;

/** A configuration with a fake behind it. */
async function configure(more: object): Promise<object> {
  const { url } = await startFake();
  const upstream = { name: "platform", provider: "anthropic-aws", workspaceId: "wrkspc_01AbCdEf23GhIj", baseUrl: url };
  return { upstreams: [upstream], ...more };
}

/** Starts a gateway before a fake, with a configuration beside it. */
async function start(more: object) {
  const folder = makeFolder();
  writeFileSync(join(folder, "gateway.json"), JSON.stringify(await configure(more)));
  const gateway = await startGatewayCommand(CREDENTIALS, ["--config", "gateway.json"], folder);
  return { gateway, file: (name: string) => join(folder, name) };
}

interface Line {
  readonly caller: string;
  readonly status: number;
  readonly outcome: string;
  readonly usage: { readonly outputTokens: number } | null;
}

const linesOf = (path: string): readonly Line[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

/** Waits for lines: each is written when its request has ended, which its client may see before. */
const linesIn = (path: string, count: number): Promise<void> =>
  expect.poll(() => linesOf(path).length, { timeout: 100_000 }).toBe(count);

async function ask(gateway: Pick<RunningGateway, "ask">, text: string): Promise<string> {
  return (await gateway.ask(text)).text();
}

async function end(gateway: RunningGateway): Promise<string> {
  gateway.signal("SIGTERM");
  return (await gateway.ended).error;
}

describe("the audit of claude-on-aws gateway", () => {
  test("has a line for each request, of refused ones too, and goes on in a new file after SIGHUP", async () => {
    const { gateway, file } = await start({ audit: { to: "audit.jsonl" } });
    await ask(gateway, "one");
    await (await fetch(`${gateway.url}/v1/messages`, { method: "POST", body: "{}" })).text();
    await linesIn(file("audit.jsonl"), 2);
    renameSync(file("audit.jsonl"), file("audit.jsonl.1"));
    gateway.signal("SIGHUP");
    await gateway.said("the settings were read again");
    await ask(gateway, "three");
    await end(gateway);

    expect(linesOf(file("audit.jsonl.1"))).toMatchObject([
      { status: 200, outcome: "answered", usage: { outputTokens: expect.any(Number) } },
      { caller: null, status: 401, outcome: "refused" },
    ]);
    expect(linesOf(file("audit.jsonl"))).toMatchObject([{ status: 200, outcome: "answered" }]);
    expect(readFileSync(file("audit.jsonl.1"), "utf8")).not.toContain(gateway.token);
  });

  test.skipIf(!HAS_FULL)(`goes on where the disk is full, and says so${WHY_SKIPPED}`, async () => {
    const { gateway } = await start({ audit: { to: FULL } });
    await ask(gateway, "one");
    await gateway.said("requests go on without");

    expect(await ask(gateway, "two")).toContain("message_stop");
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    expect((await end(gateway)).match(/Cannot write the audit/g)).toHaveLength(1);
  });

  test.skipIf(!HAS_FULL)(`has no further request taken where the settings want that${WHY_SKIPPED}`, async () => {
    const gateway = await serveHere(await configure({ audit: { to: FULL, onFailure: "refuse" } }), CREDENTIALS);
    expect(await ask(gateway, "one")).toContain("message_stop");
    await gateway.said("no request is taken until it can");
    const refused = await gateway.ask("two");

    expect(refused.status).toBe(503);
    expect(refused.headers.get("x-claude-on-aws-refusal")).toBe("AUDIT_UNWRITABLE");
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
  });

  test("keeps a gateway from starting where it cannot be written", async () => {
    const file = writeConfiguration(JSON.stringify(await configure({ audit: { to: "none/audit.jsonl" } })));

    expect(await runHere(runGateway, ["--port", "0", "--config", file])).toMatchObject({
      status: 1,
      error: expect.stringContaining("its folder does not exist") as unknown,
    });
  });
});

describe("GET /metrics of claude-on-aws gateway", () => {
  test("counts from the first time on, what is under way among it", async () => {
    const file = join(makeFolder(), "audit.jsonl");
    const gateway = await serveHere(await configure({ audit: { to: file } }), CREDENTIALS);
    const read = async (): Promise<string> => (await fetch(`${gateway.url}/metrics`)).text();
    await ask(gateway, "before");
    // What is written down was measured before.
    await linesIn(file, 1);
    expect(await read()).not.toContain("gateway_requests_total{");
    await ask(gateway, "one");
    await linesIn(file, 2);

    expect(await read()).toMatch(/^claude_on_aws_gateway_requests_total\{.*outcome="answered".*\} 1$/m);
    expect(await read()).toMatch(/^http_server_active_requests 0$/m);
  });

  test("asks for the token that the settings name", async () => {
    const configuration = await configure({ metrics: { tokenVariable: "SCRAPE_TOKEN" } });
    const gateway = await serveHere(configuration, { ...CREDENTIALS, SCRAPE_TOKEN: "scrape-me" });
    const statusWith = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${gateway.url}/metrics`, { headers })).status;

    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ authorization: `Bearer ${gateway.token}` })).toBe(401);
    expect(await statusWith({ authorization: "Bearer scrape-me" })).toBe(200);
  });

  test("keeps a gateway from starting where that token is not there", async () => {
    const file = writeConfiguration(JSON.stringify(await configure({ metrics: { tokenVariable: "SCRAPE_TOKEN" } })));

    expect(await runHere(runGateway, ["--port", "0", "--config", file])).toMatchObject({
      status: 1,
      error: expect.stringContaining("SCRAPE_TOKEN is not set") as unknown,
    });
  });
});
