import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { KeptReplyBody } from "../record/keep-reply-body.ts";
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
  return { ...end, error: redactSecrets(error instanceof Error ? error.message : String(error), secrets) };
}

/**
 * Writes the body of a reply as text, without secrets; a body of binary frames shows what of it is text.
 *
 * @returns Its beginning, as far as it was kept.
 */
export function replyText({ pieces, bytes }: KeptReplyBody, secrets: Secrets): string {
  const decoder = new TextDecoder();
  const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  const keptBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return keptBytes === bytes ? redactSecrets(text, secrets) : redactCutText(text, secrets);
}
