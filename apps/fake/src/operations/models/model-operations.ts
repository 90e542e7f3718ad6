import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { getModel, listModels } from "./models.ts";

/** Models of Claude Platform on AWS. */
export const MODEL_OPERATIONS: OperationTable = {
  "GET /v1/models": { behave: json(listModels) },
  "GET /v1/models/{id}": { behave: json(getModel) },
};
