/** The longest that is kept, in characters. */
const MAX_LENGTH = 256;

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Tells whether a client may have its users sent to a place.
 *
 * @returns `true` for a URL of HTTP or HTTPS without a fragment and without a password.
 */
export function isRedirectUri(text: string): boolean {
  if (text.length > MAX_LENGTH || !/^https?:\/\/[^#@\s]+$/i.test(text)) return false;
  return URL.canParse(text);
}

/**
 * Compares a place with one that a client registered. The port of this machine does not count: a command line finds a free
 * one each time.
 *
 * @returns Whether it is that one.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 | RFC 8252, loopback interface redirection}
 */
export function matchesRedirectUri(asked: string, registered: string): boolean {
  // Whoever made up the ID of a client made up what it registered.
  if (!isRedirectUri(asked) || !isRedirectUri(registered)) return false;
  if (asked === registered) return true;
  const [one, other] = [new URL(asked), new URL(registered)];
  if (one.protocol !== "http:" || !LOOPBACK.has(one.hostname)) return false;
  one.port = "";
  other.port = "";
  return one.href === other.href;
}
