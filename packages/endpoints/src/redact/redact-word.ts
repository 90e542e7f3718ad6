import { ISSUED_KEY } from "../issued-key.ts";
import { isHarmlessId, isSecretName, splitArn } from "./harmless-words.ts";
import { hide } from "./hide.ts";
import { isTokenLike } from "./is-token-like.ts";

/** What a URL begins with. */
export const URL_BEGINNING: RegExp = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

const ASSIGNMENT = /^([A-Za-z_$][\w.$-]{0,63})([=:])(.+)$/;

/** What ends a sentence, and is no part of the word. */
const SENTENCE_END = ".:!?…";

/**
 * Hides a word, or what in it may be a key or a token.
 *
 * @param word A run of characters without white space.
 * @param previous What stands before it in a path or an ARN.
 * @returns The word, or what stands for it.
 */
export function redactWord(word: string, previous = ""): string {
  const bare = withoutEnd(word);
  if (isHarmlessId(bare, previous)) return word;
  // A URL was read before, as a whole.
  if (URL_BEGINNING.test(word)) return word;
  const arn = splitArn(word);
  if (arn !== undefined) return arn[0] + redactParts(arn[1], ARN_PARTS);
  if (word.startsWith("/")) return redactPath(word);
  const [, name = "", sign = "", value = ""] = ASSIGNMENT.exec(word) ?? [];
  if (value !== "" && !isTokenLike(name)) {
    if (sign === "=" && isSecretName(name) && !isWordAlone(value)) return `${name}=${hide(value)}`;
    return name + sign + redactWord(value);
  }
  const meant = decode(bare);
  return meant === undefined || isTokenLike(meant) ? hide(meant ?? bare) + word.slice(bare.length) : word;
}

/** Not by an expression: one would begin anew at each mark of a word that is full of them. */
function withoutEnd(word: string): string {
  let end = word.length;
  while (end > 0 && SENTENCE_END.includes(word[end - 1] as string)) end--;
  return word.slice(0, end);
}

/** A number or a mark is no key. */
const isWordAlone = (value: string): boolean => value.length < 4;

/** What parts the segments of a path, and what the parts of the resource in an ARN, which stands in one segment. */
const SEGMENTS = /[^/?#]+/g;
const ARN_PARTS = /%2F|%3A|(?:(?!%2F|%3A)[^/:])+/gi;

/**
 * Hides the segments of a path that look made up.
 *
 * @param path The path, percent-encoded or not.
 * @returns The path.
 */
export const redactPath = (path: string): string => redactParts(path, SEGMENTS);

function redactParts(text: string, parts: RegExp): string {
  let previous = "";
  return text.replace(parts, (part: string) => {
    if (part.length === 3 && part.startsWith("%")) return part;
    const redacted = redactWord(part, previous);
    // Of an ARN whose slash was not encoded, the kind of the resource ends the segment before.
    previous = part.split(/:|%3A/i).at(-1) ?? "";
    return redacted;
  });
}

const ESCAPES = /%[0-9A-F]{2}|\\u[0-9A-F]{4}/i;

/** A path in a canonical request is encoded twice, and whoever writes it into another once more. */
const MAX_DECODINGS = 4;

/** What an encoded text means; `undefined` where it has escapes that mean nothing. */
function decode(word: string): string | undefined {
  let meant = word;
  for (let round = 0; round < MAX_DECODINGS && ESCAPES.test(meant); round++) {
    const before = meant;
    try {
      meant = decodeURIComponent(meant);
    } catch {
      if (!isTokenLike(meant)) return /%[89A-F][0-9A-F]/i.test(meant) ? undefined : meant;
    }
    meant = meant.replace(/\\u([0-9A-F]{4})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    if (meant === before) break;
  }
  return meant;
}

/** What parts words in prose, code and logs; what stands for a hidden value is no word. */
const WORDS = /[^\s"'`<>()[\]{},;|‹›]{4,}/g;

/** Credentials behind their scheme, as they stand in an `Authorization` header that somebody copied. */
const AFTER_SCHEME = /\b((?:Bearer|Basic) )(?!token\b)([A-Za-z0-9._~+/=-]{8,})/g;

/**
 * Hides in free text what has the form of an issued key, what follows a scheme, and each word that may be a key or a token.
 *
 * @param text The text.
 * @param redact Hides a word, or a part of it.
 * @returns The text.
 */
export const redactWords = (text: string, redact: (word: string) => string = (word) => redactWord(word)): string =>
  text
    .replace(ISSUED_KEY, hide)
    .replace(AFTER_SCHEME, (_, scheme: string, value: string) => scheme + hide(value))
    .replace(WORDS, (word) => redact(word));
