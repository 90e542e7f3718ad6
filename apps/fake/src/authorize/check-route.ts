import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { PROVIDERS } from "../provider.ts";

/** Whether the provider has the route. */
export function checkRoute({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  const { provider, operation } = route;
  const isMissing = provider === "mantle" && operation?.built === "CountTokens" && !facts.countTokensOnMantle;
  if (operation !== undefined && !isMissing) return undefined;
  const status = provider === "mantle" ? { status: facts.unknownRouteStatusOnMantle } : {};
  const message =
    provider === "bedrock"
      ? "The requested operation is not recognized by the service."
      : `${askedOf(request)} is not a route of ${PROVIDERS[provider].title}.`;
  return fault("route-unknown", message, status);
}

/** Whether the fake answers the route. Asked behind the caller's permission, which a route takes whoever answers it. */
export function checkBuilt({ request, route: { operation } }: Exchange): Verdict {
  if (operation === undefined || operation.built !== undefined) return "not-applicable";
  return fault(
    "route-not-built",
    `${askedOf(request)} (${operation.name}) is a route of ${PROVIDERS[operation.provider].title} that this fake does not answer yet.`,
  );
}

const askedOf = ({ method, target }: Exchange["request"]): string => `${method} ${target.split("?", 1)[0]}`;
