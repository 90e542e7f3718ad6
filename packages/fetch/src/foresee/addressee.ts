import { type AwsProvider, parseServiceHost } from "@claude-on-aws/endpoints";
import type { Provider } from "@claude-on-aws/env";
import type { PlannedRequest } from "../request-plan.ts";

/** Whose service gets a request, as far as that is known. */
export interface Addressee {
  readonly provider: AwsProvider;
  /** The region that its host names; null for a loopback address. */
  readonly hostRegion: string | null;
  /** The region of the host, or of the signature; null where neither names one. */
  readonly region: string | null;
}

const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;
const ON_AWS: ReadonlySet<string> = /* @__PURE__ */ new Set<AwsProvider>(["anthropic-aws", "bedrock", "mantle"]);

/**
 * Tells whether a provider is one of those on AWS.
 *
 * @returns `false` for the first party, Foundry and Vertex.
 */
export const isAwsProvider = (provider: Provider): provider is AwsProvider => ON_AWS.has(provider);

/**
 * Finds out whose service gets a planned request: a host of AWS says it, and at a loopback address, where a stand-in
 * listens, it is the service that the request is written for.
 *
 * @param request The request.
 * @param provider The provider that it is written for.
 * @returns `undefined` for the host of a gateway, which may change the request on its way, and for a request that is written
 * for another service than the one of its host.
 */
export function findAddressee(request: PlannedRequest, provider: Provider): Addressee | undefined {
  const { host, hostname } = new URL(request.url);
  const signed = request.signing?.region ?? null;
  const service = parseServiceHost(host);
  if (service === undefined) {
    return LOOPBACK.test(hostname) && isAwsProvider(provider)
      ? { provider, hostRegion: null, region: signed }
      : undefined;
  }
  const { region } = service;
  // The first party's requests are those of Claude Platform on AWS, but for the headers.
  const writtenFor = provider === "anthropic" ? "anthropic-aws" : provider;
  return service.provider === writtenFor && service.plane !== "control"
    ? { provider: service.provider, hostRegion: region, region }
    : undefined;
}
