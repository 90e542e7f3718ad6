import type { Touches } from "../../exchange/operation.ts";
import { bedrockArn } from "../../models/bedrock-arn.ts";
import { decodeSegment } from "../../text/decode-segment.ts";
import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { getFoundationModel, getFoundationModelAvailability, listFoundationModels } from "./foundation-models.ts";

const touchedModel: Touches = ({ parameters, region }) => {
  const id = decodeSegment(parameters["modelIdentifier"] ?? "");
  return [{ resource: id.startsWith("arn:") ? id : bedrockArn(region, "", `foundation-model/${id}`) }];
};

/** Foundation models of Amazon Bedrock. */
export const FOUNDATION_MODEL_OPERATIONS: OperationTable = {
  "GET /foundation-models": { behave: json(listFoundationModels) },
  "GET /foundation-models/{modelIdentifier}": { touches: touchedModel, behave: json(getFoundationModel) },
  "GET /foundation-model-availability/{modelId}": { behave: json(getFoundationModelAvailability) },
};
