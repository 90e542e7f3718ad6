import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { Operation } from "./operations.ts";
import type { Provider } from "./provider.ts";

/** A request as the fake received it. */
export interface ReceivedRequest extends WireRequest {
  /**
   * `received`: every byte is as the client sent it. `reconstructed`: made from
   * a WHATWG `Request`, which keeps neither raw path nor order, case and
   * duplicates of headers.
   */
  readonly wire: "received" | "reconstructed";
  /** Set where the body was longer than what the fake reads; `body` is empty then. */
  readonly bodyTooLarge?: true;
}

/** Who sent a request, as far as it was proven. */
export interface Caller {
  readonly kind: "sigv4" | "x-api-key" | "bearer";
  readonly accessKeyId?: string;
  readonly region?: string;
  readonly service?: string;
}

/** Where a request belongs. */
export interface Route {
  readonly provider: Provider;
  /** Region that the host names; absent where it is not a host of AWS. */
  readonly hostRegion?: string;
  /** Absent where the provider has no such route. */
  readonly operation?: Operation;
  /** Segments that stand for the names in braces, as sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Query parameters, decoded. */
  readonly query: URLSearchParams;
}

/** What a check found. */
export interface Finding {
  /** Identifier of the rule, such as `authentication`. */
  readonly rule: string;
  readonly level: "pass" | "warn" | "fail";
  /** What is wrong; absent with `pass`. */
  readonly message?: string;
  /** Facts beside the message. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A model, and the name under which the client asked for it. */
export interface RequestedModel {
  /** As the client wrote it, decoded. */
  readonly requested: string;
  /** The model behind it: `claude-sonnet-4-6`. */
  readonly model: string;
}

/** One request on its way through the fake; each stage adds what it found. */
export interface Exchange {
  readonly id: string;
  readonly receivedAt: Date;
  readonly request: ReceivedRequest;
  readonly route: Route;
  /** Set by the stage that verifies. */
  caller?: Caller;
  /** The body as JSON, set by the stage that validates. */
  input?: Readonly<Record<string, unknown>>;
  /** Set by the stage that validates. */
  model?: RequestedModel;
  readonly findings: Finding[];
}

/** What goes back over the wire. */
export interface WireReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The whole body, or its pieces in the order in which they are sent. */
  readonly body: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}
