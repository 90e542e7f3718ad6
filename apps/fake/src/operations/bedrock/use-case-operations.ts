import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { getUseCase, putUseCase } from "./use-case.ts";

/** The form about its use cases that an account sends. */
export const USE_CASE_OPERATIONS: OperationTable = {
  "POST /use-case-for-model-access": { behave: putUseCase },
  "GET /use-case-for-model-access": { behave: json(getUseCase) },
};
