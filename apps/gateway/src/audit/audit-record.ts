import type { CallerProof } from "../terms/caller.ts";
import type { RequestForm, RouteOperation } from "../terms/gateway-route.ts";
import type { Usage } from "../terms/usage.ts";

/** How an exchange ended. `refused` is the gateway's own word, `failed` that of a service or of the way there. */
export type AuditOutcome = "answered" | "refused" | "failed" | "cut" | "client-left";

/** What is kept of a request: who, what, where to, what it cost. No body, no key. */
export interface AuditRecord {
  /** ISO 8601, when the request came. */
  readonly time: string;
  /** The gateway's own id of the request; the answer has it in `x-claude-on-aws-gateway-id`. */
  readonly id: string;
  readonly caller: string | null;
  readonly proof: CallerProof | null;
  /** Empty where the head could not be read. */
  readonly method: string;
  /** The path without its query; empty where the head could not be read. */
  readonly path: string;
  readonly form: RequestForm | null;
  readonly operation: RouteOperation | null;
  /** The model as the client names it. */
  readonly model: string | null;
  /** The model as the service was asked for it. */
  readonly upstreamModel: string | null;
  /** Names of the upstreams that were asked, the one that answered last. */
  readonly upstreams: readonly string[];
  /** The id that the service gave the request. */
  readonly upstreamRequestId: string | null;
  /** The client's session, as its header says. */
  readonly sessionId: string | null;
  /** Null where the connection broke before an answer began. */
  readonly status: number | null;
  readonly outcome: AuditOutcome;
  /** The code of an own refusal, or the error type of a service. */
  readonly error: string | null;
  readonly usage: Usage | null;
  /** Millionths of a US dollar; null where no price is known. */
  readonly microUsd: number | null;
  /** What was changed on the way, as `x-claude-on-aws-translations` says it. */
  readonly translations: string | null;
  readonly durationMs: number;
}

/**
 * Keeps a record.
 *
 * @param record What happened.
 * @throws What the sink threw: a setting says what follows.
 */
export type AuditSink = (record: AuditRecord) => void | Promise<void>;
