import { readJson } from "@claude-on-aws/fixtures";
import type { ClaudeMessage } from "../src/claude/index.ts";

/** A stream of the Messages API, and what comes of it: a message, or an error with what had come. */
export interface Conversation {
  readonly name: string;
  readonly sse: string;
  readonly message?: ClaudeMessage;
  readonly error?: Readonly<Record<string, unknown>>;
  readonly partialMessage?: ClaudeMessage | null;
}

/** Conversations of every kind. */
export const CONVERSATIONS: readonly Conversation[] = readJson<Conversation[]>("sse/conversations.json");

/** Those that come to their end. */
export const WHOLE_CONVERSATIONS: readonly (Conversation & { readonly message: ClaudeMessage })[] =
  CONVERSATIONS.filter(
    (conversation): conversation is Conversation & { readonly message: ClaudeMessage } =>
      conversation.message !== undefined,
  );

/** The JSON texts in a conversation, one an event. */
export function jsonsOf({ sse }: Conversation): string[] {
  return sse
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice("data: ".length));
}
