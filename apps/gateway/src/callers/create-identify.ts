import type { AwsProvider } from "@claude-on-aws/endpoints";
import { refuse } from "../refusals/own-refusals.ts";
import type { CallerSettings } from "../settings/caller-settings.ts";
import type { Caller, CallerProof } from "../terms/caller.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import { createFrontEnd } from "./front-end/create-front-end.ts";
import type { Identify } from "./identify.ts";
import { DEFAULT_JWT_LIMITS, type JwtLimits } from "./jwt/jwt-limits.ts";
import type { VerifyJwt } from "./jwt/create-jwt-verifier.ts";
import { createLimits, type ResolvedCaller } from "./limits/resolve-limits.ts";
import { recognizeOwnKey } from "./own-keys/recognize-own-key.ts";
import { readCredential, refuseCaller } from "./read-credential.ts";
import type { TokenRecord } from "./tokens/token-record.ts";
import { type Found, TOKEN_CHECK_MS, TOKEN_KEEP_MS, TokenRegister } from "./tokens/token-register.ts";
import { TOKEN_PREFIX } from "../terms/token-prefix.ts";
import { hashToken, isWholeToken } from "./tokens/token-text.ts";

/** What {@link createIdentify} takes from outside; each limit of {@link JwtLimits} is an option too. */
export interface IdentifyOptions extends Partial<JwtLimits> {
  /**
   * Tokens that are known beside those of the file, such as one that is made where none is configured.
   *
   * @default {[]}
   */
  readonly tokens?: readonly TokenRecord[] | undefined;
  /**
   * The upstreams that there are: limits may name no other, and a client's own key goes to those alone whose service takes it.
   *
   * @default {any may be named, and own keys go to whichever}
   */
  readonly upstreams?: readonly { readonly name: string; readonly provider: AwsProvider }[] | undefined;
  /**
   * Fetches the keys of issuers.
   *
   * @default {fetch}
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
  /**
   * Ends what takes longer than so many milliseconds.
   *
   * @default {AbortSignal.timeout}
   */
  readonly deadline?: ((ms: number) => AbortSignal) | undefined;
  /**
   * Told where the file of tokens cannot be used any more, or the keys of an issuer cannot be fetched.
   *
   * @default {nobody}
   */
  readonly onProblem?: ((message: string) => void) | undefined;
  /**
   * Whether the keys of an issuer may be fetched in plain text from this machine itself: for tests.
   *
   * @default {false}
   */
  readonly allowHttpLoopback?: boolean | undefined;
  /**
   * How long what was read of the file of tokens is taken for what it holds, in milliseconds.
   *
   * @default {1_000}
   */
  readonly tokenCheckMs?: number | undefined;
  /**
   * How long tokens are good that were read last, once their file cannot be used any more, in milliseconds.
   *
   * @default {300_000}
   */
  readonly tokenKeepMs?: number | undefined;
}

/** A token as it is asked for. */
interface KnownToken {
  readonly caller: Caller;
  readonly expiresAtMs: number;
  readonly isRevoked: boolean;
}

/** How JWTs begin: with the base64url of `{"`. */
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/;

/**
 * Makes what says who asks: by a token of the file, by a JWT, by a header of a front end, or by a client's own key; whoever has no such
 * proof, or two that differ, is refused.
 *
 * @example Only one's own token
 * ```ts
 * import { createIdentify, makeToken } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const { token, record } = makeToken({ name: "ci", groups: ["builders"] });
 * const identify = await createIdentify(
 *   { groups: { builders: { models: ["claude-haiku-*"] } } },
 *   { tokens: [record] },
 * );
 * const ask = (value: string) =>
 *   identify({ method: "POST", target: "/v1/messages", headers: [["authorization", value]], httpVersion: "1.1" }, undefined);
 *
 * const caller = await ask(`Bearer ${token}`);
 * equal("limits" in caller && caller.limits.models?.[0], "claude-haiku-*");
 * const refusal = await ask("Bearer something-else");
 * equal("code" in refusal && refusal.code, "AUTHENTICATION_INVALID");
 * ```
 *
 * @param settings Who is served, and within which limits.
 * @param options What is taken from outside.
 * @returns What says who asks. Of a token that is known, it answers at once; a promise where a file or an issuer has to be asked.
 * @throws {GatewayError} `SETTINGS_INVALID` where the settings cannot hold, or would let strangers in; `TOKENS_UNUSABLE` where the file of
 * tokens cannot be read, is damaged, or others may write it.
 */
export async function createIdentify(settings: CallerSettings = {}, options: IdentifyOptions = {}): Promise<Identify> {
  const { upstreams, now = () => new Date() } = options;
  const nowMs = (): number => now().getTime();
  const names = upstreams?.map(({ name }) => name);
  const limitsOf = createLimits(settings, names);
  const toCaller = (name: string, groups: readonly string[], proof: CallerProof): Caller => ({
    name,
    proof,
    ...limitsOf(name, groups),
    ownKey: null,
  });
  const identifyFrontEnd = createFrontEnd(settings.frontEnd);
  const findToken = await createTokens(settings, options, nowMs, toCaller);
  const verifyJwt = await createJwts(settings, options, nowMs, toCaller);
  const toOwnKey = (credential: string): ReturnType<typeof recognizeOwnKey> =>
    settings.passOwnKeys === true ? recognizeOwnKey(credential) : undefined;

  const passOwnKey = (
    key: NonNullable<ReturnType<typeof toOwnKey>>,
    who: Pick<Caller, "name" | "proof"> & ResolvedCaller,
  ): Caller | OwnRefusal => {
    if (typeof key === "string") return refuseCaller("AUTHENTICATION_INVALID", `Cannot pass the key on: ${key}`);
    const limits = withOwnKey(who.limits, key.providers, upstreams);
    if (limits === undefined) {
      return refuseCaller(
        "AUTHENTICATION_INVALID",
        "Cannot pass the key on: no upstream that this caller may use takes keys of its family; send a token of this gateway",
      );
    }
    return { ...who, limits, ownKey: key.header };
  };

  const identifyByCredential = (credential: string): ReturnType<Identify> => {
    if (credential.startsWith(TOKEN_PREFIX)) return identifyByToken(credential);
    if (verifyJwt !== undefined && JWT.test(credential)) return verifyJwt(credential);
    const key = toOwnKey(credential);
    if (key === undefined) return UNKNOWN;
    const name = typeof key === "string" ? "" : key.name;
    return passOwnKey(key, { name, proof: "own-key", ...limitsOf(name, []) });
  };

  const identifyByToken = (token: string): ReturnType<Identify> => {
    if (!isWholeToken(token)) return BROKEN;
    const found = findToken(hashToken(token));
    return found instanceof Promise ? found.then((known) => judge(known, nowMs())) : judge(found, nowMs());
  };

  return (head, peerAddress) => {
    const named = identifyFrontEnd(head, peerAddress);
    if (named !== undefined && typeof named !== "string") return named;
    const credential = readCredential(head);
    if (named === undefined) return typeof credential === "string" ? identifyByCredential(credential) : credential;
    const caller = toCaller(named, [], "front-end");
    // Clients send something even where a certificate says who they are; what says so too must not say otherwise.
    if (typeof credential !== "string") return credential.code === "AUTHENTICATION_MISSING" ? caller : credential;
    if (credential.startsWith(TOKEN_PREFIX) || (verifyJwt !== undefined && JWT.test(credential))) return TWO_PROOFS;
    const key = toOwnKey(credential);
    return key === undefined ? caller : passOwnKey(key, caller);
  };
}

const UNKNOWN: OwnRefusal = refuseCaller(
  "AUTHENTICATION_INVALID",
  "Cannot tell who asks: the credential is none that this gateway knows; expected a token of this gateway, which `claude-on-aws gateway token add NAME` makes",
);

const BROKEN: OwnRefusal = refuseCaller(
  "AUTHENTICATION_INVALID",
  `Cannot tell who asks: the token begins with ${TOKEN_PREFIX} and is not whole; copy it again, all 78 characters`,
);

const EXPIRED: OwnRefusal = refuseCaller(
  "TOKEN_EXPIRED",
  "Cannot serve this request: its token has expired; whoever runs the gateway makes another one with `claude-on-aws gateway token add NAME`",
);

const REVOKED: OwnRefusal = refuseCaller(
  "TOKEN_REVOKED",
  "Cannot serve this request: its token was revoked; ask whoever runs the gateway for another one",
);

const TWO_PROOFS: OwnRefusal = refuse(
  "REQUEST_AMBIGUOUS",
  "Cannot tell who asks: the front end says so in its header, and the client with a token or a JWT; send one of them",
);

const UNREADABLE: OwnRefusal = refuse(
  "CALLERS_UNREADABLE",
  "Cannot tell who asks: the gateway cannot read its tokens; try again later, and tell whoever runs it",
);

function judge(found: Found<KnownToken>, nowMs: number): Caller | OwnRefusal {
  if (found === undefined) return UNKNOWN;
  if (found === "unusable") return UNREADABLE;
  if (found.isRevoked) return REVOKED;
  return found.expiresAtMs <= nowMs ? EXPIRED : found.caller;
}

type ToCaller = (name: string, groups: readonly string[], proof: CallerProof) => Caller;

async function createTokens(
  { tokensFile }: CallerSettings,
  { tokens = [], onProblem = () => {}, tokenCheckMs = TOKEN_CHECK_MS, tokenKeepMs = TOKEN_KEEP_MS }: IdentifyOptions,
  nowMs: () => number,
  toCaller: ToCaller,
): Promise<(hash: string) => Found<KnownToken> | Promise<Found<KnownToken>>> {
  const toEntry = ({ name, groups, expiresAt, revokedAt }: TokenRecord): KnownToken => ({
    caller: toCaller(name, groups, "token"),
    expiresAtMs: expiresAt === null ? Infinity : Date.parse(expiresAt),
    isRevoked: revokedAt !== null,
  });
  const given = new Map(tokens.map((record) => [record.sha256, toEntry(record)]));
  if (tokensFile === undefined) return (hash) => given.get(hash);
  const register = await TokenRegister.open(tokensFile, toEntry, {
    nowMs,
    onProblem,
    checkMs: tokenCheckMs,
    keepMs: tokenKeepMs,
  });
  return (hash) => given.get(hash) ?? register.find(hash);
}

async function createJwts(
  { issuers = [] }: CallerSettings,
  options: IdentifyOptions,
  nowMs: () => number,
  toCaller: ToCaller,
): Promise<VerifyJwt<Caller> | undefined> {
  if (issuers.length === 0) return undefined;
  const {
    fetch = globalThis.fetch,
    deadline = (ms) => AbortSignal.timeout(ms),
    onProblem = () => {},
    allowHttpLoopback = false,
  } = options;
  const limits = Object.fromEntries(
    Object.entries(DEFAULT_JWT_LIMITS).map(([name, value]) => [name, options[name as keyof JwtLimits] ?? value]),
  ) as Record<keyof JwtLimits, number>;
  const { createJwtVerifier } = await import("./jwt/create-jwt-verifier.ts");
  return createJwtVerifier(issuers, ({ name, groups }) => toCaller(name, groups, "jwt"), {
    ...limits,
    fetch,
    deadline,
    nowMs,
    onProblem,
    allowHttpLoopback,
  });
}

/** A key goes where its service is: the gateway's own credentials are for the others. */
function withOwnKey(
  limits: Caller["limits"],
  providers: readonly AwsProvider[],
  upstreams: IdentifyOptions["upstreams"],
): Caller["limits"] | undefined {
  if (upstreams === undefined) return limits;
  const taking = upstreams
    .filter(({ name, provider }) => providers.includes(provider) && (limits.upstreams?.includes(name) ?? true))
    .map(({ name }) => name);
  return taking.length === 0 ? undefined : { ...limits, upstreams: taking };
}
