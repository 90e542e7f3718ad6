/** A time as the credential services write it: ISO 8601 in UTC, in whole seconds. */
export const formatTimestamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
