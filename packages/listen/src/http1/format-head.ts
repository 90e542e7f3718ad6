import { checkStatus, checkValue, headerKind, invalid, lengthOf } from "../check-reply.ts";
import type { Reply } from "../handler.ts";
import { hasNoBody } from "../has-no-body.ts";
import { hasToken } from "./parse-head.ts";
import { STATUS_TEXTS } from "./status-texts.ts";

/** How a client knows where the body of a reply ends. */
type ReplyFraming = "none" | "length" | "chunked" | "close";

/** The head of a reply as it is written. */
export interface FormattedHead {
  /** One character a byte. */
  readonly text: string;
  readonly framing: ReplyFraming;
  /** Set where the reply says how long its body is. */
  readonly declaredBytes: number | undefined;
  /** Whether the connection stays open. */
  readonly keepAlive: boolean;
}

/** What the head depends on beside the reply. */
export interface HeadContext {
  readonly method: string;
  readonly httpVersion: string;
  /** Whether the connection may stay open. */
  readonly keepAlive: boolean;
  /** What says so, from {@link keepAliveLines}. */
  readonly keepAliveLines: string;
  /** The time, for replies that do not say it. */
  readonly date: () => string;
}

const SECOND_MS = 1_000;

/**
 * Writes the status line and the headers.
 *
 * @throws {ListenError} `REPLY_INVALID` where they are none.
 */
export function formatHead(reply: Reply, context: HeadContext): FormattedHead {
  const { status, headers } = reply;
  checkStatus(status);
  let text = `HTTP/1.1 ${status} ${STATUS_TEXTS[status] ?? ""}\r\n`;
  let { keepAlive } = context;
  let declared: string | undefined;
  let hasDate = false;
  // Not taken apart in the head of the loop: an iterator for each header costs more than all else here.
  for (const header of headers) {
    const name = header[0];
    const value = header[1];
    checkValue(name, value);
    switch (headerKind(name)) {
      case "of-connection":
        break;
      case "connection":
        if (hasToken(value, "close")) keepAlive = false;
        break;
      case "content-length":
        if (declared !== undefined && declared !== value) throw invalid("it has two lengths");
        declared = value;
        break;
      case "date":
        hasDate = true;
        text += `${name}: ${value}\r\n`;
        break;
      default:
        text += `${name}: ${value}\r\n`;
    }
  }
  const isBodyless = context.method === "HEAD" || hasNoBody(status);
  const declaredBytes = lengthOf(reply, declared, isBodyless);
  const framing = isBodyless ? "none" : framingOf(declaredBytes, context);
  if (framing === "close") keepAlive = false;
  if (declaredBytes !== undefined && !hasNoBody(status)) text += `content-length: ${declaredBytes}\r\n`;
  else if (framing === "chunked") text += "transfer-encoding: chunked\r\n";
  if (!hasDate) text += `date: ${context.date()}\r\n`;
  text += keepAlive ? context.keepAliveLines : "connection: close\r\n\r\n";
  return { text, framing, declaredBytes, keepAlive };
}

/** The end of a head after which the connection stays open for so long. */
export const keepAliveLines = (timeoutMs: number): string =>
  `connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(timeoutMs / SECOND_MS)}\r\n\r\n`;

function framingOf(declaredBytes: number | undefined, { httpVersion }: HeadContext): ReplyFraming {
  if (declaredBytes !== undefined) return "length";
  return httpVersion === "1.0" ? "close" : "chunked";
}
