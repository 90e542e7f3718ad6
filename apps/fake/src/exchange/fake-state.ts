import type { CredentialStore } from "../stores/sessions/credential-store.ts";
import type { RateLimits } from "../stores/rate-limits.ts";
import type { SignInStore } from "../stores/sign-in/sign-in-store.ts";
import type { Resources } from "../stores/resources.ts";
import type { Fault } from "../terms/faults.ts";
import type { Exchange } from "./exchange.ts";
import type { Reply } from "./reply.ts";

/**
 * What lives and changes in a fake while it answers: one object, made once. Settings are values, and stand beside it.
 */
export interface FakeState {
  /** Every access key that is accepted: those that were configured, and the sessions that were issued since. */
  readonly credentials: CredentialStore;
  /** Everybody who signs in to IAM Identity Center. */
  readonly signIns: SignInStore;
  /** Where the fake listens, as base URLs, the newest first: for a page that a browser is to open. */
  readonly addresses: string[];
  /** What clients made. */
  readonly resources: Resources;
  /** What is left of the minute. */
  readonly limits: RateLimits;
  /** How far off clients were told that the clock stands, in milliseconds: who signs by that clock does what it was asked to. */
  readonly toldSkewsMs: Set<number>;
  /** Checks and answers a body of CreateMessage that came in a batch, as if it had come alone. */
  readonly answerMessage: (exchange: Exchange) => Promise<Reply | Fault>;
}
