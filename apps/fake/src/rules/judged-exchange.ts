import { parseAuthorization, type SigV4Authorization } from "@claude-on-aws/auth/sigv4";
import { splitTarget } from "@claude-on-aws/endpoints";
import type { WireReply } from "../terms/wire.ts";
import { type KeptExchange, isWhole } from "../record/kept-exchange.ts";
import { type BodyFields, parseFields } from "../record/body-fields.ts";
import { redactSecrets, type Secrets } from "../redact/secrets.ts";
import { type AuthenticationKind, authenticationKind } from "../terms/authentication-kind.ts";
import { clientName } from "./client-name.ts";

/**
 * An exchange as a rule sees it: complete, with what the same client sent
 * before. What takes work is done when a rule asks for it, and once.
 */
export class JudgedExchange {
  readonly kept: KeptExchange;
  /** Secrets that the fake knows, and those that the request presents where they belong. */
  readonly secrets: Secrets;
  /** The same client's exchange of which this one is a retry. */
  readonly retryOf: JudgedExchange | undefined;
  #headers: ReadonlyMap<string, readonly string[]> | undefined;
  #authorization: SigV4Authorization | null | undefined;
  #kind: AuthenticationKind | undefined;
  #text: string | undefined;
  #fields: BodyFields | null | undefined;

  /** The attempt that this is of one call, from 1. */
  readonly attempt: number;

  constructor(
    kept: KeptExchange,
    secrets: Secrets,
    retryOf?: JudgedExchange,
    attempt: number = (retryOf?.attempt ?? 0) + 1,
  ) {
    this.kept = kept;
    this.secrets = secrets;
    this.attempt = attempt;
    // Only one step back: a client that retries for ever must not keep its whole past alive.
    this.retryOf = retryOf && new JudgedExchange(retryOf.kept, retryOf.secrets, undefined, retryOf.attempt);
  }

  /** Name and version of the client, from its user agent; without secrets. */
  get client(): string {
    const userAgent = this.value("user-agent");
    return clientName(userAgent && redactSecrets(userAgent, this.secrets));
  }

  get provider(): KeptExchange["route"]["provider"] {
    return this.kept.route.provider;
  }

  /** Name of the operation; absent where the provider has no such route. */
  get operation(): string | undefined {
    return this.kept.route.operation?.name;
  }

  get reply(): Pick<WireReply, "status" | "headers"> {
    return this.kept.reply;
  }

  /** The values of each header by its lower-case name, in the order they were sent. */
  get headers(): ReadonlyMap<string, readonly string[]> {
    if (this.#headers !== undefined) return this.#headers;
    const index = new Map<string, string[]>();
    for (const [name, value] of this.kept.request.headers) {
      const lower = name.toLowerCase();
      const values = index.get(lower);
      if (values === undefined) index.set(lower, [value]);
      else values.push(value);
    }
    return (this.#headers = index);
  }

  /** The first value of a header; `name` in lower case. */
  value(name: string): string | undefined {
    return this.headers.get(name)?.[0];
  }

  /** The path as it was sent, without the query. */
  get path(): string {
    return splitTarget(this.kept.request.target).path;
  }

  /** The query as it was sent, without the question mark. */
  get query(): string {
    return splitTarget(this.kept.request.target).query;
  }

  /** How the request says who sent it. */
  get kind(): AuthenticationKind {
    return (this.#kind ??= authenticationKind(this.kept.request));
  }

  /** The parts of the signature; absent where there is none that can be read. */
  get authorization(): SigV4Authorization | undefined {
    return (this.#authorization ??= readAuthorization(this.value("authorization"))) ?? undefined;
  }

  /** Names of the signed headers, in lower case; empty where there is no signature. */
  get signedHeaders(): readonly string[] {
    return this.authorization?.signedHeaders.map((name) => name.toLowerCase()) ?? [];
  }

  /** Whether all of the body was kept. */
  get isWhole(): boolean {
    return isWhole(this.kept);
  }

  /** The body as text, as far as it was kept. */
  get text(): string {
    return (this.#text ??= new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.kept.body));
  }

  /** The top level of the body; absent where it is no JSON object, or was too long to be kept and never read. */
  get fields(): BodyFields | undefined {
    const { fields } = this.kept;
    if (fields !== undefined || !this.isWhole) return fields;
    this.#fields ??= parseFields(this.text) ?? null;
    return this.#fields ?? undefined;
  }
}

function readAuthorization(value: string | undefined): SigV4Authorization | null {
  if (value?.startsWith("AWS4-") !== true) return null;
  try {
    return parseAuthorization(value);
  } catch {
    return null;
  }
}
