import { createSecureContext, type SecureContext } from "node:tls";
import type { Authority, IssuedCertificate } from "./authority.ts";

/** There are fewer services times regions than this; a client that makes up names does not fill the memory. */
const DEFAULT_MAX_HOSTS = 256;

/** Options for {@link LeafContexts}. */
export interface LeafContextsOptions {
  /** Names and addresses of the server itself. */
  readonly ownNames: readonly string[];
  /** Hosts that get a certificate of their own. */
  readonly isImpersonated: (host: string) => boolean;
  /**
   * How many of these are kept; the one that was used longest ago goes first.
   *
   * @default {256}
   */
  readonly maxHosts?: number | undefined;
}

/** The certificates of a server, one for each host that it impersonates, made when it is first asked for. */
export class LeafContexts {
  readonly #authority: Authority;
  readonly #options: LeafContextsOptions;
  readonly #contexts = new Map<string, SecureContext>();
  /** For clients that name no host, or one that is not impersonated: its own names. */
  readonly own: IssuedCertificate;
  readonly #ownContext: SecureContext;

  /**
   * @param authority Who issues the certificates.
   * @param options Which names get one.
   */
  constructor(authority: Authority, options: LeafContextsOptions) {
    this.#authority = authority;
    this.#options = options;
    this.own = authority.issue(options.ownNames);
    this.#ownContext = createSecureContext(this.own);
  }

  /** How many hosts have a certificate at the moment. */
  get size(): number {
    return this.#contexts.size;
  }

  /**
   * Finds the certificate for a host that a client names in its first message.
   *
   * @param host The host; empty where the client names none.
   * @returns Its certificate and key; those of the server itself for a host that is not impersonated.
   */
  find(host: string): SecureContext {
    const name = host.toLowerCase();
    if (!this.#options.isImpersonated(name)) return this.#ownContext;
    const found = this.#contexts.get(name) ?? createSecureContext(this.#authority.issue([name]));
    // The last in order is the last used.
    this.#contexts.delete(name);
    this.#contexts.set(name, found);
    const [oldest] = this.#contexts.keys();
    if (this.#contexts.size > (this.#options.maxHosts ?? DEFAULT_MAX_HOSTS) && oldest !== undefined) {
      this.#contexts.delete(oldest);
    }
    return found;
  }
}
