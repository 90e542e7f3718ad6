/** What the paths of the Messages API begin with where a base URL has `/v1` in it, or something in its place. */
const FAMILIES = /\/(?:messages|models|files)(?:\/.*)?$/;

const VERSION = "/v1/";

/**
 * Finds the path of the Messages API in that of a URL, whatever base URL a client was given: `/v1/messages` of
 * `/proxy/v1/messages` and of `/proxy/messages`.
 *
 * @param pathname The path, percent-encoding untouched.
 * @returns The path, which begins with `/v1/`; null where there is none.
 */
export function apiPath(pathname: string): string | null {
  const version = pathname.lastIndexOf(VERSION);
  if (version >= 0) return pathname.slice(version);
  const family = FAMILIES.exec(pathname);
  return family === null ? null : `/v1${family[0]}`;
}
