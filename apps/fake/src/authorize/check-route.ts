import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { PROVIDERS } from "../provider.ts";

/** Whether the provider has the route, and the fake answers it. */
export function checkRoute({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  const { provider, operation } = route;
  const asked = `${request.method} ${request.target.split("?", 1)[0]}`;
  const { title } = PROVIDERS[provider];
  const isMissing = provider === "mantle" && operation?.built === "CountTokens" && !facts.countTokensOnMantle;
  if (operation === undefined || isMissing) {
    const status = provider === "mantle" ? { status: facts.unknownRouteStatusOnMantle } : {};
    const message =
      provider === "bedrock"
        ? "The requested operation is not recognized by the service."
        : `${asked} is not a route of ${title}.`;
    return fault("route-unknown", message, status);
  }
  if (operation.built !== undefined) return undefined;
  return fault(
    "route-not-built",
    `${asked} (${operation.name}) is a route of ${title} that this fake does not answer yet.`,
  );
}
