import type { AuditOutcome, AuditRecord } from "../audit/audit-record.ts";

/** A record while its exchange goes on. */
export type AuditEntry = { -readonly [Name in keyof AuditRecord]: AuditRecord[Name] };

/**
 * Begins the record of an exchange.
 *
 * @param id The gateway's own id of it.
 * @param method Its method.
 * @param target Its target, as received.
 * @param startedMs When it came, in milliseconds since 1970.
 * @returns The record, with nothing known but that.
 */
export function createAuditEntry(id: string, method: string, target: string, startedMs: number): AuditEntry {
  const mark = target.indexOf("?");
  return {
    time: new Date(startedMs).toISOString(),
    id,
    caller: null,
    proof: null,
    method,
    path: mark < 0 ? target : target.slice(0, mark),
    form: null,
    operation: null,
    model: null,
    upstreamModel: null,
    upstreams: [],
    upstreamRequestId: null,
    sessionId: null,
    status: null,
    outcome: "failed" satisfies AuditOutcome,
    error: null,
    usage: null,
    microUsd: null,
    translations: null,
    durationMs: 0,
  };
}
