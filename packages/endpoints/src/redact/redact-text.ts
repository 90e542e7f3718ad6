import { redactTarget, redactUrl } from "./redact-url.ts";
import { redactWord, redactWords } from "./redact-word.ts";

/**
 * Hides in free text what may be a key or a token, whoever wrote it: what has the form of an issued one, what follows a name
 * that says so, and words that look made up. IDs of requests and messages, ARNs and model IDs stay.
 *
 * @example Usage
 * ```ts
 * import { redactText } from "@claude-on-aws/endpoints";
 * import { equal, match } from "node:assert/strict";
 *
 * equal(redactText("asked us.anthropic.claude-sonnet-4-6 twice"), "asked us.anthropic.claude-sonnet-4-6 twice");
 * match(redactText("sent wJalrXUtnFEMI/K7MDENG along"), /^sent ‹21 characters #\w{4}› along$/);
 * ```
 *
 * @param text Prose, a message, a log line.
 * @returns The text; what is hidden is written as `hide` writes it.
 */
export const redactText = (text: string): string =>
  redactWords(text.replace(URLS, redactUrlInText), (word) =>
    word.startsWith("/") ? redactTarget(word) : redactWord(word),
  );

/** What stands before the host of a URL may hold marks that would part words. */
const URLS = /\b[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s"<>`‹›]+/g;

/** What may follow a URL in a sentence, and is no part of it. */
const BEHIND_URL = ")'],.;:!?*";

function redactUrlInText(found: string): string {
  let end = found.length;
  while (end > 0 && BEHIND_URL.includes(found[end - 1] as string)) end--;
  return redactUrl(found.slice(0, end)) + found.slice(end);
}
