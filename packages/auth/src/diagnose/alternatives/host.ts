import { CLAUDE_SERVICES, formatServiceHost, type ServiceHost } from "@claude-on-aws/endpoints";
import type { CredentialScope } from "../../sigv4/credential-scope.ts";
import { LOCAL_PORTS } from "../gateway-values.ts";
import type { Alternative } from "../parts.ts";

/** What is known about the host of a request. */
export interface KnownHost {
  /** `host`, or `:authority`: the name under which it is signed. */
  readonly name: string;
  /** The canonical value as received. */
  readonly received: string;
  readonly scope: CredentialScope;
  /** Region that the request should be signed for, where it is known. */
  readonly region: string | undefined;
  /** Hosts that other headers, or the caller, name. */
  readonly others: readonly string[];
}

/**
 * The host without its port, as AWS's own hosts, and as other headers name it.
 *
 * @param known What is known about the host.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function hostAlternatives({ name, received, scope, region, others }: KnownHost): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (code: "HOST_WITHOUT_PORT" | "HOST_REWRITTEN", signed: string, cost: number): void => {
    found.push({
      slot: "host",
      change: { headers: { [name]: signed } },
      mistakes: [{ code, header: name, signed, received }],
      cost,
    });
  };
  const port = /:\d+$/.exec(received)?.[0];
  if (port !== undefined) add("HOST_WITHOUT_PORT", received.slice(0, -port.length), 1);
  for (const row of HOSTS) {
    const cost = CLAUDE_SERVICES[row.provider].signingService === scope.service ? 1 : 2;
    for (const each of new Set([scope.region, region ?? scope.region])) {
      const host = formatServiceHost({ ...row, region: each });
      add("HOST_REWRITTEN", host, cost);
      add("HOST_REWRITTEN", `${host}:443`, cost + 1);
      if (port !== undefined) add("HOST_REWRITTEN", `${host}${port}`, cost + 1);
    }
  }
  for (const host of others) add("HOST_REWRITTEN", host, 1);
  for (const local of ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]) add("HOST_REWRITTEN", `${local}${port ?? ""}`, 2);
  for (const usual of LOCAL_PORTS)
    for (const local of ["localhost", "127.0.0.1"]) add("HOST_REWRITTEN", `${local}${usual}`, 2);
  for (const usual of [":443", ":80"]) if (port === undefined) add("HOST_REWRITTEN", `${received}${usual}`, 2);
  add("HOST_REWRITTEN", received.toLowerCase(), 2);
  return found;
}

/** Hosts of AWS that serve Claude, without their region. The first of a service is its usual one. */
const HOSTS: readonly Omit<ServiceHost, "service" | "region">[] = [
  { provider: "anthropic-aws" },
  { provider: "bedrock", plane: "runtime" },
  { provider: "bedrock", plane: "control" },
  { provider: "bedrock", plane: "runtime", fips: true },
  { provider: "bedrock", plane: "control", fips: true },
  { provider: "mantle" },
];
