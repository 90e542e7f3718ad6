import type { CredentialCheckName } from "../exchange/check-name.ts";
import type { Check } from "../exchange/check.ts";
import type { Caller, CheckResult } from "../exchange/exchange.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { Fault } from "../terms/faults.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Principal } from "../principals/session-principal.ts";

/** One request for credentials on its way. */
export interface ServiceExchange {
  readonly id: string;
  readonly receivedAt: Date;
  readonly request: ReceivedRequest;
  /** Region that the host names; absent where it names none. */
  readonly region?: string | undefined;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The parameters of the query, or of the form. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Those of the body that are lists, where the service has such. */
  readonly lists?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Set by the check that verifies. */
  caller?: Caller;
  /** Who the caller is in the account; set by the check that verifies. */
  principal?: Principal;
  readonly checked: CheckResult[];
  /** Who answered it in place of the service. */
  answeredBy?: "scenario" | "override";
}

/** One thing that is asked of a request for credentials. */
export type ServiceCheck = Check<ServiceExchange, CredentialCheckName>;

/** One thing that a client can ask a credential service for. */
export interface ServiceOperation {
  /** Name as AWS writes it. */
  readonly name: string;
  /** What is asked of the request, in order. */
  readonly checks: readonly ServiceCheck[];
  /** Answers a request that passed. */
  readonly answer: (exchange: ServiceExchange, settings: FakeSettings, state: FakeState) => WireReply;
  /** How it says no, where it does otherwise than its service: on a page. */
  readonly respondFault?: (fault: Fault) => WireReply;
}

/** What a service reads in a request. */
export interface ReadRequest {
  /** Absent where the service has no such operation. */
  readonly operation?: ServiceOperation | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly lists?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Why the request cannot be read. */
  readonly fault?: Fault | undefined;
  /** The request as the journal may keep it, where it holds a secret that no header names. */
  readonly recorded?: ReceivedRequest | undefined;
}

/** A credential service: how it reads a request, and how it says no. */
export interface CredentialService {
  readonly read: (request: ReceivedRequest, path: string) => ReadRequest;
  readonly respondFault: (fault: Fault, requestId: string) => WireReply;
}
