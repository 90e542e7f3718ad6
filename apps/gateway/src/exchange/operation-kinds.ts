import type { RouteOperation } from "../terms/gateway-route.ts";

/** What an operation is to whoever lets it through. */
export interface OperationKind {
  /** Whether its body is read: it says which model is meant, and what it may cost. */
  readonly readsBody: boolean;
  /** Whether the service is paid for it. */
  readonly isPaid: boolean;
  /** Whether its answer is a message, which has an end. */
  readonly isMessage: boolean;
  /** Whether pings may stand in its answer, where that is a stream of server-sent events. */
  readonly takesPings: boolean;
}

const PLAIN: OperationKind = { readsBody: false, isPaid: false, isMessage: false, takesPings: false };
const COUNT: OperationKind = { ...PLAIN, readsBody: true };
const NATIVE: OperationKind = { readsBody: true, isPaid: true, isMessage: true, takesPings: false };

/** What each operation is. */
export const OPERATION_KINDS: Readonly<Record<RouteOperation, OperationKind>> = {
  CreateMessage: { ...NATIVE, takesPings: true },
  CountTokens: COUNT,
  ListModels: PLAIN,
  GetModel: PLAIN,
  Batches: PLAIN,
  Files: PLAIN,
  InvokeModel: NATIVE,
  InvokeModelWithResponseStream: NATIVE,
  Converse: NATIVE,
  ConverseStream: NATIVE,
  BedrockCountTokens: COUNT,
  InferenceProfiles: PLAIN,
  Hello: PLAIN,
  ReadUsage: PLAIN,
};
