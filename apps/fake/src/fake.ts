import type { HttpHandler, RequestHandler } from "msw";
import type { ReceivedRequest, WireReply } from "./terms/wire.ts";
import { createFakeCore, type FakeCore, type FakeCoreOptions } from "./create/fake-core.ts";
import { asSent } from "./exchange/as-sent.ts";
import type { FakeServer, ServeOptions } from "./serve/serve.ts";
import { askHandlers } from "./msw/ask-handlers.ts";
import { fromRequest } from "./msw/from-request.ts";
import { parseBaseUrls } from "./msw/base-urls.ts";
import { refuseFaults } from "./scenario/faults/refuse-faults.ts";
import { createHandlers } from "./msw/handlers.ts";
import { toRequest } from "./msw/to-request.ts";
import { toMswResponse, toResponse } from "./msw/to-response.ts";
import { untilAborted } from "./msw/until-aborted.ts";

/** Options for {@link createFake}. */
export interface InProcessOptions extends FakeCoreOptions {
  /**
   * msw handlers that are asked before the fake, and stay when it is reset.
   *
   * @default {[]}
   */
  readonly overrides?: readonly RequestHandler[] | undefined;
  /**
   * Base URLs under which `handlers` answer besides the hosts of AWS: an origin, and what stands before the paths of the
   * service, such as `https://gateway.example.com/claude`. A signature covers the whole path.
   *
   * @default {[]}
   */
  readonly baseUrls?: readonly string[] | undefined;
}

/** A fake for use in a process: in a test, with msw in front of it, as a client's `fetch`. */
export interface Fake extends FakeCore {
  /** A `fetch` for a client that takes one; it answers for any host. The journal marks what comes through it as reconstructed. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /**
   * For msw's `setupServer(...fake.handlers)`. They answer what is sent to the hosts of Claude Platform on AWS, Amazon
   * Bedrock and the services that give credentials, their VPC endpoints among them, and under `baseUrls`; everything else
   * is left to the handlers beside them.
   */
  readonly handlers: readonly HttpHandler[];
  /**
   * Lets msw handlers answer first, until the next reset; the last ones given are asked first, as with msw's own `use`.
   * Each request is checked and recorded all the same, whoever answers it; a handler that throws is answered with 500.
   */
  readonly use: (...handlers: readonly RequestHandler[]) => void;
  /** Puts the fake on a port; resolves to its address. */
  readonly listen: (options?: ServeOptions) => Promise<FakeServer>;
  /** Closes every port that it listens on, and resets it. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a fake of Claude Platform on AWS and Amazon Bedrock.
 *
 * @example In a test, through `fetch`
 * ```ts
 * import { createFake } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFake();
 * const response = await fake.fetch(
 *   new Request("https://aws-external-anthropic.us-east-1.api.aws/v1/models", {
 *     headers: { "x-api-key": "key", "anthropic-workspace-id": "wrkspc_1", "anthropic-version": "2023-06-01" },
 *   }),
 * );
 * equal(response.status, 200);
 * ```
 *
 * @example Another answer, once
 * ```ts
 * import { createFake } from "@claude-on-aws/fake";
 * import { http, HttpResponse } from "msw";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFake();
 * fake.use(http.post("*\/v1/messages", () => new HttpResponse(null, { status: 529 }), { once: true }));
 * const response = await fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/messages", { method: "POST" });
 * equal(response.status, 529);
 * ```
 *
 * @param options What is accepted, and how.
 * @returns The fake; it listens on no port until it is told to.
 * @throws {FakeError} `CONFIGURATION_VALUE`, `CONFIGURATION_POLICY` where the options cannot be used.
 */
export function createFake(options: InProcessOptions = {}): Fake {
  const core = createFakeCore(options);
  const lasting = options.overrides ?? [];
  const baseUrls = parseBaseUrls(options.baseUrls ?? []);
  const servers = new Set<FakeServer>();
  // Where a request was really sent to: a wire request does not say whether it was https.
  const origins = new WeakMap<ReceivedRequest, string>();
  let used: readonly RequestHandler[] = [];
  const override = async (received: ReceivedRequest): Promise<WireReply | undefined> => {
    const request = toRequest(asSent(received), origins.get(received));
    return request && (await askHandlers([...used, ...lasting], request));
  };
  let isAsked = false;
  const mayAnswerInProcess = (): void => {
    if (!isAsked) refuseFaults(core.settings.scenario, "in process");
    isAsked = true;
  };
  const applyOverrides = (): void => core.override(used.length + lasting.length === 0 ? undefined : override);
  const ask = async (request: Request): Promise<WireReply> => {
    mayAnswerInProcess();
    const received = await fromRequest(request, baseUrls);
    origins.set(received, new URL(request.url).origin);
    return core.handle(received);
  };
  const fetch: Fake["fetch"] = async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    const signal = init?.signal ?? request.signal;
    const response = toResponse(await untilAborted(ask(request), signal), signal);
    if (response.type === "error")
      throw new TypeError("Cannot fetch: the fake broke the connection off, as its scenario asks");
    return response;
  };
  const reset = (): void => {
    core.reset();
    used = [];
    applyOverrides();
  };
  applyOverrides();
  let handlers: readonly HttpHandler[] | undefined;
  return {
    ...core,
    fetch,
    // Made when they are asked for: msw takes a stack trace for each.
    get handlers(): readonly HttpHandler[] {
      mayAnswerInProcess();
      // msw gives up by itself, and would report a handler that does as one that failed.
      return (handlers ??= createHandlers(baseUrls, async (request) => toMswResponse(await ask(request))));
    },
    use: (...given) => {
      used = [...given, ...used];
      applyOverrides();
    },
    listen: async (address) => {
      // Loaded only here: a test in process needs no server.
      const { serve } = await import("./serve/serve.ts");
      const server = await serve({ ...core, reset }, address);
      servers.add(server);
      return server;
    },
    reset,
    close: async () => {
      // What a scenario holds back would hold the servers up.
      reset();
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
      reset();
    },
  };
}
