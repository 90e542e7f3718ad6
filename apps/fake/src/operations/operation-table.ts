import type { BuiltOperation } from "../exchange/operation.ts";

/** Operations that the fake answers, by method and path: `POST /v1/files`. */
export type OperationTable = Readonly<Record<string, BuiltOperation>>;
