import { type Fault, fault } from "../terms/faults.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";

/**
 * Checks whether the account has sent the form about its use cases: Amazon Bedrock answers no inference before that.
 *
 * @returns `use-case-missing` where it has not.
 * @see {@link https://github.com/anthropics/claude-code/issues/16997 | What it says}
 */
export function checkUseCase({ route, model }: Exchange, { resources }: FakeState): Fault | undefined {
  if (route.provider !== "bedrock" || model === undefined || resources.useCaseForm.formData !== undefined)
    return undefined;
  return fault(
    "use-case-missing",
    "Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.",
  );
}
