import type { SigningService } from "@claude-on-aws/endpoints";
import type { Authentication, Problem, Provider } from "@claude-on-aws/env";

/** How a planned request is signed. */
export interface PlannedSignature {
  readonly service: SigningService;
  readonly region: string;
  /** Null where only a command or a service can give it. */
  readonly accessKeyId: string | null;
  /** Null where only a command or a service can give it. */
  readonly secretAccessKey: string | null;
  /** Null if there is none. */
  readonly sessionToken: string | null;
}

/** The request of a turn, as far as the configuration decides it. */
export interface PlannedRequest {
  readonly method: "POST";
  /** As it goes over the wire, percent-encoding included. */
  readonly url: string;
  /** Names in lower case; without what the signature and the transport add. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where the request is not signed. */
  readonly signing: PlannedSignature | null;
  /** What enters the body (null or empty: nothing does). On Bedrock, `model` and `stream` are not in it. */
  readonly body: {
    readonly model: string | null;
    readonly anthropic_version: string | null;
    readonly anthropic_beta: readonly string[];
    /** Null where the field is not in the body. */
    readonly stream: boolean | null;
  };
  readonly promptCaching: { readonly enabled: boolean; readonly ttl: "5m" | "1h" | null };
}

/** What {@link planRequest} finds. */
export interface RequestPlan {
  /** The provider that gets this request. */
  readonly provider: Provider;
  readonly model: {
    /** As asked for; `default` if none was. */
    readonly requested: string;
    /** The id or ARN that is sent. */
    readonly id: string;
    /** Where the request for it and the decision about it come from. */
    readonly source: string;
    /** Whether the 1M context window is asked for. */
    readonly context1m: boolean;
  };
  /** How it is authenticated, and by what. */
  readonly authentication: Pick<Authentication, "method" | "source">;
  /** Null where nothing is sent. */
  readonly request: PlannedRequest | null;
  /** The requests that the client makes first: method, space, path and query. */
  readonly controlPlane: readonly string[];
  /** Where they go; null if there are none. */
  readonly controlPlaneOrigin: string | null;
  /** The configuration's problems, and those about the model. */
  readonly problems: readonly Problem[];
}
