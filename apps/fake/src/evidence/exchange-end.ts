import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { KeptReplyBody } from "../record/keep-reply-body.ts";
import { hide } from "@claude-on-aws/endpoints";
import { redactBody, redactCanonicalRequest, redactCutBody, redactText } from "../redact/redact.ts";
import { redactCutText, redactSecrets, type Secrets } from "../redact/secrets.ts";

/** How an exchange ended: whole, left by the client, cut by the server, or timed out; at which stage, and when. */
export interface JournalEnd extends Omit<ExchangeEnd, "error"> {
  /** What cut it, where that is known. */
  readonly error?: string;
}

/**
 * Writes an end out, without secrets.
 *
 * @returns The end, as it may leave the process.
 */
export function journalEnd({ error, ...end }: ExchangeEnd, secrets: Secrets): JournalEnd {
  if (error === undefined) return end;
  return { ...end, error: redactText(error instanceof Error ? error.message : String(error), secrets) };
}

/**
 * Writes the body of a reply as text, without secrets; a body of binary frames shows what of it is text.
 *
 * @param canonicalRequests What the service may have quoted in it.
 * @returns Its beginning, as far as it was kept.
 */
export function replyText(
  { pieces, bytes }: KeptReplyBody,
  canonicalRequests: readonly string[],
  secrets: Secrets,
): string {
  const decoder = new TextDecoder();
  const sent = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  const text = canonicalRequests.reduce((shown, canonical) => redactQuoted(shown, canonical, secrets), sent);
  const keptBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return keptBytes === bytes ? redactBody(redactSecrets(text, secrets)) : redactCutBody(redactCutText(text, secrets));
}

/** Less of a canonical request tells nothing of it. */
const MIN_QUOTED = 24;

/** AWS quotes the canonical request that it expected in its message, which may be cut. */
function redactQuoted(text: string, canonical: string, secrets: Secrets): string {
  const quoted = JSON.stringify(canonical).slice(1, -1);
  for (const [written, write] of [
    [quoted, (shown: string) => JSON.stringify(shown).slice(1, -1)],
    [canonical, (shown: string) => shown],
  ] as const) {
    const at = text.indexOf(written.slice(0, MIN_QUOTED));
    if (at < 0) continue;
    const isWhole = text.startsWith(written, at);
    const shown = isWhole ? write(redactCanonicalRequest(canonical, secrets)) : hide(text.slice(at));
    return text.slice(0, at) + shown + (isWhole ? text.slice(at + written.length) : "");
  }
  return text;
}
