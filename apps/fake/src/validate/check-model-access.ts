import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Fault, fault } from "../terms/faults.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Provider } from "../terms/provider.ts";
import { checkUseCase } from "./check-use-case.ts";
import { findByCanonicalId, isDeniedBy } from "../models/served-models.ts";

/**
 * Checks whether the account was granted access to the model.
 *
 * @returns `use-case-missing` or `model-access-denied` where it was not.
 */
export function checkModelAccess(exchange: Exchange, settings: FakeSettings, state: FakeState): Verdict {
  const withoutForm = checkUseCase(exchange, state);
  if (withoutForm !== undefined) return withoutForm;
  const { route, model } = exchange;
  const { deniedModels, models } = settings;
  if (deniedModels.size === 0 || model === undefined) return "not-applicable";
  const served = findByCanonicalId(model.model, models);
  const isNamed = deniedModels.has(model.requested) || deniedModels.has(model.model);
  return isNamed || (served !== undefined && isDeniedBy(deniedModels, served))
    ? REFUSE[route.provider](model.requested, settings)
    : undefined;
}

const REFUSE: Readonly<Record<Provider, (requested: string, settings: FakeSettings) => Fault>> = {
  "anthropic-aws": (requested, { facts }) => {
    const status = facts.deniedModelStatusOnClaudePlatform;
    const errorType = status === 404 ? { errorType: "not_found_error" } : {};
    return fault("model-access-denied", `model: ${requested}`, { status, ...errorType });
  },
  bedrock: () => fault("model-access-denied", "You don't have access to the model with the specified model ID."),
  mantle: (requested) =>
    fault(
      "model-access-denied",
      `${requested} is not available for this account. You can explore other available models on Amazon Bedrock. For additional access options, contact AWS Sales at https://aws.amazon.com/contact-us/sales-support/`,
    ),
};
