import type { JSONWebKeySet, JWTPayload, LocalJWKSet } from "jose";
import { createHash } from "node:crypto";
import { refuse } from "../../refusals/own-refusals.ts";
import type { IssuerSettings } from "../../settings/caller-settings.ts";
import type { OwnRefusal } from "../../terms/own-refusal.ts";
import { refuseCaller } from "../read-credential.ts";
import { checkIssuer, parseKeyUrl } from "./check-issuer.ts";
import { fetchJson, type FetchJsonOptions } from "./fetch-json.ts";
import type { JwtLimits } from "./jwt-limits.ts";
import { KeySource } from "./key-source.ts";
import { type ClaimedCaller, readClaims } from "./read-claims.ts";
import { VerifiedJwts } from "./verified-jwts.ts";

/** Signatures that only the issuer can make. With the others, whoever verifies could sign too. */
const ALGORITHMS: readonly string[] = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** What a JWT has to say beside who issued it and for whom. */
const REQUIRED_CLAIMS: readonly string[] = ["iss", "aud", "exp"];

const NO_MATCHING_KEY = "ERR_JWKS_NO_MATCHING_KEY";

/** What verifying takes from outside. */
export interface JwtVerifierOptions extends JwtLimits {
  readonly fetch: FetchJsonOptions["fetch"];
  /** Ends what takes longer than so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
  readonly nowMs: () => number;
  /** Told where keys cannot be fetched. */
  readonly onProblem: (message: string) => void;
  /** Whether keys may be fetched in plain text from this machine itself. */
  readonly allowHttpLoopback: boolean;
}

/** An issuer, and its keys. */
interface Issuer {
  readonly settings: IssuerSettings;
  readonly keys: KeySource;
}

/** Says whose a JWT is; or why it is not taken. */
export type VerifyJwt<Value> = (jwt: string) => Value | OwnRefusal | Promise<Value | OwnRefusal>;

/**
 * Makes what verifies JWTs.
 *
 * @param issuers Whose are taken.
 * @param toValue Makes of who a JWT says its bearer is what is remembered and given.
 * @param options Limits, and what is taken from outside.
 * @throws {GatewayError} `SETTINGS_INVALID` where an issuer cannot be used, or would let strangers in.
 */
export async function createJwtVerifier<Value extends object>(
  issuers: readonly IssuerSettings[],
  toValue: (claimed: ClaimedCaller) => Value,
  options: JwtVerifierOptions,
): Promise<VerifyJwt<Value>> {
  for (const settings of issuers) checkIssuer(settings, options.allowHttpLoopback);
  // Loaded only where somebody issues JWTs.
  const { createLocalJWKSet, decodeJwt, errors, jwtVerify } = await import("jose");
  const byName = new Map<string, Issuer[]>();
  for (const settings of issuers) {
    const rows = byName.get(settings.issuer) ?? [];
    // Rows of one issuer share its keys, unless they say where others are.
    const sameKeys = rows.find((row) => row.settings.jwksUrl === settings.jwksUrl)?.keys;
    rows.push({ settings, keys: sameKeys ?? createKeySource(settings, createLocalJWKSet, options) });
    byName.set(settings.issuer, rows);
  }
  const verified = new VerifiedJwts<{ readonly value: Value; readonly source: KeySource }>(options.maxVerifiedJwts);

  const issuersOf = (jwt: string): readonly Issuer[] => {
    try {
      return byName.get(decodeJwt(jwt).iss ?? "") ?? [];
    } catch {
      return [];
    }
  };

  const verifyWith = async (jwt: string, keys: LocalJWKSet, { audience, issuer }: IssuerSettings) =>
    jwtVerify<JWTPayload>(jwt, keys, {
      algorithms: [...ALGORITHMS],
      issuer,
      audience,
      requiredClaims: [...REQUIRED_CLAIMS],
      clockTolerance: options.clockToleranceSeconds,
      currentDate: new Date(options.nowMs()),
    });

  const verifyFor = async (jwt: string, hash: string, { settings, keys }: Issuer): Promise<Value | OwnRefusal> => {
    let found = await keys.get();
    if (found === undefined) return unreadable(settings.issuer);
    try {
      let payload: JWTPayload;
      try {
        ({ payload } = await verifyWith(jwt, found, settings));
      } catch (error) {
        const anew = codeOf(error) === NO_MATCHING_KEY ? await keys.getAnew() : undefined;
        if (anew === undefined || anew === found) throw error;
        found = anew;
        ({ payload } = await verifyWith(jwt, found, settings));
      }
      const claimed = readClaims(payload, settings, options);
      if (typeof claimed === "string") return invalid(claimed);
      const value = toValue(claimed);
      const expiresAtMs = (payload.exp as number) * 1000;
      verified.add(hash, { value: { value, source: keys }, expiresAtMs, keys: found });
      return value;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return refuseCaller("TOKEN_EXPIRED", "Cannot take the JWT: it has expired; ask its issuer for another one");
      }
      // What else is thrown comes of the key: one that is malformed, or too short.
      return invalid(error instanceof errors.JOSEError ? wordsOf(error) : "the key of its issuer cannot be used");
    }
  };

  const verifyAnew = async (jwt: string, hash: string): Promise<Value | OwnRefusal> => {
    let refusal = invalid("its issuer is none of those that this gateway takes, or it is no JWT");
    for (const issuer of issuersOf(jwt)) {
      const answer = await verifyFor(jwt, hash, issuer);
      if (!("shouldRetry" in answer)) return answer;
      refusal = answer;
    }
    return refusal;
  };

  return (jwt) => {
    const hash = createHash("sha256").update(jwt).digest("hex");
    const known = verified.find(hash);
    if (known !== undefined) {
      const isGood = known.expiresAtMs > options.nowMs() && known.keys === known.value.source.fresh;
      if (isGood) return known.value.value;
      verified.delete(hash);
    }
    return verifyAnew(jwt, hash);
  };
}

function createKeySource(
  { issuer, jwksUrl }: IssuerSettings,
  toKeys: (keys: JSONWebKeySet) => LocalJWKSet,
  options: JwtVerifierOptions,
): KeySource {
  const { keyRefreshMs, keyKeepMs, keyCooldownMs, keyTimeoutMs, maxKeyBytes, nowMs, onProblem } = options;
  const limits: FetchJsonOptions = {
    fetch: options.fetch,
    maxBytes: maxKeyBytes,
    deadline: () => options.deadline(keyTimeoutMs),
  };
  const load = async (): Promise<JSONWebKeySet> => {
    const url = jwksUrl ?? (await discover(issuer, limits, options.allowHttpLoopback));
    return (await fetchJson(url, limits)) as unknown as JSONWebKeySet;
  };
  return new KeySource({
    load,
    toKeys,
    nowMs,
    refreshMs: keyRefreshMs,
    keepMs: keyKeepMs,
    cooldownMs: keyCooldownMs,
    onProblem: ({ message }) =>
      onProblem(
        `Cannot fetch the keys of the issuer ${issuer}: ${message}; those fetched before are good until they are ${keyKeepMs / 1000} seconds old`,
      ),
  });
}

/**
 * Asks an issuer where its keys are.
 *
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig | OpenID Connect Discovery 1.0, section 4}
 */
async function discover(issuer: string, limits: FetchJsonOptions, allowsHttpLoopback: boolean): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const found = await fetchJson(url, limits);
  if (found["issuer"] !== issuer) throw new Error(`${url} is of another issuer`);
  const { jwks_uri: keysUrl } = found;
  if (typeof keysUrl !== "string") throw new Error(`${url} has no jwks_uri`);
  return parseKeyUrl(keysUrl, `jwks_uri of ${issuer}`, allowsHttpLoopback).href;
}

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code;

const invalid = (problem: string): OwnRefusal =>
  refuseCaller("AUTHENTICATION_INVALID", `Cannot take the JWT: ${problem}`);

/** What is wrong with a JWT, by the codes of jose: its own messages may repeat what the JWT says. */
const WORDS: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: `its algorithm is none of ${ALGORITHMS.join(", ")}`,
  ERR_JOSE_NOT_SUPPORTED: "it needs what is not supported here",
  ERR_JWKS_NO_MATCHING_KEY: "the key that it names is none of its issuer's",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "it does not say which of its issuer's keys it was signed with",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "its signature is wrong",
};

const KNOWN_CLAIMS: readonly unknown[] = ["iss", "aud", "exp", "nbf", "iat"];

function wordsOf(error: Error): string {
  const { code, claim } = error as { readonly code?: string; readonly claim?: unknown };
  const words = WORDS[code ?? ""];
  if (words !== undefined) return words;
  return KNOWN_CLAIMS.includes(claim)
    ? `its claim ${String(claim)} is missing, or not what this gateway takes`
    : "it is malformed";
}

const unreadable = (issuer: string): OwnRefusal =>
  refuse(
    "CALLERS_UNREADABLE",
    `Cannot tell who asks: the keys of the issuer ${issuer} could not be fetched; try again later`,
  );
