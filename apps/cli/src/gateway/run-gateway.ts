import process from "node:process";
import {
  GatewayError,
  type GatewayServer,
  makeToken,
  namesCallers,
  serveGateway,
  type TokenRecord,
} from "@claude-on-aws/gateway";
import { ListenError } from "@claude-on-aws/listen";
import { CliError } from "../cli-error.ts";
import type { Terminal } from "../command.ts";
import { resolveToSend } from "../configuration/resolve-to-send.ts";
import { explainFileError } from "../fake/explain-file-error.ts";
import { explainListenError } from "../explain-listen-error.ts";
import type { GatewayAddress } from "./client-set-ups.ts";
import type { GatewayFlags } from "./gateway-flags.ts";
import { loadGatewaySettings } from "./load-gateway-settings.ts";
import { setUpLines, setUpsFor } from "./set-up-lines.ts";
import { listenToSignals } from "./signals.ts";

/**
 * Runs a gateway until a signal ends it.
 *
 * @param flags What was asked for.
 * @param terminal Where it says what it does.
 * @returns The exit status.
 */
export async function runGateway(flags: GatewayFlags, terminal: Terminal): Promise<number> {
  const { token, record } = makeToken({ name: "local" });
  let server: GatewayServer;
  try {
    server = await start(flags, record, terminal);
  } catch (error) {
    if (!(error instanceof CliError || error instanceof GatewayError || error instanceof ListenError)) throw error;
    terminal.error(error.message);
    return 1;
  }
  // Before anything is printed: who reads the URL may stop us at once.
  let reloading = Promise.resolve();
  const signals = listenToSignals({
    isInTerminal: process.stdout.isTTY === true,
    onReload: () => void (reloading = reloading.then(() => reload(server, flags, terminal))),
  });
  const shown = namesCallers(server.gateway().settings.callers) ? null : token;
  const lines = flags.json ? [formatJson(server, shown)] : greeting(server, shown);
  for (const line of lines) terminal.out(line);
  await sayReadiness(server, terminal);
  const signal = await signals.stopped;
  terminal.error(`${signal}: taking no more requests, waiting for those under way; a second signal ends at once`);
  await reloading;
  const brokenOff = await server.close();
  signals.end();
  terminal.error(brokenOff === 0 ? "Ended" : `Ended; ${brokenOff} under way took too long, and were broken off`);
  return 0;
}

async function start(flags: GatewayFlags, token: TokenRecord, terminal: Terminal): Promise<GatewayServer> {
  const settings = await loadGatewaySettings(flags);
  try {
    return await serveGateway(settings, {
      token,
      env: process.env,
      resolveEnvironment: () => resolveToSend(),
      warn: (line) => terminal.error(line),
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (cause instanceof GatewayError || cause instanceof ListenError || code === undefined) throw cause;
    const { host = "127.0.0.1", port = 4343 } = settings.listen ?? {};
    throw new CliError("LISTEN_FAILED", `Cannot listen on ${host}:${port}: ${explainListenError(cause)}`, { cause });
  }
}

async function reload(server: GatewayServer, flags: GatewayFlags, terminal: Terminal): Promise<void> {
  await server.reopenAudit().catch((error: unknown) => {
    terminal.error(`SIGHUP: the audit goes on where it went: ${explainFileError(error)}`);
  });
  try {
    const fixed = await server.reload(await loadGatewaySettings(flags));
    const later = fixed.length === 0 ? "" : `; what differs in ${fixed.join(", ")} holds after the next start`;
    terminal.error(`SIGHUP: the settings were read again${later}`);
  } catch (error) {
    terminal.error(`SIGHUP: the old settings hold. ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function sayReadiness(server: GatewayServer, terminal: Terminal): Promise<void> {
  const { parts } = await server.gateway().findReadiness();
  for (const [name, problem] of Object.entries(parts)) {
    if (problem !== null) terminal.error(`Not ready: ${name}: ${problem}`);
  }
}

/** What stands where a caller puts its own token. */
const TOKEN_OF_CALLER = "YOUR_TOKEN";

function addressOf(server: GatewayServer, token: string | null): GatewayAddress {
  const { upstreams } = server.gateway();
  const workspaceId = upstreams.map((one) => one.workspaceId ?? null).find((id) => id !== null) ?? null;
  return { url: server.url, token: token ?? TOKEN_OF_CALLER, region: upstreams[0].region, workspaceId };
}

const providersOf = (server: GatewayServer) => server.gateway().upstreams.map(({ provider }) => provider);

function greeting(server: GatewayServer, token: string | null): string[] {
  const { upstreams } = server.gateway();
  return [
    `The gateway listens on ${server.url}`,
    ...upstreams.map(({ name, provider, region }) => `and sends to ${provider} in ${region} (${name})`),
    "",
    ...setUpLines(addressOf(server, token), providersOf(server)),
    "",
    `# Ready: ${server.url}/readyz    Metrics: ${server.url}/metrics    Stop: Ctrl+C`,
  ];
}

function formatJson(server: GatewayServer, token: string | null): string {
  const address = addressOf(server, token);
  const setUps = setUpsFor(providersOf(server)).map(({ name, variables }) => [name, variables(address)] as const);
  return JSON.stringify({
    url: server.url,
    port: server.port,
    token,
    upstreams: server.gateway().upstreams.map(({ name, provider, region }) => ({ name, provider, region })),
    environment: Object.fromEntries(setUps),
  });
}
