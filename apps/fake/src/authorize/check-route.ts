import { formatServiceHost, parseServiceHost, splitTarget } from "@claude-on-aws/endpoints";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Fault, fault } from "../terms/faults.ts";
import type { Operation } from "../exchange/operation.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { PROVIDERS } from "../terms/provider.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import { hostOf } from "../exchange/host-of.ts";

/**
 * Checks whether the provider has the route, at the host that was asked.
 *
 * @returns `route-unknown` where it does not.
 */
export function checkRoute({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  const { provider, operation, elsewhere } = route;
  if (elsewhere !== undefined) return atOtherHost(hostOf(request), elsewhere);
  const isMissing = operation?.built?.isServed?.(facts) === false;
  if (operation !== undefined && !isMissing) return undefined;
  const more = provider === "mantle" ? notOnMantle(request, facts) : {};
  const message =
    provider === "bedrock" ? UNRECOGNIZED : `${askedOf(request)} is not a route of ${PROVIDERS[provider].title}.`;
  return fault("route-unknown", message, more);
}

/** How the Messages endpoint of Bedrock refuses a route; the usual mistake is a base URL without its prefix. */
function notOnMantle({ target }: Exchange["request"], { unknownRouteStatusOnMantle: status }: Facts): Partial<Fault> {
  const lacksPrefix = !splitTarget(target).path.startsWith(`${MANTLE_PREFIX}/`);
  return {
    status,
    ...(status === 404 ? { errorType: "not_found_error" } : {}),
    ...(lacksPrefix
      ? { fix: `Let the base URL end with ${MANTLE_PREFIX}: the host serves nothing for Claude outside it.` }
      : {}),
  };
}

const MANTLE_PREFIX = "/anthropic";

const UNRECOGNIZED = "The requested operation is not recognized by the service.";

/** Amazon Bedrock serves models at one host, and what is said of them at another: neither knows the other's routes. */
function atOtherHost(host: string, { name, plane }: Operation): Fault {
  const asked = host.trim().toLowerCase();
  const servedBy = hostOfPlane(asked, plane);
  const serves = plane === "runtime" ? "the control plane" : "the runtime";
  const fix = `Send ${name} to ${servedBy}: ${asked} serves ${serves} alone.`;
  return fault("route-unknown", UNRECOGNIZED, { details: { operation: name, servedBy }, fix });
}

/** The host that serves the other half in the same region; a VPC endpoint serves one alone, and so the public one. */
function hostOfPlane(asked: string, plane: Operation["plane"] = "runtime"): string {
  const found = parseServiceHost(asked);
  if (found === undefined) return asked;
  const { provider, region, fips } = found;
  const port = /:\d+$/.exec(asked)?.[0] ?? "";
  return `${formatServiceHost({ provider, region, plane, ...(fips && { fips }) })}${port}`;
}

/**
 * Checks whether the fake answers the route. It is asked after the caller's permission, which a route needs whoever
 * answers it.
 *
 * @returns `route-not-built` where it does not.
 */
export function checkBuilt({ request, route: { operation } }: Exchange): Verdict {
  if (operation === undefined || operation.built !== undefined) return "not-applicable";
  return fault(
    "route-not-built",
    `${askedOf(request)} (${operation.name}) is a route of ${PROVIDERS[operation.provider].title} that this fake does not answer yet.`,
  );
}

const askedOf = ({ method, target }: Exchange["request"]): string => `${method} ${splitTarget(target).path}`;
