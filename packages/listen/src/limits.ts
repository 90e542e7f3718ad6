/** What a client may take of a server. Every limit is an option; the defaults stand in {@link DEFAULT_LIMITS}. */
export interface Limits {
  /**
   * The longest head of a request, in bytes: request line and headers. Longer ones get 431.
   *
   * @default {65_536}
   */
  readonly maxHeaderBytes: number;
  /**
   * Connections at once; those beyond are hung up on.
   *
   * @default {100_000}
   */
  readonly maxConnections: number;
  /**
   * Streams of one HTTP/2 connection at once.
   *
   * @default {256}
   */
  readonly maxConcurrentStreams: number;
  /**
   * How many bytes of bodies are held at once for handlers that read them whole, over all connections: from when they come
   * until their exchange ends. `read()` fails with `NO_ROOM` where that would be more.
   *
   * @default {1_073_741_824}
   */
  readonly maxBufferedBytes: number;
  /**
   * How much of a body that nobody reads is taken in, so that the client gets to read the answer, in bytes.
   *
   * @default {67_108_864}
   */
  readonly maxDrainBytes: number;
  /**
   * How long the rest of a body that nobody reads may take, in milliseconds.
   *
   * @default {5_000}
   */
  readonly drainTimeoutMs: number;
  /**
   * How long a TLS handshake may take, in milliseconds.
   *
   * @default {30_000}
   */
  readonly handshakeTimeoutMs: number;
  /**
   * How long a client may take until the head of its request is whole, in milliseconds, however it sends its bytes.
   *
   * @default {60_000}
   */
  readonly headTimeoutMs: number;
  /**
   * How long a client may take from there until the body is whole, in milliseconds.
   *
   * @default {300_000}
   */
  readonly bodyTimeoutMs: number;
  /**
   * How long a client may take nothing of a reply that waits to be taken, in milliseconds.
   *
   * @default {300_000}
   */
  readonly stallTimeoutMs: number;
  /**
   * How long a connection is kept between two requests, in milliseconds.
   *
   * @default {120_000}
   */
  readonly keepAliveTimeoutMs: number;
  /**
   * How long exchanges under way may take to finish when the server is closed, in milliseconds.
   *
   * @default {2_000}
   */
  readonly closeGraceMs: number;
}

/** The limits where none are given. */
export const DEFAULT_LIMITS: Limits = {
  // Session tokens of some services are long: the 16 KiB that runtimes take by themselves would not do.
  maxHeaderBytes: 65_536,
  maxConnections: 100_000,
  maxConcurrentStreams: 256,
  maxBufferedBytes: 1_073_741_824,
  maxDrainBytes: 67_108_864,
  drainTimeoutMs: 5_000,
  handshakeTimeoutMs: 30_000,
  headTimeoutMs: 60_000,
  bodyTimeoutMs: 300_000,
  stallTimeoutMs: 300_000,
  // Longer than clients keep a connection unused: the server should not hang up between two requests.
  keepAliveTimeoutMs: 120_000,
  closeGraceMs: 2_000,
};

const NAMES = /* @__PURE__ */ Object.keys(DEFAULT_LIMITS) as readonly (keyof Limits)[];

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} where a limit is no positive number.
 */
export function resolveLimits(given: Partial<Record<keyof Limits, number | undefined>>): Limits {
  const limits: Record<keyof Limits, number> = { ...DEFAULT_LIMITS };
  for (const name of NAMES) {
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0)) {
      throw new RangeError(`Cannot listen with ${name} ${String(value)}: expected a number above 0`);
    }
    limits[name] = value;
  }
  return limits;
}
