import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import {
  cancelMessageBatch,
  createMessageBatch,
  deleteMessageBatch,
  getMessageBatch,
  getMessageBatchResults,
  listMessageBatches,
} from "./message-batches.ts";

/** Batches of messages of Claude Platform on AWS. */
export const MESSAGE_BATCH_OPERATIONS: OperationTable = {
  "POST /v1/messages/batches": {
    maxBodyBytes: ({ maxBatchBodyBytes }) => maxBatchBodyBytes,
    behave: json(createMessageBatch),
  },
  "GET /v1/messages/batches": { behave: json(listMessageBatches) },
  "GET /v1/messages/batches/{id}": { behave: json(getMessageBatch) },
  "GET /v1/messages/batches/{id}/results": { behave: getMessageBatchResults },
  "POST /v1/messages/batches/{id}/cancel": { takes: "nothing", behave: json(cancelMessageBatch) },
  "DELETE /v1/messages/batches/{id}": { behave: json(deleteMessageBatch) },
};
