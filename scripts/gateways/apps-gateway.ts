import { EXAMPLE_CREDENTIALS } from "../../apps/fake/src/server.ts";
import { startPostgres } from "../../apps/gateway/test/budgets/support/start-postgres.ts";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installProgram } from "../claude-code/install-program.ts";
import { CLAUDE_CODE_VERSION, resolvePlatformPackage, wantPackage } from "../claude-code/platform-packages.ts";
import { freePort } from "./free-port.ts";
import type { GatewaySetUp, GatewaySurroundings, StartedGateway } from "./gateway-set-up.ts";
import { CLIENT_ID, startIdentityProvider } from "./identity-provider.ts";
import { signIn } from "./sign-in.ts";
import { startProgram } from "./start-program.ts";

const CACHE_FOLDER = fileURLToPath(new URL("../../node_modules/.cache/claude-code/", import.meta.url));

/** Its own kind of name, which it translates. */
const MODEL = "claude-haiku-4-5";

/** Its upstream, and what that calls the model. */
const SERVICES = {
  "anthropic-aws": {
    upstream: { provider: "anthropicAws", workspace_id: "wrkspc_01AbCdEf23GhIj" },
    model: "claude-haiku-4-5-20251001",
  },
  bedrock: { upstream: { provider: "bedrock" }, model: "us.anthropic.claude-haiku-4-5-20251001-v1:0" },
} as const;

type Service = keyof typeof SERVICES;

/** Anthropic's own gateway, within the program of Claude Code. */
export const APPS_GATEWAY: readonly GatewaySetUp[] = (Object.keys(SERVICES) as readonly Service[]).map((service) => ({
  title: "Claude apps gateway",
  version: CLAUDE_CODE_VERSION,
  service,
  configuration:
    "`claude gateway` with one upstream (its `base_url` the fake's) and one model, an OpenID provider that signs everybody in, PostgreSQL; the token of a device sign-in; `CLAUDE_GATEWAY_ALLOW_LOOPBACK=1`; `BUN_CONFIG_MAX_HTTP_REQUESTS`, by which its line of start says that more requests at once can be had, left as it is",
  start: (surroundings) => startAppsGateway(surroundings, { service }),
}));

/** How it is started. */
export interface AppsGatewayOptions {
  readonly service: Service;
  /**
   * What each person may spend in a month, in US cents.
   *
   * @default {no limit}
   */
  readonly spendLimitCents?: number | undefined;
}

/**
 * Installs and starts it, with an identity provider and a PostgreSQL of its own.
 *
 * @param surroundings Where it finds the service.
 * @param options The service, and the limit.
 * @returns The gateway, with the token of somebody who signed in.
 */
export async function startAppsGateway(
  { upstreamUrl, folder }: GatewaySurroundings,
  { service, spendLimitCents }: AppsGatewayOptions,
): Promise<StartedGateway> {
  const { upstream, model } = SERVICES[service];
  const program = await install();
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const postgres = await startPostgres({ port: await freePort() });
    closers.push(postgres.close);
    const provider = await startIdentityProvider();
    closers.push(provider.close);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const auth = {
      aws_access_key_id: EXAMPLE_CREDENTIALS.accessKeyId,
      aws_secret_access_key: EXAMPLE_CREDENTIALS.secretAccessKey,
    };
    const adminKey = randomBytes(32).toString("base64");
    const file = join(folder, "gateway.yaml");
    // JSON is YAML.
    const configuration = {
      listen: { host: "127.0.0.1", port, public_url: url },
      oidc: { issuer: provider.issuer, client_id: CLIENT_ID, client_secret: "none" },
      session: { jwt_secret: randomBytes(32).toString("base64"), ttl_hours: 1 },
      store: { postgres_url: postgres.address },
      ...(spendLimitCents !== undefined && { admin: { write_keys: [{ id: "limits", key: adminKey }] } }),
      upstreams: [{ name: "service", region: "us-east-1", base_url: upstreamUrl, auth, ...upstream }],
      auto_include_builtin_models: false,
      models: [{ id: MODEL, upstream_model: { service: model } }],
    };
    await writeFile(file, JSON.stringify(configuration));
    const gateway = await startProgram(
      [program, "gateway", "--config", file],
      {
        PATH: process.env["PATH"],
        HOME: folder,
        CLAUDE_CONFIG_DIR: folder,
        CLAUDE_GATEWAY_ALLOW_LOOPBACK: "1",
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      },
      (printed) => printed.includes("upstream requests: at most"),
    );
    closers.push(gateway.close);
    if (spendLimitCents !== undefined) await limitSpend(url, adminKey, spendLimitCents);
    const [{ pid }, storePid] = [gateway, await postgres.pid()];
    return { url, options: { token: await signIn(url), model: MODEL }, pid, storePid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Sets what each person may spend in a month.
 *
 * @see {@link https://code.claude.com/docs/en/claude-apps-gateway-spend-limits | its spend limits}
 */
async function limitSpend(url: string, key: string, cents: number): Promise<void> {
  const response = await fetch(`${url}/v1/organizations/spend_limits`, {
    method: "POST",
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: JSON.stringify({ scope: { type: "organization" }, amount: String(cents), period: "monthly" }),
  });
  if (!response.ok) throw new Error(`Cannot limit what is spent: ${response.status} ${await response.text()}`);
}

async function install(): Promise<string> {
  const platform = resolvePlatformPackage();
  if (platform === undefined) throw new Error(`Claude Code has no package for ${process.platform}-${process.arch}`);
  const wanted = wantPackage(platform);
  const folder = join(CACHE_FOLDER, wanted.version);
  const { path } = await installProgram({ wanted, folder, environment: process.env, onProgress: () => {} });
  return path;
}
