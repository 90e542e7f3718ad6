/** What settings are where they are left out: the schema, the README and the code take it from here. */
export const DEFAULTS = {
  port: 4343,
  host: "127.0.0.1",
  drainMs: 30_000,
  maxBodyBytes: 33_554_432,
  pingAfterMs: 15_000,
  maxQueuedBytes: 16_777_216,
  otlpIntervalMs: 60_000,
  store: "memory",
  storeTimeoutMs: 250,
  reservationMs: 600_000,
} as const;
