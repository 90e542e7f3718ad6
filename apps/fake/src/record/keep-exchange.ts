import { permissionFields } from "../authorize/permission-state.ts";
import type { WireReply } from "../terms/wire.ts";
import { summarizeFields } from "./body-fields.ts";
import type { KeptReplyBody } from "./keep-reply-body.ts";
import type { InjectedFault } from "../exchange/exchange.ts";
import type { KeptExchange, KeptFault, RecordedExchange } from "./kept-exchange.ts";

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
    route: exchange.route,
    caller: exchange.caller,
    asked: isCut ? askedOfLong(exchange) : exchange.asked,
    model: exchange.model,
    checked: exchange.checked,
    diagnosis: exchange.diagnosis,
    answeredBy: exchange.answeredBy,
    fault: exchange.fault === undefined ? undefined : keepFault(exchange.fault),
    row: exchange.row,
    reply: replyBody === undefined ? { status, headers } : { status, headers, body: replyBody },
  };
}

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
