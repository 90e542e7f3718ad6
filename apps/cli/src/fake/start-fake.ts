import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import {
  createFakeCore,
  EXAMPLE_CREDENTIALS,
  type FakeAddress,
  type FakeCore,
  type FakeOptions,
  type FakeServer,
  prepareProcess,
  serve,
} from "@claude-on-aws/fake/server";
import { CliError } from "../cli-error.ts";
import { explainListenError } from "../explain-listen-error.ts";
import { explainFileError } from "./explain-file-error.ts";
import type { FakeFlags } from "./flags.ts";
import { loadConfiguration } from "./load-configuration.ts";
import { loadHandlers } from "./load-handlers.ts";
import { loadScenario } from "./load-scenario.ts";
import { prepareReports } from "./prepare-reports.ts";
import { randomCredentials } from "./random-credentials.ts";

/** A fake that listens, and where clients find it. */
export interface StartedFake {
  readonly fake: FakeCore;
  readonly server: FakeServer;
  readonly address: FakeAddress & { readonly url: string };
  /** Whether the caller gave the credentials, and so knows their secret. */
  readonly hasGivenCredentials: boolean;
}

const DEFAULT_REGION = "us-east-1";
const EXAMPLE_WORKSPACE = "wrkspc_01AbCdEf23GhIj";

/**
 * Starts a fake as the flags say.
 *
 * @param flags What was asked for.
 * @param defaultPort Port where the flags name none.
 * @returns The fake that listens.
 * @throws {CliError} `FILE_UNREADABLE` and `FILE_MALFORMED` for a file that a flag names, `FILE_UNWRITABLE` for the
 * certificate or a report, `LISTEN_FAILED`.
 * @throws {FakeError} where a setting is none.
 */
export async function startFake(flags: FakeFlags, defaultPort: number): Promise<StartedFake> {
  await prepareReports(flags.reports);
  const configured = flags.config === undefined ? {} : loadConfiguration(flags.config);
  const credentials = credentialsOf(flags);
  const fake = await createFakeOf(flags, configured, credentials);
  const { workspaces, region } = { ...configured, ...givenOf(flags) };
  const port = flags.port ?? defaultPort;
  const { host, allowedHosts, http, tls, proxy, tlsDirectory: certificateDirectory } = flags;
  prepareProcess();
  const server = await listen(fake, { port, host, allowedHosts, http, tls, proxy, certificateDirectory });
  const [given = EXAMPLE_WORKSPACE] = workspaces ?? [];
  const workspace = typeof given === "string" ? { id: given, region: undefined } : given;
  return {
    fake,
    server,
    address: {
      url: server.url,
      proxyUrl: server.proxyUrl,
      certificateFile: server.certificateFile,
      region: region ?? workspace.region ?? DEFAULT_REGION,
      workspaceId: workspace.id,
      // Of several principals, the clients are the first.
      credentials: credentials?.[0] ?? fake.settings.credentials[0] ?? EXAMPLE_CREDENTIALS,
    },
    hasGivenCredentials:
      flags.credentials !== "random" &&
      (credentials !== undefined || !fake.settings.credentials.includes(EXAMPLE_CREDENTIALS)),
  };
}

async function createFakeOf(
  flags: FakeFlags,
  configured: FakeOptions,
  credentials: readonly AwsCredentials[] | undefined,
): Promise<FakeCore> {
  const options: FakeOptions = {
    ...configured,
    ...givenOf(flags),
    ...(credentials === undefined ? {} : { credentials }),
    facts: { ...configured.facts, ...flags.facts },
    ...(flags.scenario === undefined ? {} : { scenario: loadScenario(flags.scenario) }),
  };
  if (flags.handlers === undefined) return createFakeCore(options);
  const overrides = await loadHandlers(flags.handlers);
  // msw is loaded only where there are handlers.
  const { createFake } = await import("@claude-on-aws/fake");
  return createFake({ ...options, overrides });
}

/** The flags that were given, as options: they win over a configuration. */
function givenOf(flags: FakeFlags): FakeOptions {
  const { apiKeys, workspaces, models, deniedModels, region, onFinding, maxExchanges, maxBufferedBytes } = flags;
  const limits = { maxJournalExchanges: maxExchanges, maxBufferedBytes };
  const given = { apiKeys, workspaces, models, deniedModels, region, onFinding, ...limits };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function credentialsOf({ credentials }: FakeFlags): readonly AwsCredentials[] | undefined {
  return credentials === "random" ? [randomCredentials()] : credentials;
}

interface Address {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly http: "auto" | "1";
  readonly tls: boolean;
  readonly proxy: boolean;
  readonly certificateDirectory: string | undefined;
}

async function listen(fake: FakeCore, address: Address): Promise<FakeServer> {
  try {
    return await serve(fake, address);
  } catch (cause) {
    const { path } = cause as NodeJS.ErrnoException;
    if (path !== undefined) {
      throw new CliError("FILE_UNWRITABLE", `Cannot write the certificate to ${path}: ${explainFileError(cause)}`, {
        cause,
      });
    }
    const where = `${address.host}:${address.port}`;
    throw new CliError("LISTEN_FAILED", `Cannot listen on ${where}: ${explainListenError(cause)}`, { cause });
  }
}
