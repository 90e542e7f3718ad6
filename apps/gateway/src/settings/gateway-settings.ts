import type { BudgetSettings } from "./budget-settings.ts";
import type { CallerSettings } from "./caller-settings.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** Where the gateway listens. */
export interface ListenSettings {
  /** Defaults to 4343. */
  readonly port?: number | undefined;
  /** Defaults to 127.0.0.1. */
  readonly host?: string | undefined;
  /**
   * `auto` speaks HTTP/1.1 and HTTP/2 on the one port; `1` HTTP/1.1 alone, which costs less on Bun. AWS's SDK for JavaScript asks
   * Bedrock by HTTP/2. Defaults to `auto`.
   */
  readonly http?: "auto" | "1" | undefined;
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  /** Says that something in front ends TLS, so that the gateway may speak plain text off loopback. */
  readonly tlsEndsInFront?: boolean | undefined;
  /** Values of `Host` that are taken besides addresses of loopback and the host listened on. */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** Where records of requests go. */
export interface AuditSettings {
  /** A file that lines are added to, `stdout` or `stderr`. */
  readonly to: string;
  /** What happens where a record cannot be written: go on and say so, or refuse. Defaults to `continue`. */
  readonly onFailure?: "continue" | "refuse" | undefined;
  /** Bytes of lines that wait to be written at most. Defaults to 16,777,216. */
  readonly maxQueuedBytes?: number | undefined;
}

/** What is measured, and who may read it. */
export interface MetricsSettings {
  /** Where they are pushed to by OTLP over HTTP, such as `http://127.0.0.1:4318/v1/metrics`. Left out, nowhere. */
  readonly otlpUrl?: string | undefined;
  /** How often they are pushed, in milliseconds. Defaults to 60,000. */
  readonly otlpIntervalMs?: number | undefined;
  /**
   * The environment variable that holds the token with which `/metrics` is read. Without it `/metrics` is read by anybody on
   * loopback, and by nobody where others can reach the gateway.
   */
  readonly tokenVariable?: string | undefined;
  /** Callers that have names of their own in metrics; those beyond are added up as `other`. Defaults to 100. */
  readonly maxCallers?: number | undefined;
}

/** What a gateway is made of, as a file says it. */
export interface GatewaySettings {
  readonly listen?: ListenSettings | undefined;
  /** In the order in which they are asked. Left out, one: what the environment names, as Claude Code reads it. */
  readonly upstreams?: readonly UpstreamSettings[] | undefined;
  readonly callers?: CallerSettings | undefined;
  readonly budgets?: BudgetSettings | undefined;
  readonly audit?: AuditSettings | undefined;
  /** Left out, nothing is measured before `/metrics` is first read. */
  readonly metrics?: MetricsSettings | undefined;
  /** Longest body of a request, in bytes. Defaults to 33,554,432. */
  readonly maxBodyBytes?: number | undefined;
  /** Silence of a stream after which a `ping` of the gateway's own is sent, in milliseconds. Defaults to 15,000. */
  readonly pingAfterMs?: number | undefined;
  /** How long requests under way may take after SIGTERM, in milliseconds. Defaults to 30,000. */
  readonly drainMs?: number | undefined;
}
