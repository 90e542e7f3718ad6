import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeToken, serveGateway } from "@claude-on-aws/gateway";
import { expect, onTestFinished } from "vitest";
import type { Terminal } from "../../src/command.ts";
import { type GatewayFlags, parseGatewayFlags } from "../../src/gateway/gateway-flags.ts";
import { loadGatewaySettings } from "../../src/gateway/load-gateway-settings.ts";
import { askGateway, makeFolder, type RunningGateway } from "./start-gateway-command.ts";

/** What a command said, and its exit status. */
interface Said {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs what `claude-on-aws gateway` runs, in the process of the test: for what ends by itself, and neither changes the process
 * nor depends on another one. The command itself may replace its process on Bun.
 */
export async function runHere(
  run: (flags: GatewayFlags, terminal: Terminal) => Promise<number>,
  args: readonly string[],
): Promise<Said> {
  const said = { out: "", error: "" };
  const status = await run(parseGatewayFlags(args), {
    out: (line) => void (said.out += `${line}\n`),
    error: (line) => void (said.error += `${line}\n`),
    write: (text) => void (said.out += text),
    colour: false,
  });
  return { status, ...said };
}

/** Writes a configuration into a folder of its own, and gives its path. */
export function writeConfiguration(json: string): string {
  const file = join(makeFolder(), "gateway.json");
  writeFileSync(file, json);
  return file;
}

/** Serves what a configuration says as the command does, in the process of the test, until the test has finished. */
export async function serveHere(
  configuration: object,
  env: Readonly<Record<string, string>>,
): Promise<Pick<RunningGateway, "url" | "token" | "ask"> & { readonly said: (text: string) => Promise<void> }> {
  const { token, record } = makeToken({ name: "local" });
  const file = writeConfiguration(JSON.stringify(configuration));
  let warned = "";
  const server = await serveGateway(await loadGatewaySettings(parseGatewayFlags(["--port", "0", "--config", file])), {
    token: record,
    env,
    warn: (line) => void (warned += `${line}\n`),
  });
  onTestFinished(async () => void (await server.close()));
  return {
    url: server.url,
    token,
    ask: (text: string): Promise<Response> => askGateway(server.url, token, text),
    said: (text: string): Promise<void> => expect.poll(() => warned, { timeout: 100_000 }).toContain(text),
  };
}
