import type { FakeState } from "../../exchange/fake-state.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import type { Session, SessionTag } from "../../terms/session.ts";
import { foldKey, readSessionTags } from "./session-tags.ts";

/** What the session that a request asks for would be given. */
export interface AskedSession {
  /** What it inherits, and then what the request asks for. */
  readonly tags: readonly SessionTag[];
  /** Inherited where there is one to inherit; else what the request asks for. */
  readonly sourceIdentity: string | undefined;
}

/**
 * What a session of a role would be given: the transitive tags and the source identity of the session that asks, and
 * those of the request. What is inherited stays as it is.
 *
 * @returns Its tags, the inherited ones first, and its source identity.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining | Chaining roles with session tags}
 */
export function askedSession(
  { parameters, caller }: ServiceExchange,
  { credentials }: Pick<FakeState, "credentials">,
): AskedSession {
  const calling = credentials.sessionOf(caller?.accessKeyId ?? "");
  const inherited = inheritedTags(calling);
  const taken = new Set(inherited.map(({ key }) => foldKey(key)));
  return {
    tags: [...inherited, ...readSessionTags(parameters).tags.filter(({ key }) => !taken.has(foldKey(key)))],
    sourceIdentity: calling?.sourceIdentity ?? parameters.get("SourceIdentity"),
  };
}

/**
 * Picks the tags that a session passes on.
 *
 * @returns None where there is no session.
 */
export const inheritedTags = (session: Session | undefined): readonly SessionTag[] =>
  session?.tags.filter(({ transitive }) => transitive) ?? [];
