import type { Config, Problem, Provider, Sourced } from "@claude-on-aws/env";
import type { RequestPlan } from "@claude-on-aws/fetch";
import { maskHeader, maskSecret, maskUrl } from "./mask-secret.ts";

/** What `status --json` prints. Its shape is stable. */
export interface StatusReport {
  /** The provider that gets the request. */
  readonly provider: Provider;
  /** Every provider that is switched on. */
  readonly providers: readonly Provider[];
  readonly region: Sourced<string> | null;
  readonly baseUrl: Sourced<string> | null;
  readonly workspaceId: Sourced<string> | null;
  readonly auth: { readonly method: "sigv4" | "api-key" | "bearer" | "both" | "none"; readonly source: string };
  readonly model: RequestPlan["model"];
  /** Null where Claude Code would send nothing, and for a provider that is not planned. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly signing: {
      readonly service: string;
      readonly region: string;
      readonly accessKeyId: string | null;
      readonly sessionToken: string | null;
    } | null;
    readonly body: {
      readonly model: string | null;
      readonly anthropic_version: string | null;
      readonly anthropic_beta: readonly string[];
    };
    readonly promptCaching: { readonly enabled: boolean; readonly ttl: "5m" | "1h" | null };
  } | null;
  readonly controlPlane: readonly string[];
  readonly controlPlaneOrigin: string | null;
  readonly problems: readonly Problem[];
}

/**
 * Puts a configuration and its plan into the words of `status --json`.
 *
 * @param config The resolved configuration.
 * @param plan The plan made from it.
 * @param showSecrets Whether keys and tokens are shown in full.
 * @returns The report.
 */
export function createStatusReport(config: Config, plan: RequestPlan, showSecrets: boolean): StatusReport {
  const endpoint = config.endpoints.find(({ provider }) => provider === plan.provider) ?? config.endpoints[0];
  const { method, source } = plan.authentication;
  return {
    provider: plan.provider,
    providers: config.providers,
    region: config.region,
    baseUrl:
      endpoint.baseUrl === null || showSecrets
        ? endpoint.baseUrl
        : { ...endpoint.baseUrl, value: maskUrl(endpoint.baseUrl.value) },
    workspaceId: config.workspaceId,
    auth: { method, source },
    model: plan.model,
    request: plan.request === null ? null : describeRequest(plan.request, showSecrets),
    controlPlane: plan.controlPlane,
    controlPlaneOrigin: plan.controlPlaneOrigin,
    problems: plan.problems,
  };
}

function describeRequest(
  request: NonNullable<RequestPlan["request"]>,
  showSecrets: boolean,
): NonNullable<StatusReport["request"]> {
  const { signing, body } = request;
  const token = signing?.sessionToken ?? null;
  return {
    method: request.method,
    url: showSecrets ? request.url : maskUrl(request.url),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, showSecrets ? value : maskHeader(name, value)]),
    ),
    signing:
      signing === null
        ? null
        : {
            service: signing.service,
            region: signing.region,
            accessKeyId: signing.accessKeyId,
            sessionToken: token === null || showSecrets ? token : maskSecret(token),
          },
    body: { model: body.model, anthropic_version: body.anthropic_version, anthropic_beta: body.anthropic_beta },
    promptCaching: request.promptCaching,
  };
}
