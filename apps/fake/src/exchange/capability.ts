import type { ModelCapabilities, ModelService } from "@claude-on-aws/models";
import type { Facts } from "../terms/uncertain-facts.ts";

/** The model that is asked, and under which name. */
export interface AskedModel {
  readonly capabilities: ModelCapabilities;
  /** The id that the words name. */
  readonly id: string;
  /** Whether it was named by the id of its foundation model, without an inference profile. */
  readonly isBare: boolean;
}

/** Where a body is judged. */
export interface AskedWhere {
  readonly service: ModelService;
  readonly facts: Facts;
  /** Lists the betas of the request, where they count: asked only where one could change the verdict. */
  readonly betas: () => readonly string[];
}

/** Says what of a body the model does not take, in the words of the model; `undefined` where it takes all of it. */
export type FindCapabilityProblem = (
  input: Readonly<Record<string, unknown>>,
  model: AskedModel,
  where: AskedWhere,
) => string | undefined;
