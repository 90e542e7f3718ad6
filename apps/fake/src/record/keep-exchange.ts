import type { MessageReply } from "../exchange/reply.ts";
import { permissionFields } from "../authorize/permission-state.ts";
import type { WireReply } from "../terms/wire.ts";
import { summarizeFields } from "./body-fields.ts";
import type { KeptReplyBody } from "./keep-reply-body.ts";
import type { InjectedFault } from "../exchange/exchange.ts";
import type { KeptExchange, KeptFault, RecordedExchange } from "./kept-exchange.ts";
import { summarizeConversation } from "./summarize-conversation.ts";

/** What of an exchange is kept. */
export interface Keeping {
  /** Its place among all that were seen. */
  readonly seen: number;
  /** As much of the body as is kept. */
  readonly body: Uint8Array;
  /** Where bodies of replies are kept. */
  readonly replyBody: KeptReplyBody | undefined;
}

/**
 * Puts an exchange down as the journal keeps it.
 *
 * @returns It holds nothing of the body that was received but what it was given.
 */
export function keepExchange(
  exchange: RecordedExchange,
  { status, headers }: Pick<WireReply, "status" | "headers">,
  { seen, body, replyBody }: Keeping,
): KeptExchange {
  const { request, input } = exchange;
  const bodyBytes = request.bodyBytes ?? request.body.length;
  const isCut = bodyBytes > body.length;
  return {
    seen,
    id: exchange.id,
    receivedAt: exchange.receivedAt,
    request: {
      method: request.method,
      target: request.target,
      headers: request.headers,
      httpVersion: request.httpVersion,
      wire: request.wire,
      ...(request.bodyTooLarge === true ? { bodyTooLarge: true } : undefined),
    },
    body,
    bodyBytes,
    fields: isCut && input !== undefined ? summarizeFields(input) : undefined,
    conversation: isCut ? conversationOfLong(exchange) : undefined,
    route: exchange.route,
    caller: exchange.caller,
    asked: isCut ? askedOfLong(exchange) : exchange.asked,
    model: exchange.model,
    checked: exchange.checked,
    diagnosis: exchange.diagnosis,
    answeredBy: exchange.answeredBy,
    message:
      exchange.message && (exchange.fault !== undefined || isComparable(exchange.message, exchange))
        ? exchange.message
        : undefined,
    fault: exchange.fault === undefined ? undefined : keepFault(exchange.fault),
    row: exchange.row,
    reply: replyBody === undefined ? { status, headers } : { status, headers, body: replyBody },
  };
}

/**
 * Whether a later request can go wrong by an answer: by its thinking, or where its stream may break off; or can be mistaken for
 * one that does, by the ID of a call, which is new each time unless a scenario gives it.
 */
function isComparable(
  { kind, message: { content }, plan }: MessageReply,
  { answeredBy }: Pick<RecordedExchange, "answeredBy">,
): boolean {
  if (plan !== undefined) return true;
  const isStreamed = kind.endsWith("-stream") || answeredBy === "scenario";
  for (const { type } of content) if (type !== "text" && (isStreamed || type !== "tool_use")) return true;
  return false;
}

/** Whoever answers no message is asked for no turn of a conversation. */
const conversationOfLong = ({ input, route }: RecordedExchange): KeptExchange["conversation"] =>
  input === undefined || route.operation?.built?.form === undefined ? undefined : summarizeConversation(input);

function keepFault({ kind, refusal }: InjectedFault): KeptFault {
  if (refusal === undefined) return { kind };
  const code = refusal.details?.code;
  return { kind, refusal: refusal.name, ...(code === undefined ? {} : { code }) };
}

/** With what permissions depend on of a body that is cut, where nobody has read it for them. */
function askedOfLong({ asked, input, route }: RecordedExchange): RecordedExchange["asked"] {
  // Nothing but the tags of a workspace depends on a body of Claude Platform on AWS.
  if (asked === undefined || input === undefined || route.provider === "anthropic-aws") return asked;
  const body = asked.body ?? permissionFields(input);
  return body === undefined ? asked : { ...asked, body };
}
