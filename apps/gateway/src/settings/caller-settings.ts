import type { CallerLimits } from "../terms/caller.ts";

/** Whoever issues JWTs that are taken. */
export interface IssuerSettings {
  /** What `iss` has to be. */
  readonly issuer: string;
  /** Where its keys are; HTTPS, and never redirected. Left out, `/.well-known/openid-configuration` of the issuer says it. */
  readonly jwksUrl?: string | undefined;
  /** What `aud` has to hold. */
  readonly audience: string;
  /** The claim that names the caller. Defaults to `sub`. */
  readonly nameClaim?: string | undefined;
  /** What is put before names and groups of this issuer, so that they cannot be those of anybody else. Defaults to nothing. */
  readonly namePrefix?: string | undefined;
  /** The claim that lists its groups. Left out, it has none. */
  readonly groupsClaim?: string | undefined;
  /** Claims that must have one of these values, such as `repository_owner_id` of GitHub Actions. */
  readonly requiredClaims?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Who is served, and within which limits. */
export interface CallerSettings {
  /** The file of hashed tokens, which `claude-on-aws gateway token` writes. */
  readonly tokensFile?: string | undefined;
  readonly issuers?: readonly IssuerSettings[] | undefined;
  /**
   * A front end that checks client certificates and says who it was in a header: taken from these addresses alone, each one such as
   * `10.0.0.5` or a range such as `10.0.0.0/24`.
   */
  readonly frontEnd?: { readonly header: string; readonly addresses: readonly string[] } | undefined;
  /** Whether a client's own API key goes through to the service in place of the gateway's credentials. */
  readonly passOwnKeys?: boolean | undefined;
  /** Limits of whoever has none of its own. */
  readonly defaults?: Partial<CallerLimits> | undefined;
  /** Limits by group. */
  readonly groups?: Readonly<Record<string, Partial<CallerLimits>>> | undefined;
  /** Limits and groups by name of the caller. */
  readonly callers?:
    | Readonly<Record<string, Partial<CallerLimits> & { readonly groups?: readonly string[] }>>
    | undefined;
}
