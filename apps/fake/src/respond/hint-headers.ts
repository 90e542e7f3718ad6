import { redactText } from "@claude-on-aws/endpoints";
import { hostOf } from "../exchange/host-of.ts";
import { isOwnHost } from "../terms/own-host.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { WireReply } from "../terms/wire.ts";
import { FAULTS, type Fault } from "../terms/faults.ts";

/** Longest value of a hint, and of a name, in characters. */
const MAX_HINT_CHARACTERS = 200;

/**
 * Headers of a refusal that no service sends: `x-claude-on-aws-hint`, what is
 * wrong as `CODE: the way out`, and `x-claude-on-aws-exchange`, where the fake
 * keeps the exchange. They hold visible ASCII and no secret.
 *
 * @param fault The refusal.
 * @param exchange The exchange that was refused.
 * @returns The headers; none for a refusal that is not the client's fault.
 */
export function hintHeaders(fault: Fault, exchange: Exchange): WireReply["headers"] {
  const fix = fault.fix ?? FAULTS[fault.name].fix;
  if (fix === undefined) return [];
  // A fault with its own way out does not speak of a mistake in a signature that was let through.
  const mistake = fault.fix === undefined ? (exchange.fault ?? exchange).diagnosis?.[0] : undefined;
  const refusal = fault.details?.["code"] ?? fault.name.toUpperCase().replaceAll("-", "_");
  const code = mistake === undefined || mistake.code === "UNKNOWN" ? refusal : mistake.code;
  return [
    ["x-claude-on-aws-hint", oneLine(redactText(`${code}: ${mistake?.fix ?? fix}`))],
    ["x-claude-on-aws-exchange", addressOf(exchange)],
  ];
}

/**
 * The header `x-claude-on-aws-fault`, which no service sends: what a scenario let go wrong on purpose.
 *
 * @param exchange The exchange that met it.
 * @returns The header; none where nothing went wrong on purpose.
 */
export const faultHeaders = ({ fault }: Pick<Exchange, "fault">): WireReply["headers"] =>
  fault === undefined ? [] : [["x-claude-on-aws-fault", oneLine(fault.kind)]];

/**
 * The header `x-claude-on-aws-row`, which no service sends: which row of the scenario answered. What of its name is no visible
 * ASCII is percent-encoded: two names stay two.
 *
 * @param exchange The exchange that was answered.
 * @returns The header; none where no row answered.
 */
export const rowHeaders = ({ row }: Exchange): WireReply["headers"] =>
  row === undefined ? [] : [["x-claude-on-aws-row", percentEncoded(row)]];

/** `decodeURIComponent` gives the text back, unless it was too long. */
function percentEncoded(text: string): string {
  let encoded = "";
  for (const character of text.toWellFormed()) {
    const next = /[ -$&-~]/.test(character) ? character : encodeURIComponent(character);
    if (encoded.length + next.length > MAX_HINT_CHARACTERS) return `${encoded}...`;
    encoded += next;
  }
  return encoded;
}

function oneLine(text: string): string {
  const ascii = text
    .replaceAll("…", "...")
    .replaceAll("‹", "<")
    .replaceAll("›", ">")
    .replaceAll(/[^\x20-\x7e]/g, "?");
  return ascii.length <= MAX_HINT_CHARACTERS ? ascii : `${ascii.slice(0, MAX_HINT_CHARACTERS - 3)}...`;
}

/** A link where the client called this machine by an address of its own; elsewhere, the ID alone. */
function addressOf({ id, request }: Exchange): string {
  const host = hostOf(request);
  return isOwnHost(host, "127.0.0.1")
    ? `${request.secure === true ? "https" : "http"}://${host}/_fake/exchanges/${id}`
    : id;
}
