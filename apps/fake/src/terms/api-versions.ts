/**
 * Versions of the Messages API in use.
 *
 * Observed: `@anthropic-ai/aws-sdk` 0.9.0 sends the first, 1.1.2 the second.
 */
export const API_VERSIONS: readonly string[] = ["2023-06-01", "2026-10-21"];
