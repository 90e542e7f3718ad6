import type { KeptExchange } from "../record/kept-exchange.ts";
import { type ConversationSummary, type SaidMessage, summarizeConversation } from "../record/summarize-conversation.ts";
import type { TextDigests } from "../record/conversation-digests.ts";
import type { Digest } from "../record/text-digest.ts";
import { fingerprint } from "./fingerprint.ts";

/** What of the messages of a request can be found again in others, as keyed fingerprints: no text, and no ID. */
export type ConversationEvidence = ConversationSummary<string>;

/** Makes a keyed fingerprint of a digest. */
export type WriteFingerprint = (digest: Digest) => string;

/** 132 of its 256 bits: a row holds dozens of them. */
const FINGERPRINT_LENGTH = 22;

/** Makes what keys the digests of conversations. */
export const conversationFingerprints =
  (key: Uint8Array): WriteFingerprint =>
  (digest) =>
    fingerprint(key, ["conversation", String(digest)]).slice(0, FINGERPRINT_LENGTH);

/** Keys the digests of a text. */
export const textFingerprints = (
  { length, beginnings }: TextDigests,
  write: WriteFingerprint,
): TextDigests<string> => ({
  length,
  beginnings: beginnings.map(write),
});

/**
 * Reads what the rules ask of the messages of a request.
 *
 * @param kept The exchange, with the digests where its body was cut.
 * @param input The body, where it is whole and a JSON object.
 * @returns `undefined` where it holds no messages.
 */
export function conversationEvidence(
  { conversation, route }: Pick<KeptExchange, "conversation" | "route">,
  input: Readonly<Record<string, unknown>> | undefined,
  write: WriteFingerprint,
): ConversationEvidence | undefined {
  // A count of tokens holds messages too, and is no turn.
  if (route.operation?.built?.form === undefined) return undefined;
  const summary = conversation ?? (input && summarizeConversation(input));
  if (summary === undefined) return undefined;
  const { asked, said, ...rest } = summary;
  return {
    ...rest,
    asked: asked.map(({ at, steps }) => ({ at, steps: steps.map(write) })),
    ...(said === undefined ? {} : { said: saidFingerprints(said, write) }),
  };
}

const saidFingerprints = (
  { text, thinking, calls, results, ...rest }: SaidMessage,
  write: WriteFingerprint,
): SaidMessage<string> => ({
  ...rest,
  text: textFingerprints(text, write),
  thinking: thinking.map(write),
  calls: calls.map(write),
  results: results.map(write),
});
