import type { CredentialsInput } from "@claude-on-aws/auth";
import type { Config } from "@claude-on-aws/env";
import { createDestinations } from "./config/create-destinations.ts";
import type { ConfigOrResolver } from "./config/configured-credentials.ts";
import type { ExchangeAnswer, ExchangeRequest } from "./exchange.ts";
import { type FetchPlan, planOf } from "./fetch-plan.ts";
import { type FetchHooks, observerOf } from "./hooks/hooks.ts";
import { readExchangeRequest } from "./request/read-exchange-request.ts";
import { readFetchRequest } from "./request/read-fetch-request.ts";
import { createSender } from "./send/create-sender.ts";
import { createEnvironmentTransport } from "./transport/environment-transport.ts";
import type { ProxyEnvironment } from "./transport/resolve-proxy.ts";
import type { SenderSettings, SendOptions } from "./send/settings.ts";
import { toFetch } from "./send/to-fetch.ts";

/** Options for {@link createFetch}. */
export interface CreateFetchOptions extends SendOptions, FetchHooks {
  /**
   * What signs, in place of what the configuration names: an access key, a function that gives one, or a source that can refresh.
   *
   * @default {what the configuration holds, then the chain of AWS, with `awsCredentialExport` and `awsAuthRefresh`}
   */
  readonly credentials?: CredentialsInput | undefined;
  /**
   * Ids of the system inference profiles that the account lists, for Bedrock.
   *
   * @default {[]}
   */
  readonly inferenceProfiles?: readonly string[] | undefined;
  /**
   * Where `HTTPS_PROXY` and `NO_PROXY` are looked for, unless `transport` is given.
   *
   * @default {the environment of the process}
   */
  readonly proxyEnv?: ProxyEnvironment | undefined;
}

/** A `fetch` that reaches Claude through AWS. */
export interface ClaudeFetch {
  (input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** Says what would be sent for a request, and sends nothing. */
  readonly plan: (input: RequestInfo | URL, init?: RequestInit) => Promise<FetchPlan>;
  /**
   * Does what the function itself does, for who relays requests: one mechanism, without `Request`, `Headers`, `Response` and their
   * streams around it. Translation, renewed credentials, retries, limits, the end of a stream that breaks off, refusals in the form of
   * the Messages API and hooks are the same.
   *
   * @example Relaying a request
   * ```ts
   * import { resolveConfig } from "@claude-on-aws/env";
   * import { createFetch } from "@claude-on-aws/fetch";
   * import { deepEqual } from "node:assert/strict";
   *
   * const config = resolveConfig({ env: { CLAUDE_CODE_USE_MANTLE: "1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" } });
   * // In the place of AWS, here: a transport that has an answer already.
   * const transport = { send: async () => ({ status: 200, headers: [["request-id", "req_1"]] as const, body: null }) };
   * const { exchange } = createFetch(config, { transport });
   *
   * const { status, headers, body, model } = await exchange({
   *   method: "POST",
   *   target: "/v1/messages?beta=true",
   *   headers: [["content-type", "application/json"]],
   *   body: new TextEncoder().encode('{"model":"haiku","max_tokens":1,"messages":[]}'),
   * });
   * for (let bytes = await body?.read(); bytes; bytes = await body?.read()) process.stdout.write(bytes);
   *
   * deepEqual([status, headers[0], model], [200, ["request-id", "req_1"], "anthropic.claude-haiku-4-5"]);
   * ```
   *
   * @param request The request, as it was received.
   * @returns The answer, and what was asked: its body is read to its end, or cancelled. It throws what the function itself throws, and
   * a `TypeError` where the method is none.
   */
  readonly exchange: (request: ExchangeRequest) => Promise<ExchangeAnswer>;
}

/**
 * Makes a `fetch` for any client of the Messages API: what the client sends to whatever base URL goes to the provider that the
 * configuration names, authenticated, the bytes of its body untouched but for the model's name. The client's own key is removed.
 *
 * What is wrong with a request or with the configuration is answered in the form of the Messages API, so that SDKs raise their
 * typed errors; what breaks on the way is thrown.
 *
 * @example With Anthropic's SDK
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { createFetch } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const config = resolveConfig({
 *   env: {
 *     CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
 *     ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
 *     ANTHROPIC_AWS_API_KEY: "AEAAexample",
 *     AWS_REGION: "eu-west-1",
 *   },
 * });
 * const fetch = createFetch(config);
 * // new Anthropic({ apiKey: "unused", fetch })
 *
 * const { request, translations } = await fetch.plan("https://api.anthropic.com/v1/messages", {
 *   method: "POST",
 *   body: '{"model":"opus","max_tokens":1,"messages":[{"role":"user","content":"Hello"}]}',
 * });
 * equal(request?.url, "https://aws-external-anthropic.eu-west-1.api.aws/v1/messages");
 * equal(translations[0]?.after, "claude-opus-5-5");
 * ```
 *
 * @param config The configuration, or what resolves it: that is called at the first request, and again where credentials have to
 * be found again.
 * @param options Credentials, retries, time-outs, limits, hooks.
 * @returns The function. It throws {@link FetchError} for what breaks on the way (`CONNECTION_FAILED`, `CONNECT_TIMEOUT`,
 * `FIRST_BYTE_TIMEOUT`, `TOTAL_TIMEOUT`, `REDIRECTED`), the reason of the caller's signal, and what a hook throws.
 */
export function createFetch(config: ConfigOrResolver, options: CreateFetchOptions = {}): ClaudeFetch {
  const resolve = async (): Promise<Config> => (typeof config === "function" ? config() : config);
  let known: SenderSettings["choose"] | undefined;
  let pending: Promise<SenderSettings["choose"]> | undefined;
  const prepareAll = async (): Promise<SenderSettings["choose"]> => {
    known = createDestinations(await resolve(), toDestinationOptions(options, resolve));
    return known;
  };
  const destinations = (): Promise<SenderSettings["choose"]> => {
    pending ??= prepareAll();
    // What fails is tried again by whoever asks next.
    pending.catch(() => (pending = undefined));
    return pending;
  };
  const { send, prepare } = createSender({
    ...options,
    transport: options.transport ?? createEnvironmentTransport(options.proxyEnv ?? processEnvironment()),
    choose: (model) => (known === undefined ? destinations().then((choose) => choose(model)) : known(model)),
    observer: observerOf(options),
  });
  const plan: ClaudeFetch["plan"] = async (input, init) => planOf(await prepare(readFetchRequest(input, init)));
  const exchange: ClaudeFetch["exchange"] = async (request) => send(readExchangeRequest(request));
  return Object.assign(toFetch(send), { plan, exchange });
}

const processEnvironment = (): ProxyEnvironment => (typeof process === "object" ? process.env : {});

const toDestinationOptions = (options: CreateFetchOptions, resolve: () => Promise<Config>) => ({
  credentials: options.credentials,
  inferenceProfiles: options.inferenceProfiles ?? [],
  now: options.now ?? (() => new Date()),
  resolve,
});
