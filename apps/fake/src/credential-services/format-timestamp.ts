/**
 * Writes a time as the credential services do.
 *
 * @returns ISO 8601 in UTC, in whole seconds: `2026-11-21T12:00:00Z`.
 */
export const formatTimestamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
