const SHOWN_CHARACTERS = 4;
// A short secret would be half shown.
const MIN_MASKED_LENGTH = 16;

/**
 * Hides a secret: its first four characters stay where it is long enough, so that people can tell two apart.
 *
 * @param secret The secret.
 * @returns Text that shows which one it is, not what it is.
 */
export function maskSecret(secret: string): string {
  return `${secret.length < MIN_MASKED_LENGTH ? "" : secret.slice(0, SHOWN_CHARACTERS)}…`;
}

const SECRET_HEADER = /authorization|api-key|token|secret|cookie|password/;

/**
 * Hides the value of a header that carries a secret; the scheme of an authorization stays.
 *
 * @param name The header's name in lower case.
 * @param value Its value.
 * @returns The value, or what may be shown of it.
 */
export function maskHeader(name: string, value: string): string {
  if (!SECRET_HEADER.test(name)) return value;
  const space = name.endsWith("authorization") ? value.indexOf(" ") + 1 : 0;
  return value.slice(0, space) + maskSecret(value.slice(space));
}

/**
 * Hides the password in a URL.
 *
 * @param url The URL.
 * @returns The same text where it has none.
 */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.password === "") return url;
  parsed.password = "…";
  return parsed.href.replace(encodeURIComponent("…"), "…");
}
