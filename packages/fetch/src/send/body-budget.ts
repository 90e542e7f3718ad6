import { FetchError } from "../fetch-error.ts";

/** How much of bodies is held at once. */
export interface BodyLimits {
  /**
   * Longest body that is read to be hashed, in bytes. Uploads that stream are not held, and have no limit here.
   *
   * @default {67_108_864}
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * How many bytes of bodies are held over all requests that are under way.
   *
   * @default {536_870_912}
   */
  readonly maxBodyBytesInFlight?: number | undefined;
}

/** The share of one request. */
export interface BodyShare {
  /**
   * Adds to what the request holds.
   *
   * @throws {FetchError} `BODY_TOO_LARGE`, `BODIES_TOO_LARGE`.
   */
  readonly take: (bytes: number) => void;
  /** Gives all of it back. */
  readonly release: () => void;
}

/**
 * Counts what the bodies of all requests under way hold.
 *
 * @param limits The limits.
 * @returns What gives each request its share.
 */
export function createBodyBudget(limits: BodyLimits): () => BodyShare {
  const { maxBodyBytes = 64 * 1024 * 1024, maxBodyBytesInFlight = 512 * 1024 * 1024 } = limits;
  let all = 0;
  return () => {
    let own = 0;
    return {
      take(bytes) {
        if (own + bytes > maxBodyBytes) {
          throw new FetchError(
            "BODY_TOO_LARGE",
            `Cannot send the body: it is longer than maxBodyBytes, ${maxBodyBytes}; send less, or raise it`,
          );
        }
        if (all + bytes > maxBodyBytesInFlight) {
          throw new FetchError(
            "BODIES_TOO_LARGE",
            `Cannot hold the body: those of all requests under way would be longer than maxBodyBytesInFlight, ${maxBodyBytesInFlight}; try again later, or raise it`,
          );
        }
        own += bytes;
        all += bytes;
      },
      release() {
        all -= own;
        own = 0;
      },
    };
  };
}
