import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { Evidence } from "../evidence/evidence.ts";
import { type EvidenceContext, evidenceOf } from "../evidence/evidence-of.ts";
import { keepExchange } from "../record/keep-exchange.ts";
import { keepReplyBody } from "../record/keep-reply-body.ts";
import type { RecordedExchange } from "../record/kept-exchange.ts";
import type { UnreadRequest } from "../record/unread-request.ts";
import type { WireReply } from "../terms/wire.ts";
import { type JournalUnread, journalUnread } from "./journal-unread.ts";

/** An exchange from which evidence can be taken. */
export interface KeptForEvidence {
  /** The reply to send, which tells how it ended. */
  readonly reply: WireReply;
  /**
   * Takes from the exchange what the rules ask of it, and leaves its secrets out. This takes work.
   *
   * @returns Plain JSON, with the end where there was one.
   */
  readonly evidence: () => Evidence;
}

/** What a store of a journal makes rows with, of what it is told: plain JSON, without secrets. */
export interface JournalTools {
  /** How many exchanges are to be kept, by the option `maxJournalExchanges`. */
  readonly maxExchanges: number;
  /**
   * Keeps what evidence is taken from.
   *
   * @param exchange What `record` was given.
   * @param reply What `record` was given.
   * @param seen The place of the exchange among all that were seen, from 0.
   * @param onEnd Called when it has ended, once; it must not throw.
   * @returns The reply that `record` gives back, and the evidence.
   */
  keep(exchange: RecordedExchange, reply: WireReply, seen: number, onEnd?: () => void): KeptForEvidence;
  /**
   * Writes out what `recordUnread` was given.
   *
   * @returns Plain JSON, without secrets.
   */
  unread(request: UnreadRequest): JournalUnread;
}

/**
 * Makes the tools of a store.
 *
 * @param context What evidence depends on; the settings say how much of a body is kept.
 */
export function createJournalTools(context: EvidenceContext): JournalTools {
  const { maxJournalExchanges, maxJournalBodyBytes, maxJournalReplyBytes } = context.settings;
  return {
    maxExchanges: maxJournalExchanges,
    keep(exchange, reply, seen, onEnd) {
      const answer = maxJournalReplyBytes > 0 ? keepReplyBody(reply.body, maxJournalReplyBytes) : undefined;
      // A copy: what was received may be used again.
      const body = new Uint8Array(exchange.request.body.subarray(0, maxJournalBodyBytes));
      const kept = keepExchange(exchange, reply, { seen, body, replyBody: answer?.kept });
      const end = (how: ExchangeEnd): void => {
        if (kept.end !== undefined) return;
        kept.end = how;
        onEnd?.();
      };
      const { status, headers } = reply;
      return {
        reply: { status, headers, body: answer?.body ?? reply.body, onEnd: end },
        evidence: () => evidenceOf(kept, context),
      };
    },
    unread: (request) => journalUnread(request, context.secrets),
  };
}
