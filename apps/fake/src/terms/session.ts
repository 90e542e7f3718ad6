/** A tag that a session was given. */
export interface SessionTag {
  readonly key: string;
  readonly value: string;
  /** Whether sessions that are made with this one have it too. */
  readonly transitive: boolean;
}

/** What a session was given when it was made. */
export interface SessionGrant {
  /**
   * Documents, and ARNs of managed policies: what the session may do at most, whatever its role may. Absent where it
   * is not restricted.
   */
  readonly policies?: readonly string[] | undefined;
  readonly tags?: readonly SessionTag[] | undefined;
  /** Who is behind it, as the first session of the chain stated. */
  readonly sourceIdentity?: string | undefined;
}

/** What policies can test of a session. */
export interface Session extends Pick<SessionGrant, "sourceIdentity"> {
  readonly issuedAt: Date;
  readonly tags: readonly SessionTag[];
}

/**
 * Writes tags as one text: apart they would take many times the memory.
 *
 * @returns Empty where there are none.
 */
export const formatTags = (tags: readonly SessionTag[]): string =>
  tags.length === 0 ? "" : JSON.stringify(tags.map(({ key, value, transitive }) => [key, value, transitive ? 1 : 0]));

/**
 * Reads tags that {@link formatTags} wrote.
 *
 * @returns In their order.
 */
export function parseTags(text: string): readonly SessionTag[] {
  if (text === "") return [];
  const rows = JSON.parse(text) as readonly (readonly [key: string, value: string, transitive: number])[];
  return rows.map(([key, value, transitive]) => ({ key, value, transitive: transitive === 1 }));
}
