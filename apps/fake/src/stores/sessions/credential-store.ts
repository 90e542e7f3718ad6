import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { issueCredentials, type IssuedCredentials } from "./issue-credentials.ts";
import { userPrincipal, type Principal, type SessionRole } from "../../principals/session-principal.ts";
import { randomBytes } from "../../text/random-text.ts";
import { remember } from "../remember.ts";
import { formatTags, parseTags, type Session, type SessionGrant } from "../../terms/session.ts";

/** Options for a {@link CredentialStore}. */
export interface CredentialStoreOptions {
  /** Those that the fake was configured with. */
  readonly credentials: readonly AwsCredentials[];
  /** The account in which they are. */
  readonly accountId: string;
  /**
   * How many issued sessions, and how many tokens of instance metadata, are remembered; the oldest go first.
   *
   * @default {10_000}
   */
  readonly maxSessions?: number | undefined;
  /**
   * How much of the tags of issued sessions is remembered, in characters; the oldest sessions go first.
   *
   * @default {4_000_000}
   */
  readonly maxTagCharacters?: number | undefined;
  /**
   * The ARN of the owner of a configured access key.
   *
   * @default {() => undefined} all of them are one user's
   */
  readonly arnOf?: ((accessKeyId: string) => string | undefined) | undefined;
}

/**
 * Every access key whose signature is accepted: those that were configured, and
 * the sessions that were issued since. A session is remembered beyond its end,
 * so that its key is refused as expired and not as unknown.
 */
export class CredentialStore {
  readonly #configured: ReadonlyMap<string, readonly AwsCredentials[]>;
  readonly #accountId: string;
  readonly #arnOf: (accessKeyId: string) => string | undefined;
  readonly #maxSessions: number;
  readonly #maxTagCharacters: number;
  readonly #sessions = new Map<string, KeptSession>();
  #tagCharacters = 0;
  /** When each token of instance metadata ends, in milliseconds. */
  readonly #metadataTokens = new Map<string, number>();

  constructor({
    credentials,
    accountId,
    maxSessions = 10_000,
    maxTagCharacters = 4_000_000,
    arnOf = () => undefined,
  }: CredentialStoreOptions) {
    this.#configured = Map.groupBy(credentials, ({ accessKeyId }) => accessKeyId);
    this.#accountId = accountId;
    this.#arnOf = arnOf;
    this.#maxSessions = Math.max(1, maxSessions);
    this.#maxTagCharacters = maxTagCharacters;
  }

  /** How many sessions are remembered. */
  get size(): number {
    return this.#sessions.size;
  }

  /** The credentials of an access key that were issued with a session token, or else any others that it has. */
  find(accessKeyId: string, sessionToken: string | undefined): AwsCredentials | undefined {
    const known = this.#configured.get(accessKeyId);
    if (known === undefined) return this.#sessions.get(accessKeyId)?.issued;
    return known.find((credentials) => credentials.sessionToken === sessionToken) ?? known[0];
  }

  /** Who signs with an access key, whether it was configured or issued; `undefined` where it is unknown. */
  principalOf(accessKeyId: string): Principal | undefined {
    return (
      this.#sessions.get(accessKeyId)?.issued.principal ??
      (this.#configured.has(accessKeyId) ? userPrincipal(this.#accountId, this.#arnOf(accessKeyId)) : undefined)
    );
  }

  /** Whether an access key was issued here, and so is that of a role. */
  isSession(accessKeyId: string): boolean {
    return this.#sessions.has(accessKeyId);
  }

  /** The policies that a session was restricted to; `undefined` where it was not. */
  sessionPoliciesOf(accessKeyId: string): readonly string[] | undefined {
    return this.#sessions.get(accessKeyId)?.policies;
  }

  /** What policies can test of a session that was issued here; `undefined` for every other access key. */
  sessionOf(accessKeyId: string): Session | undefined {
    const kept = this.#sessions.get(accessKeyId);
    if (kept === undefined) return undefined;
    const { issued, tags, sourceIdentity } = kept;
    return { issuedAt: issued.issuedAt, tags: parseTags(tags), sourceIdentity };
  }

  /**
   * Issues the credentials of a session, which are accepted until they end.
   *
   * @param seconds How long they last.
   * @param grant What the session is given besides its role.
   */
  issue(role: SessionRole, seconds: number, now: Date, grant: SessionGrant = {}): IssuedCredentials {
    const { policies, tags = [], sourceIdentity } = grant;
    const issued = issueCredentials(role, seconds, now);
    const kept = { issued, policies, tags: formatTags(tags), sourceIdentity };
    this.#tagCharacters += kept.tags.length;
    remember(this.#sessions, issued.accessKeyId, kept, this.#maxSessions, (gone) => {
      this.#tagCharacters -= gone.tags.length;
    });
    this.#forgetTags();
    return issued;
  }

  /** Lets the oldest sessions go until the tags of the others fit; the newest stays. */
  #forgetTags(): void {
    for (const [accessKeyId, { tags }] of this.#sessions) {
      if (this.#tagCharacters <= this.#maxTagCharacters || this.#sessions.size === 1) return;
      this.#sessions.delete(accessKeyId);
      this.#tagCharacters -= tags.length;
    }
  }

  /** Issues a token for instance metadata. */
  issueMetadataToken(seconds: number, now: Date): string {
    const token = btoa(String.fromCharCode(...randomBytes(METADATA_TOKEN_BYTES)));
    remember(this.#metadataTokens, token, now.getTime() + seconds * 1000, this.#maxSessions);
    return token;
  }

  /** Whether a token for instance metadata was issued and has not ended. */
  acceptsMetadataToken(token: string, now: Date): boolean {
    return (this.#metadataTokens.get(token) ?? 0) > now.getTime();
  }

  /** Forgets everything that was issued. */
  reset(): void {
    this.#sessions.clear();
    this.#tagCharacters = 0;
    this.#metadataTokens.clear();
  }
}

/** A session as it is remembered. */
interface KeptSession extends Pick<SessionGrant, "policies" | "sourceIdentity"> {
  readonly issued: IssuedCredentials;
  /** As `formatTags` writes them. Policies are text as well: parsed, both would take many times the memory. */
  readonly tags: string;
}

/** As long as those of EC2. */
const METADATA_TOKEN_BYTES = 42;
