import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { createInferenceProfile, deleteInferenceProfile } from "./application-profiles.ts";
import { getInferenceProfile, listInferenceProfiles } from "./inference-profiles.ts";
import { touchedByCreation, touchedByList, touchedByName } from "./touched-profiles.ts";

/** Inference profiles of Amazon Bedrock. */
export const INFERENCE_PROFILE_OPERATIONS: OperationTable = {
  "GET /inference-profiles": { touches: touchedByList, behave: json(listInferenceProfiles) },
  "GET /inference-profiles/{inferenceProfileIdentifier}": {
    touches: touchedByName,
    behave: json(getInferenceProfile),
  },
  "POST /inference-profiles": { touches: touchedByCreation, behave: createInferenceProfile },
  "DELETE /inference-profiles/{inferenceProfileIdentifier}": {
    touches: touchedByName,
    behave: json(deleteInferenceProfile),
  },
};
