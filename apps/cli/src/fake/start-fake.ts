import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import {
  createFakeCore,
  EXAMPLE_CREDENTIALS,
  type FakeAddress,
  type FakeCore,
  type FakeOptions,
  type FakeServer,
  serve,
} from "@claude-on-aws/fake/server";
import type { FakeFlags } from "./flags.ts";
import { loadHandlers } from "./load-handlers.ts";
import { loadScenario } from "./load-scenario.ts";
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
 * @param defaultPort Port where the flags name none.
 * @throws {TypeError} where a file that a flag names cannot be used, or the address cannot be listened on; the message
 *   says what to do.
 */
export async function startFake(flags: FakeFlags, defaultPort: number): Promise<StartedFake> {
  const credentials = credentialsOf(flags);
  const fake = await createFakeOf(flags, credentials);
  const port = flags.port ?? defaultPort;
  const server = await listen(fake, { port, host: flags.host, http: flags.http });
  const [given = EXAMPLE_WORKSPACE] = flags.workspaces ?? [];
  const workspace = typeof given === "string" ? { id: given, region: undefined } : given;
  return {
    fake,
    server,
    address: {
      url: server.url,
      region: flags.region ?? workspace.region ?? DEFAULT_REGION,
      workspaceId: workspace.id,
      credentials: credentials[0] ?? EXAMPLE_CREDENTIALS,
    },
    hasGivenCredentials: flags.credentials !== undefined && flags.credentials !== "random",
  };
}

async function createFakeOf(flags: FakeFlags, credentials: readonly AwsCredentials[]): Promise<FakeCore> {
  const options: FakeOptions = {
    credentials,
    apiKeys: flags.apiKeys,
    workspaces: flags.workspaces,
    models: flags.models,
    deniedModels: flags.deniedModels,
    region: flags.region,
    onFinding: flags.onFinding,
    maxJournalExchanges: flags.maxExchanges,
    facts: flags.facts,
    scenario: flags.scenario === undefined ? undefined : await loadScenario(flags.scenario),
  };
  if (flags.handlers === undefined) return createFakeCore(options);
  const overrides = await loadHandlers(flags.handlers);
  // msw is loaded only where there are handlers.
  const { createFake } = await import("@claude-on-aws/fake");
  return createFake({ ...options, overrides });
}

function credentialsOf({ credentials }: FakeFlags): readonly AwsCredentials[] {
  if (credentials === undefined) return [EXAMPLE_CREDENTIALS];
  return credentials === "random" ? [randomCredentials()] : credentials;
}

/** Errors of the operating system, and the way out of each. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use; stop what listens there, or choose another with --port (0 picks a free one)",
  EACCES: "this user may not use that port; choose one above 1023 with --port",
  EADDRNOTAVAIL: "this machine does not have that address; choose another with --host",
  ENOTFOUND: "that name has no address; choose another with --host",
};

interface Address {
  readonly port: number;
  readonly host: string;
  readonly http: "auto" | "1";
}

async function listen(fake: FakeCore, address: Address): Promise<FakeServer> {
  try {
    return await serve(fake, address);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new TypeError(`Cannot listen on ${address.host}:${address.port}: ${WAYS_OUT[code ?? ""] ?? message}`, {
      cause,
    });
  }
}
