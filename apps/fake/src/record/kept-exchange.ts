import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { Caller, CheckResult, Exchange, RequestedModel, Route } from "../exchange/exchange.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { DetailCode } from "../terms/fault-details.ts";
import type { FaultName } from "../terms/faults.ts";
import type { CredentialServiceName } from "../terms/credential-services.ts";
import type { Operation } from "../exchange/operation.ts";
import type { Provider } from "../terms/provider.ts";
import type { PermissionState } from "../exchange/permission.ts";
import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { MessageReply } from "../exchange/reply.ts";
import type { BodyFields } from "./body-fields.ts";
import type { KeptReplyBody } from "./keep-reply-body.ts";
import type { ConversationSummary } from "./summarize-conversation.ts";

/** Where a request belongs: a provider of Claude, or a service that gives credentials. */
export interface KeptRoute extends Omit<Route, "provider" | "operation"> {
  readonly provider: Provider | CredentialServiceName;
  readonly operation?: Pick<Operation, "name" | "built">;
}

/** An exchange as it is given to the journal. */
export interface RecordedExchange extends Omit<Exchange, "route"> {
  readonly route: KeptRoute;
}

/** A fault that a scenario asked for, as the journal keeps it. */
export interface KeptFault {
  /** A name of `FAULT_KINDS`, such as `reset`. */
  readonly kind: string;
  /** With what it refused: a name of `FAULTS`; absent where it refused nothing. */
  readonly refusal?: FaultName;
  /** What that says more precisely, such as `CLOCK_SKEW`. */
  readonly code?: DetailCode;
}

/** An exchange as the journal keeps it in memory: with no more of the body than is asked for. */
export interface KeptExchange {
  /** Its place among all that were seen, from 0. */
  readonly seen: number;
  readonly id: string;
  readonly receivedAt: Date;
  /** Without its body. */
  readonly request: Omit<ReceivedRequest, "body">;
  /** The beginning of the body. */
  readonly body: Uint8Array;
  /** Length of the whole body. */
  readonly bodyBytes: number;
  /** The top level of a body that is too long to be kept whole. */
  readonly fields: BodyFields | undefined;
  /** What is to be compared of the messages of a body that is too long to be kept whole. */
  readonly conversation?: ConversationSummary | undefined;
  readonly route: KeptRoute;
  readonly caller: Caller | undefined;
  /** Absent where permissions were never asked: nobody sent it, or it was refused before. */
  readonly asked: PermissionState | undefined;
  readonly model: RequestedModel | undefined;
  readonly checked: readonly CheckResult[];
  readonly diagnosis: readonly Mistake[] | undefined;
  readonly answeredBy: Exchange["answeredBy"];
  /** What Claude said, where a later request can go wrong by it. */
  readonly message?: MessageReply | undefined;
  /** The fault that a scenario asked for. */
  readonly fault: KeptFault | undefined;
  readonly row?: Exchange["row"];
  readonly reply: Pick<WireReply, "status" | "headers"> & {
    /** Where bodies of replies are kept. */
    readonly body?: KeptReplyBody;
  };
  /** How it ended; absent until it has, and where whoever sent the reply did not say. */
  end?: ExchangeEnd;
}

/**
 * Tells whether all of a body was kept.
 *
 * @returns `false` where it was cut.
 */
export const isWhole = ({ body, bodyBytes }: Pick<KeptExchange, "body" | "bodyBytes">): boolean =>
  body.length === bodyBytes;
