import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runGateway } from "../src/gateway/run-gateway.ts";
import { runHere, writeConfiguration } from "./support/gateway-here.ts";
import { startHeldStream } from "./support/held-stream.ts";
import { startFake } from "./support/run-commands.ts";
import { startCommand } from "./support/start-command.ts";
import { CREDENTIALS, makeFolder, platformAt, startGatewayCommand } from "./support/start-gateway-command.ts";

const WORKSPACE = "wrkspc_01AbCdEf23GhIj";

/** A configuration with one upstream, which a fake stands in for. */
const configurationFor = (url: string, more: object = {}): string =>
  JSON.stringify({
    upstreams: [{ name: "platform", provider: "anthropic-aws", workspaceId: WORKSPACE, baseUrl: url }],
    ...more,
  });

/** Reads an answer to its end. */
const textOf = async (answer: Promise<Response>): Promise<string> => (await answer).text();

describe("claude-on-aws gateway", () => {
  test("starts with nothing but the environment, and answers whoever has its token", async () => {
    const { core, url } = await startFake();
    const gateway = await startGatewayCommand({ ...platformAt(url), BUN_CONFIG_MAX_HTTP_REQUESTS: undefined });

    expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await textOf(gateway.ask("hello"))).toContain("message_stop");
    expect(core.report().clients).toHaveLength(1);
    expect((await fetch(`${gateway.url}/v1/messages`, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/readyz`)).json()).toEqual({
      ready: true,
      parts: { budgets: true, "upstream environment": true },
    });
  });

  test("is not ready without credentials, and says so", async () => {
    const gateway = await startGatewayCommand({
      CLAUDE_CODE_USE_BEDROCK: "1",
      AWS_REGION: "us-east-1",
      ANTHROPIC_BEDROCK_BASE_URL: "http://127.0.0.1:9",
    });

    expect(await gateway.said("Not ready: upstream environment")).not.toContain("127.0.0.1:9");
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  });

  test("does not start where the environment leads to nothing on AWS", async () => {
    const { ended } = startCommand(makeFolder(), ["gateway", "--port", "0"], { ...CREDENTIALS, HOME: makeFolder() });
    const { status, out, error } = await ended;

    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toContain("CLAUDE_CODE_USE_ANTHROPIC_AWS=1");
  });

  test.each([
    ['{ "upstreem": [] }', /gateway\.json:1:15: .*did you mean upstreams\?/],
    ['{\n  "drainMs": 1,\n  "drainMs": 2\n}', /gateway\.json:3:14: .*the same key for the second time/],
    ['{ "drainMs": "1s" }', /gateway\.json:1:14: .*found "1s", expected a whole number/],
    ["{ drainMs: 1 }", /gateway\.json:1:3: .*found no JSON/],
  ])("says where a configuration is wrong: %j", async (json, message) => {
    const { status, error } = await runHere(runGateway, ["--config", writeConfiguration(json)]);

    expect(status).toBe(1);
    expect(error).toMatch(message);
  });
});

describe("claude-on-aws gateway, told to end", () => {
  test("takes no more connections, and lets what streams come to its end", async () => {
    const held = await startHeldStream();
    const gateway = await startGatewayCommand(platformAt(held.url));
    const answer = await gateway.ask("hello");
    gateway.signal("SIGTERM");
    await gateway.said("waiting for those under way");
    const refused = await untilRefused(`${gateway.url}/healthz`);
    held.send(" bye");
    held.finish();

    expect(refused).toBe(true);
    expect(await answer.text()).toMatch(/Good[^]* bye[^]*message_stop/);
    expect(await gateway.ended).toMatchObject({ status: 0, error: expect.stringMatching(/\nEnded\n$/) });
  });

  test("breaks off what takes longer than drainMs, and says how much that was", async () => {
    const held = await startHeldStream();
    const folder = makeFolder();
    writeFileSync(join(folder, "gateway.json"), configurationFor(held.url, { drainMs: 1 }));
    const gateway = await startGatewayCommand(CREDENTIALS, ["--config", "gateway.json"], folder);
    const answer = await gateway.ask("hello");
    gateway.signal("SIGTERM");

    await expect(answer.text()).rejects.toThrow();
    expect(await gateway.ended).toMatchObject({
      status: 0,
      error: expect.stringContaining("1 under way took too long"),
    });
  });

  test("ends at once with a second signal", async () => {
    const held = await startHeldStream();
    const gateway = await startGatewayCommand(platformAt(held.url));
    await gateway.ask("hello");
    gateway.signal("SIGTERM");
    await gateway.said("a second signal ends at once");
    gateway.signal("SIGTERM");
    const { status, signal } = await gateway.ended;

    expect(signal ?? status).toSatisfy((end) => end === "SIGTERM" || end === 143);
  });
});

describe("claude-on-aws gateway, told to read its configuration again", () => {
  test("follows it from the next request on, and lets what streams by the old one come to its end", async () => {
    const held = await startHeldStream();
    const { core, url } = await startFake();
    const folder = makeFolder();
    const file = join(folder, "gateway.json");
    writeFileSync(file, configurationFor(held.url));
    const gateway = await startGatewayCommand(CREDENTIALS, ["--config", "gateway.json"], folder);
    const answer = await gateway.ask("one");
    writeFileSync(file, configurationFor(url, { listen: { port: 1 } }));
    gateway.signal("SIGHUP");
    await gateway.said("the settings were read again");
    expect(await textOf(gateway.ask("two"))).toContain("message_stop");
    held.finish();

    expect(await answer.text()).toContain("message_stop");
    expect(core.journal.total).toBe(1);
  });

  test("goes on with the old one where the other is broken", async () => {
    const { core, url } = await startFake();
    const folder = makeFolder();
    const file = join(folder, "gateway.json");
    writeFileSync(file, configurationFor(url));
    const gateway = await startGatewayCommand(CREDENTIALS, ["--config", "gateway.json"], folder);
    writeFileSync(file, `${configurationFor(url)},`);
    gateway.signal("SIGHUP");
    expect(await gateway.said("the old settings hold")).toContain("found no JSON");

    expect(await textOf(gateway.ask("hello"))).toContain("message_stop");
    expect(core.report().clients).toHaveLength(1);
  });
});

/** Asks until nobody listens any more. */
async function untilRefused(url: string): Promise<boolean> {
  for (;;) {
    const isAnswered = await fetch(url, { headers: { connection: "close" } }).then(
      () => true,
      () => false,
    );
    if (!isAnswered) return true;
  }
}
