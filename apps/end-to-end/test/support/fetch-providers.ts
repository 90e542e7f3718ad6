import { resolveConfig } from "@claude-on-aws/env";
import {
  createFakeCore,
  EXAMPLE_CREDENTIALS,
  type FakeCore,
  type FakeOptions,
  type FakeServer,
  serve,
} from "@claude-on-aws/fake/server";
import { type ClaudeFetch, createFetch, type CreateFetchOptions } from "@claude-on-aws/fetch";
import { afterAll, beforeAll } from "vitest";
import { PROVIDERS, WORKSPACE_ID } from "./provider-variables.ts";

export { PROVIDERS, WORKSPACE_ID };

/** The name that clients ask for, whatever the provider calls it. */
export const MODEL = "claude-haiku-4-5-20251001";

/** A key as clients have to have one, which must reach nobody. */
export const PLACEHOLDER_KEY = "a-key-that-is-none";

/** A text that comes in several parts. */
export const TEXT = "A text that is long enough to be streamed in a few events";

/** A picture, in Base64. */
export const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What differs from service to service whatever `fetch` does: its ids, and two of its statuses. */
export const ANSWERS: Readonly<
  Record<string, { readonly requestId: RegExp; readonly unknownModel: number; readonly overloaded: number }>
> = {
  "anthropic-aws": { requestId: /^req_01\w{22}$/, unknownModel: 404, overloaded: 529 },
  bedrock: { requestId: /^[0-9a-f-]{36}$/, unknownModel: 400, overloaded: 503 },
  mantle: { requestId: /^req_01\w{22}$/, unknownModel: 404, overloaded: 529 },
};

/** Makes a `fetch` onto a fake for a provider. */
export const fetchOnto = (
  url: string,
  provider: string,
  options?: CreateFetchOptions,
  env: Readonly<Record<string, string>> = {},
): ClaudeFetch =>
  createFetch(
    resolveConfig({
      env: {
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
        ...PROVIDERS[provider]?.(url),
        ...env,
      },
    }),
    // A busy machine may take long to connect.
    { connectTimeoutMs: 0, ...options },
  );

/** A fake for the tests of a file, and what reaches it. */
export interface RunningFake {
  readonly core: FakeCore;
  readonly server: FakeServer;
  /** Makes a `fetch` onto the fake for a provider. */
  readonly fetchFor: (
    provider: string,
    options?: CreateFetchOptions,
    env?: Readonly<Record<string, string>>,
  ) => ClaudeFetch;
}

/** Starts a fake before the tests of a file, and stops it after them. */
export function startFake(options: FakeOptions = {}): RunningFake {
  const core = createFakeCore({ workspaces: [WORKSPACE_ID], ...options });
  let server: FakeServer | undefined;
  beforeAll(async () => {
    server = await serve(core, { port: 0 });
  });
  afterAll(async () => server?.close());
  const running = (): FakeServer => {
    if (server === undefined) throw new Error("The fake is not started yet: use it inside a test");
    return server;
  };
  return {
    core,
    get server() {
      return running();
    },
    fetchFor: (provider, fetchOptions, env = {}) => fetchOnto(running().url, provider, fetchOptions, env),
  };
}

/** A fake of one test, and what reaches it. */
export interface OpenFake extends Pick<RunningFake, "core" | "fetchFor"> {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts a fake for one test, which stops it. */
export async function openFake(options: FakeOptions = {}): Promise<OpenFake> {
  const core = createFakeCore({ workspaces: [WORKSPACE_ID], ...options });
  const server = await serve(core, { port: 0 });
  return {
    core,
    url: server.url,
    fetchFor: (provider, fetchOptions, env = {}) => fetchOnto(server.url, provider, fetchOptions, env),
    close: () => server.close(),
  };
}

/** A rule that a client has broken. */
export interface BrokenRule {
  readonly client: string;
  readonly rule: string;
  readonly message: string;
}

/** Every rule that a client of the fake has broken, for which AWS refuses a request. */
export const brokenRules = ({ core }: RunningFake): readonly BrokenRule[] =>
  core
    .report()
    .clients.flatMap(({ client, rules }) =>
      rules
        .filter(({ broken, level }) => broken > 0 && level === "fail")
        .map(({ rule, first }) => ({ client, rule, message: first?.message ?? "" })),
    );
