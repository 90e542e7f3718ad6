import type { BudgetSettings } from "./budget-settings.ts";
import type { CallerSettings } from "./caller-settings.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** Where the gateway listens. */
export interface ListenSettings {
  /** Defaults to 4343. */
  readonly port?: number | undefined;
  /** Defaults to 127.0.0.1. */
  readonly host?: string | undefined;
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
}

/** What a gateway is made of, as a file says it. */
export interface GatewaySettings {
  readonly listen?: ListenSettings | undefined;
  /** In the order in which they are asked. Left out, one: what the environment names, as Claude Code reads it. */
  readonly upstreams?: readonly UpstreamSettings[] | undefined;
  readonly callers?: CallerSettings | undefined;
  readonly budgets?: BudgetSettings | undefined;
  readonly audit?: AuditSettings | undefined;
  /** Where metrics are pushed to by OTLP; `/metrics` is there without it. */
  readonly metrics?: { readonly otlpUrl?: string | undefined } | undefined;
  /** Longest body of a request, in bytes. Defaults to 33,554,432. */
  readonly maxBodyBytes?: number | undefined;
  /** Silence of a stream after which a `ping` of the gateway's own is sent, in milliseconds. Defaults to 15,000. */
  readonly pingAfterMs?: number | undefined;
  /** How long requests under way may take after SIGTERM, in milliseconds. Defaults to 30,000. */
  readonly drainMs?: number | undefined;
}
