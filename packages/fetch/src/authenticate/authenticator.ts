import type { Header } from "../header.ts";

/** A request that only lacks what proves who sends it. */
interface UnauthenticatedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  /** Null where the signature does not cover the body: it is read as it is sent. */
  readonly body: Uint8Array | null;
}

/** A request as it can be sent once. */
export interface AuthenticatedRequest {
  readonly headers: readonly Header[];
  /**
   * Asks whether the request is worth sending again, after the service has refused it.
   *
   * @param response The answer; its body is left to be read.
   * @returns Whether other credentials can be had now.
   */
  readonly renew: ((refusal: RefusedAnswer) => Promise<boolean>) | null;
}

/** How a service refused a request, as far as that is about credentials. */
interface RefusedAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  /** Its body, or the beginning of a long one. */
  readonly text: string;
}

/** Proves to a service who sends a request, anew for each time that it is sent. */
export type Authenticator = (request: UnauthenticatedRequest) => Promise<AuthenticatedRequest>;
