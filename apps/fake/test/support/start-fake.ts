import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { afterAll, beforeAll } from "vitest";
import {
  createFakeCore,
  EXAMPLE_CREDENTIALS,
  type FakeCore,
  type FakeOptions,
  type FakeServer,
  serve,
  type ServeOptions,
} from "../../src/server.ts";

/** Temporary credentials that the fake of the tests knows. */
export const SESSION_CREDENTIALS: AwsCredentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "sEsSiOnSeCrEt/EXAMPLE",
  sessionToken: "FwoGZXIvYXdzEXAMPLETOKEN==",
};

/** A workspace, a workspace API key and a Bedrock API key that it takes. */
export const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";
export const WORKSPACE_KEY = "aws-external-anthropic-api-key-EXAMPLE";
export const BEDROCK_KEY = "bedrock-api-key-EXAMPLE";

/** The access keys of both kinds. */
export const CREDENTIALS: Readonly<Record<string, AwsCredentials>> = {
  "long-lived credentials": EXAMPLE_CREDENTIALS,
  "session credentials": SESSION_CREDENTIALS,
};

/** A fake on a free port for the tests of a file. */
export interface RunningFake {
  readonly core: FakeCore;
  readonly server: FakeServer;
}

/** Starts a fake before the tests of a file and stops it after them. */
export function startFake(options: FakeOptions = {}): RunningFake {
  const core = createFakeCore({
    credentials: Object.values(CREDENTIALS),
    apiKeys: [WORKSPACE_KEY, BEDROCK_KEY],
    workspaces: [WORKSPACE_ID],
    ...options,
  });
  return serveForFile(core);
}

/** Serves a fake before the tests of a file, and closes it after them. */
export function serveForFile(core: FakeCore, options: ServeOptions = {}): RunningFake {
  let server: FakeServer | undefined;
  beforeAll(async () => {
    server = await serve(core, { port: 0, ...options });
  });
  afterAll(async () => server?.close());
  return {
    core,
    get server(): FakeServer {
      if (server === undefined) throw new Error("The fake is not started yet: use it inside a test");
      return server;
    },
  };
}
