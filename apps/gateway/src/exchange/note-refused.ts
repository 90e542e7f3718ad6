import type { RefusedRequest } from "@claude-on-aws/listen";
import type { AuditSink } from "../audit/audit-record.ts";
import type { OwnRefusalCode } from "../refusals/own-refusals.ts";
import { createAuditEntry } from "./audit-entry.ts";

/** What a request is called of which no head could be read. */
const UNREADABLE: OwnRefusalCode = "HEAD_UNREADABLE";

/**
 * Writes down a request that was refused before it was one: its method and its path are empty.
 *
 * @param sink Keeps the record. That it cannot is its own to tell: nobody waits for this one.
 * @param refused What the listener says of the request.
 * @param nowMs When it came, in milliseconds since 1970.
 */
export function noteRefused(sink: AuditSink, { status }: RefusedRequest, nowMs: number): void {
  const entry = createAuditEntry(crypto.randomUUID(), "", "", nowMs);
  try {
    sink({ ...entry, status, outcome: "refused", error: UNREADABLE })?.catch(() => {});
  } catch {
    // As above.
  }
}
