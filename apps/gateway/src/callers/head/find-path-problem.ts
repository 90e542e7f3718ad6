/** What a target is made of: visible characters of ASCII, without those that are read in two ways. */
const TARGET = /^\/(?!\/)[!$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z{}|~]*$/;

/** Escapes of what is no character of a path, and of an escape itself. */
const BAD_ESCAPE = /%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|7f|25|5c)/i;

const ENCODED_SLASH = /%2f/i;
const ENCODED_DOT = /%2e/gi;

/** How an ARN begins whose slash is encoded: the one name that has a slash within a segment. */
const ARN = /^arn(?::|%3a)/i;

/**
 * Finds out what is read in two ways in a target: by whoever routes it, and by whoever gets it.
 *
 * @param target The target, as received.
 * @returns What is wrong, as words that follow "its target "; `undefined` where nothing is.
 */
export function findPathProblem(target: string): string | undefined {
  if (!TARGET.test(target)) {
    return target.startsWith("/")
      ? "has a character that none may have, or begins with two slashes"
      : "is no path; expected one that begins with a slash, and never a whole URL";
  }
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const hasEscapes = path.includes("%");
  if (!hasEscapes && !path.includes("/.")) return undefined;
  if (hasEscapes && BAD_ESCAPE.test(path)) return "has an escape that stands for no character of a path";
  return path.split("/").some(isAmbiguous) ? "has a segment of dots, or an encoded slash" : undefined;
}

function isAmbiguous(segment: string): boolean {
  const plain = segment.replace(ENCODED_DOT, ".");
  if (!ENCODED_SLASH.test(plain)) return isDots(plain);
  return !ARN.test(plain) || plain.split(/%2f/i).some((part) => part === "" || isDots(part));
}

const isDots = (segment: string): boolean => segment === "." || segment === "..";
