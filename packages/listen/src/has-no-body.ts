/**
 * Whether a reply with this status never has a body, and says no length either.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.6 | RFC 9110, section 8.6}
 */
export const hasNoBody = (status: number): boolean => status === 204 || status === 304;
