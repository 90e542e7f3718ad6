import { type CredentialsInput, type CredentialSource, toCredentialSource } from "@claude-on-aws/auth";
import { type AwsProvider, CLAUDE_SERVICES } from "@claude-on-aws/endpoints";
import { type Config, type Endpoint, type Problem, type Provider, PROVIDER_TITLES } from "@claude-on-aws/env";
import type { Authenticator } from "../authenticate/authenticator.ts";
import { authenticateWithHeaders } from "../authenticate/with-headers.ts";
import { authenticateWithSignature } from "../authenticate/with-signature.ts";
import { DIALECTS } from "../dialects/dialects.ts";
import { FetchError } from "../fetch-error.ts";
import type { Destination, SenderSettings } from "../send/settings.ts";
import { andThen } from "../translate/and-then.ts";
import { reportTranslations } from "../translate/report-translations.ts";
import type { Header } from "../header.ts";
import { chooseEndpoint } from "./choose-endpoint.ts";
import { createModelChooser } from "./choose-model.ts";
import { configuredHeaders } from "./configured-headers.ts";
import { loadedSource } from "./loaded-source.ts";
import { problemsOf } from "./problems-of.ts";
import { withStart } from "./with-start.ts";

/** What {@link createDestinations} is told besides the configuration. */
export interface DestinationOptions {
  /** Credentials that take the place of those that the configuration names. */
  readonly credentials?: CredentialsInput | undefined;
  readonly inferenceProfiles: readonly string[];
  readonly now: () => Date;
  /** Resolves the configuration again. */
  readonly resolve: () => Promise<Config>;
}

const OF_AUTHENTICATION: ReadonlySet<string> = /* @__PURE__ */ new Set(["authorization", "x-api-key"]);

const isOfAuthentication = ([name]: Header): boolean => OF_AUTHENTICATION.has(name);

/**
 * Makes what says where a request goes, out of a configuration.
 *
 * @param given The configuration.
 * @param options Credentials, profiles and the clock.
 * @returns A function of the client's model.
 * @throws {FetchError} From the function: `CONFIG_INCOMPLETE` where the configuration has an error, `PROVIDER_UNSUPPORTED`,
 * `CREDENTIALS_MISSING` where a key comes from a command that nobody ran.
 */
export function createDestinations(given: Config, options: DestinationOptions): SenderSettings["choose"] {
  const config = withStart(given);
  const chooseModel = createModelChooser(config, options.inferenceProfiles);
  const source =
    options.credentials === undefined
      ? loadedSource(async () => {
          const { createCredentialSource } = await import("./credential-source.ts");
          return createCredentialSource(config, options.resolve);
        })
      : toCredentialSource(options.credentials);
  const made = new Map<Endpoint, Destination>();

  const make = (endpoint: Endpoint): Destination | Promise<Destination> => {
    const makeDialect = DIALECTS[endpoint.provider];
    if (makeDialect === undefined) throw unsupported(endpoint);
    checkConfig(config, endpoint);
    const { baseUrl } = endpoint;
    if (baseUrl === null) throw incomplete(`no base URL is known for ${PROVIDER_TITLES[endpoint.provider]}`);
    const headers = configuredHeaders(config, endpoint);
    const authenticate = createAuthenticator(config, endpoint, headers.filter(isOfAuthentication), source, options);
    const input = {
      config,
      baseUrl: baseUrl.value,
      headers: headers.filter((header) => !isOfAuthentication(header)),
      chooseModel,
    };
    return andThen(makeDialect(input), (dialect) => {
      const destination = { dialect: reportTranslations(dialect), authenticate };
      made.set(endpoint, destination);
      return destination;
    });
  };

  return (model) => {
    const endpoint = model === null ? config.endpoints[0] : chooseEndpoint(config, chooseModel(model).id);
    return made.get(endpoint) ?? make(endpoint);
  };
}

/** Problems that somebody other than the configuration may solve: the chain of AWS, or the caller. */
const SOLVED_LATER: ReadonlySet<string> = /* @__PURE__ */ new Set(["CREDENTIALS_NOT_FOUND"]);

function checkConfig(config: Config, endpoint: Endpoint): void {
  const found = problemsOf(config, endpoint).find(
    ({ severity, code }) => severity === "error" && !SOLVED_LATER.has(code),
  );
  if (found !== undefined) throw incomplete(`${found.message} ${found.fix}`);
}

function createAuthenticator(
  config: Config,
  { provider, authentication }: Endpoint,
  headers: readonly Header[],
  source: CredentialSource,
  { credentials, now }: DestinationOptions,
): Authenticator {
  const { method } = authentication;
  const isUnfound = method === "none" && problemsOf(config, config.endpoints[0]).some(isUnsolved);
  if (isOnAws(provider) && (method === "sigv4" || isUnfound || credentials !== undefined)) {
    const service = CLAUDE_SERVICES[provider].signingService;
    const signs = authenticateWithSignature({ source, service, region: config.region?.value ?? "us-east-1", now });
    if (credentials !== undefined || headers.length === 0) return signs;
    return (request) => signs({ ...request, headers: [...request.headers, ...headers] });
  }
  if (method !== "none" && headers.length === 0) throw keyMissing(authentication.source);
  return authenticateWithHeaders(headers);
}

const isUnsolved = ({ code }: Problem): boolean => SOLVED_LATER.has(code);

const isOnAws = (provider: Provider): provider is AwsProvider => Object.hasOwn(CLAUDE_SERVICES, provider);

const incomplete = (what: string): FetchError =>
  new FetchError("CONFIG_INCOMPLETE", `Cannot send requests as configured: ${what}`);

/** The providers that requests can be sent to, in words. */
const supported = (): string =>
  (Object.keys(DIALECTS) as Provider[]).map((provider) => PROVIDER_TITLES[provider]).join(" or ");

const unsupported = ({ provider }: Endpoint): FetchError =>
  new FetchError(
    "PROVIDER_UNSUPPORTED",
    `Cannot send requests to ${PROVIDER_TITLES[provider]}: expected ${supported()}; switch one of them on, such as CLAUDE_CODE_USE_ANTHROPIC_AWS=1`,
  );

const keyMissing = (source: string): FetchError =>
  new FetchError(
    "CREDENTIALS_MISSING",
    `Cannot send requests: the key comes from ${source}, and what it gives is not known; run it, and hand its output to resolveConfig as commandOutputs`,
  );
