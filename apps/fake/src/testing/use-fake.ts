import { applyEnvironment } from "../environment/apply-environment.ts";
import {
  type ClientEnvironment,
  createClientEnvironment,
  type SwitchedProvider,
} from "../environment/client-environment.ts";
import { createFake, type Fake, type InProcessOptions } from "../fake.ts";
import { intercept } from "../msw/intercept.ts";
import { EXAMPLE_CREDENTIALS } from "../settings/example-credentials.ts";
import { expectConformance } from "./expect-conformance.ts";

/**
 * The hooks of a test runner: those of `vitest`, of `bun:test`, `Deno.test` itself, or those of `node:test`, which calls the
 * first and the last `before` and `after`.
 */
export interface TestHooks {
  readonly beforeAll: (hook: () => Promise<void>) => unknown;
  readonly beforeEach: (hook: () => void) => unknown;
  readonly afterEach: (hook: () => void) => unknown;
  readonly afterAll: (hook: () => Promise<void>) => unknown;
}

/** Options for {@link useFake}. */
export interface UseFakeOptions extends InProcessOptions {
  /**
   * `server` listens on a free port and reaches every client, in any process. `msw` answers in this process what is
   * sent to the hosts of AWS and under `baseUrls`, and lets everything else pass; it does not see HTTP/2.
   *
   * @default {"server"}
   */
  readonly transport?: "server" | "msw" | undefined;
  /**
   * Fails each test in which a client broke a rule whose breach AWS refuses, with the diagnosis. `"warn"` fails it also where the
   * rule is only warned about, such as those on retries and cut streams.
   *
   * @default {false}
   */
  readonly failOnFinding?: boolean | "warn" | undefined;
  /**
   * What Claude Code and the Agent SDK are switched to.
   *
   * @default {"anthropic-aws"}
   */
  readonly provider?: SwitchedProvider | undefined;
  /**
   * Where the variables are set.
   *
   * @default {process.env}
   */
  readonly environment?: Record<string, string | undefined> | undefined;
}

/** A fake for the tests of a file. */
export interface TestFake extends Fake {
  /** Its base URL without a trailing slash; throws outside of tests, and where it has no port. */
  readonly url: string;
  /** The variables that point clients at it, for a process that a test starts; `undefined` stands for «not set». */
  readonly variables: ClientEnvironment;
}

/**
 * Gives the tests of a file a fake: starts it before the first, sets the variables for all clients, resets it before
 * each, and puts everything back after the last. Clients are made inside tests, where the variables are set. It needs
 * no test runner but the one whose hooks it is given.
 *
 * Tests that run concurrently share the journal: a finding cannot be traced to one of them. Where
 * `Deno.test` is told to look for leaks, it takes timers and connections of the server for some: leave `sanitizeOps` and
 * `sanitizeResources` off, which older versions of Deno have to be told.
 *
 * @example In a file for `deno test`
 * ```ts
 * import { useFake } from "@claude-on-aws/fake/testing";
 *
 * const fake = useFake(Deno.test, { failOnFinding: true });
 * ```
 *
 * @example In a file for `bun test`
 * ```ts
 * import { useFake } from "@claude-on-aws/fake/testing";
 * import { afterAll, afterEach, beforeAll, beforeEach } from "bun:test";
 *
 * const fake = useFake({ afterAll, afterEach, beforeAll, beforeEach }, { failOnFinding: true });
 * ```
 *
 * @param hooks Those of the test runner.
 * @param options What is accepted, how it is reached, and whether a finding fails a test.
 * @returns The fake, with its base URL and the variables for a process that a test starts.
 * @throws {FakeError} `CONFIGURATION_VALUE`, `CONFIGURATION_POLICY` where the options cannot be used.
 */
export function useFake(hooks: TestHooks, options: UseFakeOptions = {}): TestFake {
  const { transport = "server", failOnFinding = false, provider, environment = process.env } = options;
  const fake = createFake(options);
  const workspace = workspaceOf(options);
  let url: string | undefined;
  let restore: (() => void) | undefined;
  let stopIntercepting: (() => void) | undefined;
  const variables = (): ClientEnvironment =>
    createClientEnvironment(
      {
        url,
        region: options.region ?? workspace.region ?? "us-east-1",
        workspaceId: workspace.id,
        credentials: options.credentials?.[0] ?? EXAMPLE_CREDENTIALS,
      },
      provider,
    );

  hooks.beforeAll(async () => {
    if (transport === "msw") stopIntercepting = await intercept(fake.handlers);
    else ({ url } = await fake.listen({ port: 0 }));
    restore = applyEnvironment(environment, variables());
  });
  hooks.beforeEach(() => fake.reset());
  if (failOnFinding !== false) {
    const level = failOnFinding === true ? "fail" : failOnFinding;
    hooks.afterEach(() => expectConformance(fake, { level }));
  }
  hooks.afterAll(async () => {
    restore?.();
    stopIntercepting?.();
    await fake.close();
    url = undefined;
  });

  return Object.defineProperties(fake, {
    url: { get: () => url ?? noUrl(transport), enumerable: true },
    variables: { get: variables, enumerable: true },
  }) as TestFake;
}

const EXAMPLE_WORKSPACE = "wrkspc_01AbCdEf23GhIj";

function workspaceOf({ workspaces }: UseFakeOptions): { readonly id: string; readonly region?: string } {
  const [first = EXAMPLE_WORKSPACE] = workspaces ?? [];
  return typeof first === "string" ? { id: first } : first;
}

function noUrl(transport: "server" | "msw"): never {
  throw new TypeError(
    transport === "msw"
      ? 'Cannot read url: with transport "msw" the fake has no port; use transport "server"'
      : "Cannot read url: the fake listens only while tests run; read it inside a test or a hook",
  );
}
