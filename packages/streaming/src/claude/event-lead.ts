/** What stands before an event's JSON in server-sent events, and how that JSON begins, by the event's type. */
export interface EventLead {
  readonly type: string;
  /** `event: ping\ndata: ` */
  readonly sse: Uint8Array;
  /** `{"type":"ping"` */
  readonly json: Uint8Array;
}

const JSON_LEAD = '{"type":"';
const QUOTE = 0x22;

/** Longer names are parsed. */
const MAX_TYPE_LENGTH = 32;

/** A stranger may make up types; this many are remembered. */
const MAX_LEADS = 32;

const utf8 = new TextEncoder();

function makeLead(type: string): EventLead {
  return { type, sse: utf8.encode(`event: ${type}\ndata: `), json: utf8.encode(`${JSON_LEAD}${type}"`) };
}

/** Finds the leads of events that are named in the first bytes of their JSON. */
export class EventLeads {
  readonly #known = new Map<string, EventLead>();
  /** The one that was found last. */
  latest: EventLead = makeLead("message_start");

  /**
   * Finds the lead of an event.
   *
   * @param bytes Bytes that hold its JSON.
   * @param start Index of the first one.
   * @param end Index after the last one.
   * @returns The lead; `undefined` where the JSON does not begin with a type in plain letters, or has to be parsed because it is
   * an error.
   */
  find(bytes: Uint8Array, start: number, end: number): EventLead | undefined {
    if (beginsWith(bytes, start, end, this.latest.json)) return this.latest;
    const type = readType(bytes, start, end);
    if (type === undefined || type === "error") return undefined;
    const lead = this.#known.get(type) ?? makeLead(type);
    if (!beginsWith(bytes, start, end, lead.json)) return undefined;
    if (this.#known.size < MAX_LEADS) this.#known.set(type, lead);
    this.latest = lead;
    return lead;
  }
}

function beginsWith(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start < expected.length) return false;
  for (let index = 0; index < expected.length; index++) {
    if (bytes[start + index] !== expected[index]) return false;
  }
  return true;
}

/** The letters and underscores where a type stands. */
function readType(bytes: Uint8Array, start: number, end: number): string | undefined {
  const from = start + JSON_LEAD.length;
  const most = Math.min(end, from + MAX_TYPE_LENGTH + 1);
  let type = "";
  for (let at = from; at < most; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return type === "" ? undefined : type;
    if (byte !== 0x5f && (byte < 0x61 || byte > 0x7a)) return undefined;
    type += String.fromCharCode(byte);
  }
  return undefined;
}
