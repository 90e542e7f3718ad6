import { parseServiceHost, splitTarget } from "@claude-on-aws/endpoints";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { hostOf } from "../exchange/host-of.ts";
import type { Route } from "../exchange/exchange.ts";
import { findOperation } from "./operation-index.ts";
import { resolveProvider } from "./resolve-provider.ts";

/** Shared by all that have none. */
const NO_QUERY = new URLSearchParams();

/**
 * Finds out which provider and which operation a request is for.
 *
 * A host of Amazon Bedrock serves half of its routes: the runtime or the
 * control plane. At an address that is no host of AWS all of them are served.
 *
 * @returns The provider, and the operation where it has one at that host.
 */
export function route(request: WireRequest): Route {
  const { path, query } = splitTarget(request.target);
  const host = parseServiceHost(hostOf(request));
  const provider = host?.provider ?? resolveProvider(request, path);
  const found = findOperation(provider, request.method, path);
  const isMissing = host !== undefined && found?.operation.onlyBehindBaseUrl === true;
  const isHere = host?.plane === undefined || found?.operation.plane === host.plane;
  return {
    provider,
    ...(host === undefined ? {} : { hostRegion: host.region }),
    ...(found && !isMissing && (isHere ? { operation: found.operation } : { elsewhere: found.operation })),
    parameters: found?.parameters ?? {},
    query: query === "" ? NO_QUERY : new URLSearchParams(query),
  };
}
