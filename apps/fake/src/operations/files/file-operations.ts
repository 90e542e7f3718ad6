import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { createFile, deleteFile, getFile, getFileContent, listFiles } from "./files.ts";

/** What a form takes in addition to the file in it, in bytes. */
const FORM_BYTES = 65_536;

/** Files of Claude Platform on AWS. */
export const FILE_OPERATIONS: OperationTable = {
  "POST /v1/files": {
    takes: "form",
    maxBodyBytes: ({ maxFileBytes }) => maxFileBytes + FORM_BYTES,
    behave: json(createFile),
  },
  "GET /v1/files": { behave: json(listFiles) },
  "GET /v1/files/{id}": { behave: json(getFile) },
  "GET /v1/files/{id}/content": { behave: getFileContent },
  "DELETE /v1/files/{id}": { behave: json(deleteFile) },
};
