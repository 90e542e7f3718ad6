import type { Mistake } from "@claude-on-aws/auth/diagnose";
import { isAwsHost, parseServiceHost } from "@claude-on-aws/endpoints";
import {
  type AwsCredentials,
  type CredentialScope,
  headerValue,
  parseAuthorization,
  readPresigned,
  statedBodyHash,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { presumedSecrets } from "../redact/redact.ts";
import { redactFault } from "../redact/redact-fault.ts";
import { redactMistake } from "../redact/redact-mistake.ts";
import { configuredSecrets, secretsOf, withPresumed } from "../redact/secrets.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import type { Caller, Exchange, Route } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import { hostOf } from "../exchange/host-of.ts";
import { route } from "../route/route.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { RateLimits } from "../stores/rate-limits.ts";
import { Resources } from "../stores/resources.ts";
import { CredentialStore } from "../stores/sessions/credential-store.ts";
import { SignInStore } from "../stores/sign-in/sign-in-store.ts";
import { authenticationKind } from "../terms/authentication-kind.ts";
import type { Fault } from "../terms/faults.ts";
import { isProvider, PROVIDERS, type Provider } from "../terms/provider.ts";
import { checkAuthentication } from "./check-authentication.ts";
import { verifyQuerySignature } from "./check-query-signature.ts";
import { demandsOf, verifySignature } from "./check-signature.ts";

/** Options for {@link createVerifier}: who is known, and by which facts it is judged. */
export type VerifierOptions = Pick<
  FakeOptions,
  "accountId" | "apiKeys" | "credentials" | "facts" | "principals" | "region"
> & {
  /**
   * How many signatures are computed to diagnose one that is wrong.
   *
   * @default {2000}
   */
  readonly maxDiagnosisCandidates?: number | undefined;
  /**
   * What is done with a session token of an access key whose credentials were given without one: `refused`, as the fake
   * does, which is the authority over its keys; or `unchecked`: the arithmetic alone decides, and the verdict says that
   * the token was not checked. A long-lived key (`AKIA…`) never has one: with it a token is always refused.
   *
   * @default {"refused"}
   */
  readonly unknownSessionTokens?: "refused" | "unchecked" | undefined;
};

/** A request whose authentication is to be verified. */
export interface AuthenticationQuestion {
  /** As it was sent. */
  readonly request: WireRequest;
  /** Lower-case hexadecimal SHA-256 of the body, where the body itself is not at hand. */
  readonly bodySha256?: string | undefined;
  /**
   * Whether a body was sent of which neither it nor its hash is at hand, as in a record that leaves it out: the hash that
   * the headers state is taken for it, and otherwise nothing is said of a signature that covers it.
   *
   * @default {false}
   */
  readonly bodyMissing?: boolean | undefined;
  /**
   * The verifier's clock.
   *
   * @default {the date of the request itself, otherwise now}
   */
  readonly now?: Date | undefined;
  /**
   * Signing name that it should be signed for.
   *
   * @default {that of the service which the request is for}
   */
  readonly service?: string | undefined;
  /**
   * Region that it should be signed for.
   *
   * @default {what an AWS host names, otherwise any region that there is}
   */
  readonly region?: string | undefined;
}

/** Whether a request proves who sent it, and why not; what may be a secret is hidden in it. */
export interface AuthenticationVerdict {
  readonly ok: boolean;
  /** The service that the request is for. */
  readonly provider: Provider;
  /** Where its signature stands, where that is not the Authorization header. */
  readonly signatureIn?: "query";
  /** Who sent it, where that is proven. */
  readonly caller?: Caller;
  /** What the fake would refuse it for. */
  readonly fault?: Omit<Fault, "kind">;
  /** Why the signature is wrong, where it is. */
  readonly diagnosis?: readonly Mistake[];
  /** What was taken as it was sent, or as its hash in the headers says, because nothing to compare it with was given. */
  readonly unchecked?: readonly ("body" | "session-token")[];
}

/** Verifies the authentication of requests. */
export type Verifier = (question: AuthenticationQuestion) => Promise<AuthenticationVerdict>;

/**
 * Makes what judges the authentication of recorded requests by the fake's own checks, without the rest of the fake: the
 * same routes, the same keys and credentials, the same words.
 *
 * @example Usage
 * ```ts
 * import { createVerifier } from "@claude-on-aws/fake/verifier";
 * import { equal } from "node:assert/strict";
 *
 * const verify = createVerifier();
 * const request = { method: "POST", target: "/v1/messages", headers: [], httpVersion: "1.1", body: new Uint8Array() };
 * const { ok, fault } = await verify({ request });
 * equal(ok, false);
 * equal(fault?.name, "authentication-missing");
 * ```
 *
 * @param options Who is known; by default the example pair of AWS's documents, and any well-formed API key.
 * @returns What gives the verdict on one request; it never throws on what a client sent.
 * @throws {FakeError} `CONFIGURATION_VALUE`, `CONFIGURATION_POLICY` where the options cannot be used.
 */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const { unknownSessionTokens = "refused", ...known } = options;
  const settings = resolveOptions({ maxDiagnosisCandidates: 2000, ...known });
  const state = stateOf(settings);
  return async (question) => {
    const credentials = unknownSessionTokens === "refused" ? undefined : withSentToken(question.request, settings);
    if (credentials === undefined) return verify(question, settings, state);
    const trusting = { ...settings, credentials: [...settings.credentials, credentials] };
    const verdict = await verify(question, trusting, stateOf(trusting));
    return { ...verdict, unchecked: [...(verdict.unchecked ?? []), "session-token"] };
  };
}

/** Access keys that last, and never have a session token. */
const LONG_LIVED = /^AKIA/;

/** The credentials of a request with the token that it sent, where they were given without one. */
function withSentToken(request: WireRequest, { credentials }: FakeSettings): AwsCredentials | undefined {
  const { accessKeyId: id, sessionToken } = statedSignature(request) ?? {};
  if (!sessionToken || id === undefined || LONG_LIVED.test(id)) return undefined;
  const given = credentials.filter(({ accessKeyId }) => accessKeyId === id);
  const [first] = given;
  return first === undefined || given.some((each) => each.sessionToken !== undefined)
    ? undefined
    : { ...first, sessionToken };
}

function stateOf(settings: FakeSettings): FakeState {
  return {
    credentials: new CredentialStore({
      ...settings,
      arnOf: (accessKeyId) => settings.principals?.ofAccessKey(accessKeyId)?.arn,
    }),
    signIns: new SignInStore(settings),
    addresses: [],
    resources: new Resources(settings),
    limits: new RateLimits(),
    toldSkewsMs: new Set(),
    answerMessage: () => Promise.reject(new TypeError("Cannot answer a message: only authentication is verified")),
  };
}

async function verify(
  question: AuthenticationQuestion,
  settings: FakeSettings,
  state: FakeState,
): Promise<AuthenticationVerdict> {
  const { request, bodySha256, now } = question;
  const bodyMissing = question.bodyMissing === true && bodySha256 === undefined;
  const stated = statedSignature(request);
  const exchange: Exchange = {
    id: "",
    receivedAt: now ?? stated?.signedAt ?? ownDate(request) ?? settings.now(),
    request: {
      ...request,
      wire: "received",
      ...(bodySha256 === undefined ? {} : { bodySha256 }),
      ...(bodyMissing ? { bodyMissing } : {}),
    },
    route: routeOf(question),
    checked: [],
  };
  const foreign = foreignService(question, exchange.route, stated?.scope);
  const kind = authenticationKind(request);
  const verifyAs = kind === "sigv4" ? verifySignature : kind === "sigv4-query" ? verifyQuerySignature : undefined;
  const verdict =
    foreign !== undefined && verifyAs !== undefined
      ? await verifyAs(exchange, { ...demandsOf(exchange, settings), service: foreign }, settings, state)
      : await checkAuthentication(exchange, settings, state);
  const fault = verdict === "not-applicable" ? undefined : verdict;
  const { caller, diagnosis } = exchange;
  const secrets = withPresumed(secretsOf(exchange, configuredSecrets(settings)), presumedSecrets(request));
  return {
    ok: fault === undefined,
    provider: exchange.route.provider,
    ...(kind === "sigv4-query" ? { signatureIn: "query" } : {}),
    ...(bodyMissing && verifyAs !== undefined && fault === undefined && statedBodyHash(request) !== undefined
      ? { unchecked: ["body"] }
      : {}),
    ...(caller === undefined ? {} : { caller }),
    ...(fault === undefined ? {} : { fault: redactFault(fault, secrets) }),
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosis.map((mistake) => redactMistake(mistake, secrets)) }),
  };
}

/** The route of the request, at the service and in the region that were asked for. */
function routeOf({ request, service, region }: AuthenticationQuestion): Route {
  const found = route(request);
  const provider = Object.keys(PROVIDERS).find(
    (name): name is Provider => isProvider(name) && PROVIDERS[name].signingService === service,
  );
  const hostRegion = region ?? found.hostRegion;
  return {
    ...found,
    ...(provider === undefined ? {} : { provider }),
    ...(hostRegion === undefined ? {} : { hostRegion }),
  };
}

/** The service, not one of Claude's, that a request should be signed for, such as STS: a host of AWS, or the question, says so. */
function foreignService(
  { request, service }: AuthenticationQuestion,
  { provider }: Route,
  scope: CredentialScope | undefined,
): string | undefined {
  if (service !== undefined) return service === PROVIDERS[provider].signingService ? undefined : service;
  const host = hostOf(request);
  return isAwsHost(host) && parseServiceHost(host) === undefined ? scope?.service : undefined;
}

/** What a request says of its signature, whether or not that is right. */
interface StatedSignature {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly sessionToken: string | undefined;
  /** Only in a query: a header has it beside the signature. */
  readonly signedAt?: Date | undefined;
}

function statedSignature(request: WireRequest): StatedSignature | undefined {
  if (authenticationKind(request) === "sigv4-query") return readPresigned(request.target);
  const { headers } = request;
  try {
    const { accessKeyId, scope } = parseAuthorization(headerValue(headers, "authorization") ?? "");
    return { accessKeyId, scope, sessionToken: headerValue(headers, "x-amz-security-token")?.trim() };
  } catch {
    return undefined;
  }
}

/** The time that a request gives itself. */
function ownDate({ headers }: WireRequest): Date | undefined {
  const text = headerValue(headers, "x-amz-date") ?? headerValue(headers, "date");
  const date = new Date((text ?? "").replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
