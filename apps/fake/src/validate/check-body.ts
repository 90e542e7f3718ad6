import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { speaksMessagesApi } from "../exchange/speaks-messages-api.ts";
import { findByCanonicalId } from "../models/served-models.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { fault } from "../terms/faults.ts";
import { betasOf } from "./betas-of.ts";

/**
 * Checks whether the body is one that the operation takes.
 *
 * @returns `body-invalid`, in the words of the service.
 */
export function checkBody(exchange: Exchange, { facts, models }: FakeSettings): Verdict {
  const { route, input, model } = exchange;
  const find = route.operation?.built?.findBodyProblem;
  if (find === undefined || input === undefined) return "not-applicable";
  const betas = betasOf(exchange);
  const unknown = speaksMessagesApi(route) ? facts.unknownFieldsOnMessagesApi : facts.unknownFieldsOnBedrock;
  const takesTop = unknown === "accept" || (unknown === "accept with a beta" && betas.length > 0);
  const words = find(input, {
    form: { systemRole: facts.systemRoleInMessages, betaFields: facts.betaFieldsWithoutBeta || isNewVersion(exchange) },
    takesUnknown: takesTop && (facts.unknownFieldsInside === "accept" ? true : "at-the-top"),
    betas,
    // Nobody knows the model of an application inference profile that nobody created.
    model:
      model === undefined || model.requested.includes(":application-inference-profile/")
        ? undefined
        : findByCanonicalId(model.model, models),
    facts,
    provider: route.provider,
  });
  return words === undefined ? undefined : fault("body-invalid", words);
}

/** The version that the SDKs send since their 1.0, which have no beta path any more. */
const isNewVersion = ({ request }: Exchange): boolean =>
  headerValue(request.headers, "anthropic-version")?.trim() === "2026-10-21";
