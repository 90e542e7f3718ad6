import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { PermissionState } from "./permission.ts";
import type { Fault } from "../terms/faults.ts";
import type { FaultFinder } from "./check-name.ts";
import type { Operation } from "./operation.ts";
import type { Provider } from "../terms/provider.ts";
import type { MessageReply } from "./reply.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";

/** Who sent a request, as far as it was proven. */
export interface Caller {
  readonly kind: "sigv4" | "x-api-key" | "bearer";
  readonly accessKeyId?: string;
  readonly region?: string;
  readonly service?: string;
  /** Its ARN, where policies decided: where the fake has principals, and for a session that has policies of its own. */
  readonly principal?: string;
}

/** Where a request belongs. */
export interface Route {
  readonly provider: Provider;
  /** Region that the host names; absent where it is not a host of AWS. */
  readonly hostRegion?: string;
  /** Absent where the provider has no such route, or has it at another host than the one that was asked. */
  readonly operation?: Operation;
  /** Set where the route is one of the other host of Amazon Bedrock: what it is there. */
  readonly elsewhere?: Operation;
  /** Segments that stand for the names in braces, as sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Query parameters, decoded. */
  readonly query: URLSearchParams;
}

/** What a check found. */
export interface CheckResult {
  /** Name of the check, such as `authentication`; `internal` and `override` for what threw. */
  readonly check: FaultFinder;
  /** What is wrong; absent where the request passed. */
  readonly fault?: Fault;
}

/** A model, and the name under which the client asked for it. */
export interface RequestedModel {
  /** As the client wrote it, decoded. */
  readonly requested: string;
  /** The model that this is: `claude-sonnet-4-6`. */
  readonly model: string;
}

/** A fault that a scenario asked for. */
export interface InjectedFault {
  /** Its name in the table of faults. */
  readonly kind: string;
  /** What was refused because of it. */
  readonly refusal?: Pick<Fault, "name" | "details"> | undefined;
  /** Why the signature would be wrong, where the fault is one of a signature: for whoever reads the refusal. */
  readonly diagnosis?: readonly Mistake[] | undefined;
  /** Changes what goes over the wire. */
  readonly onWire?: ((reply: WireReply) => WireReply) | undefined;
}

/** One request on its way through the fake; each stage adds what it found. */
export interface Exchange {
  readonly id: string;
  readonly receivedAt: Date;
  readonly request: ReceivedRequest;
  readonly route: Route;
  /** Set by the stage that verifies. */
  caller?: Caller;
  /** What its permissions depend on besides itself; set by the stage that authorizes, unless nobody sent it. */
  asked?: PermissionState;
  /** The body as JSON, set by the stage that validates. */
  input?: Readonly<Record<string, unknown>>;
  /** Set by the stage that validates. */
  model?: RequestedModel;
  /** What was asked of it so far, in order. A check that had nothing to look at is not among them. */
  readonly checked: CheckResult[];
  /** Why the signature is wrong, where it is and the cause was found. */
  diagnosis?: readonly Mistake[];
  /** Set where it is a request of a batch: its answer is put into the results, and never sent. */
  readonly inBatch?: true;
  /** Who answered it in place of the operation's own behaviour. */
  answeredBy?: "scenario" | "override";
  /** What Claude says in answer, before it is written; set where it is written. */
  message?: MessageReply;
  /** What the scenario let go wrong on purpose: no fault of the client's. */
  fault?: InjectedFault;
  /** The row of the scenario that answered it. */
  row?: string;
}
