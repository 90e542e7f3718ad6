/** How long a session lasts where nobody says. */
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * Decides how long a session lasts: what the fake was told for all of them, then what the request asks for, then an
 * hour.
 *
 * @returns Seconds.
 */
export function resolveSessionSeconds(configured: number | undefined, requested?: number): number {
  return configured ?? requested ?? DEFAULT_SESSION_SECONDS;
}
