import type { AwsProvider } from "@claude-on-aws/endpoints";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { type GatewayServer, type GatewaySettings, makeToken, serveGateway } from "@claude-on-aws/gateway";
import { afterAll, beforeAll } from "vitest";
import { type RunningFake, WORKSPACE_ID } from "./fetch-providers.ts";

/** A whole gateway for the tests of a file, with its own check of who asks. */
export interface ServedGateway {
  readonly url: string;
  /** What it lets in. */
  readonly token: string;
  /** Follows these settings beside its own from then on. */
  readonly reload: (settings: GatewaySettings) => Promise<void>;
}

/** Where the fake has each service. */
const PREFIXES: Readonly<Record<AwsProvider, string>> = { "anthropic-aws": "", bedrock: "", mantle: "/anthropic" };

/** The credentials that the gateway finds in its environment. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
};

/** What keeps it from finding others. */
const NOTHING_ELSE: Readonly<Record<string, string>> = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
};

/** Starts a gateway as the command does, before the tests of a file, with one upstream that a fake stands in for; stops it after them. */
export function startServedGateway(
  fake: RunningFake,
  provider: AwsProvider,
  env: Readonly<Record<string, string>> = ENVIRONMENT,
  settings: GatewaySettings = {},
): ServedGateway {
  const { token, record } = makeToken({ name: "tests" });
  let server: GatewayServer | undefined;
  const withUpstream = (given: GatewaySettings): GatewaySettings => {
    const baseUrl = `${fake.server.url}${PREFIXES[provider]}`;
    return {
      listen: { port: 0 },
      upstreams: [{ name: provider, provider, region: "us-east-1", workspaceId: WORKSPACE_ID, baseUrl }],
      ...given,
    };
  };
  beforeAll(async () => {
    server = await serveGateway(withUpstream(settings), { token: record, env: { ...NOTHING_ELSE, ...env } });
  });
  afterAll(async () => {
    await server?.close();
  });
  return {
    token,
    reload: async (given) => {
      await server?.reload(withUpstream(given));
    },
    get url() {
      if (server === undefined) throw new Error("The gateway is not started yet: use it inside a test");
      return server.url;
    },
  };
}
