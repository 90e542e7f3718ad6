import { hide, redactForm, redactHeader, redactTarget, redactText, redactUrl } from "@claude-on-aws/endpoints";
import type { Config, Problem, Provider, Sourced } from "@claude-on-aws/env";
import type { RequestPlan } from "@claude-on-aws/fetch";
import type { TryReport } from "./try-report.ts";

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
  /** With `--try` alone. */
  readonly try?: TryReport;
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
  const show = showSecrets ? IN_FULL : WITHOUT_SECRETS;
  const endpoint = config.endpoints.find(({ provider }) => provider === plan.provider) ?? config.endpoints[0];
  const { method, source } = plan.authentication;
  return {
    provider: plan.provider,
    providers: config.providers,
    region: sourced(config.region, show.text),
    baseUrl: sourced(endpoint.baseUrl, show.url),
    workspaceId: sourced(config.workspaceId, show.workspace),
    auth: { method, source },
    model: {
      ...plan.model,
      requested: plan.model.requested && show.text(plan.model.requested),
      id: show.text(plan.model.id),
    },
    request: plan.request === null ? null : describeRequest(plan.request, show),
    controlPlane: plan.controlPlane.map((call) => show.call(call)),
    controlPlaneOrigin: plan.controlPlaneOrigin === null ? null : show.url(plan.controlPlaneOrigin),
    problems: plan.problems,
  };
}

/** How each kind of value is shown. */
interface Show {
  readonly text: (value: string) => string;
  readonly url: (value: string) => string;
  readonly header: (name: string, value: string) => string;
  readonly accessKeyId: (value: string) => string;
  readonly workspace: (value: string) => string;
  readonly token: (value: string) => string;
  /** Method and target. */
  readonly call: (value: string) => string;
}

const same = (value: string): string => value;

const IN_FULL: Show = {
  text: same,
  url: same,
  header: (_, value) => value,
  accessKeyId: same,
  workspace: same,
  token: same,
  call: same,
};

/** Whatever somebody set, a key may have been put in its place. */
const WITHOUT_SECRETS: Show = {
  text: redactText,
  url: redactUrl,
  header: redactHeader,
  accessKeyId: (value) => redactForm("credential", value),
  workspace: (value) => redactForm("workspace", value),
  token: hide,
  call: (value) => value.split(" ").map(redactTarget).join(" "),
};

const sourced = (found: Sourced<string> | null, show: (value: string) => string): Sourced<string> | null =>
  found === null ? null : { ...found, value: show(found.value) };

function describeRequest(
  { method, url, headers, signing, body, promptCaching }: NonNullable<RequestPlan["request"]>,
  show: Show,
): NonNullable<StatusReport["request"]> {
  const shown = Object.entries(headers).map(([name, value]) => [show.text(name), show.header(name, value)]);
  return {
    method,
    url: show.url(url),
    headers: Object.fromEntries(shown),
    signing:
      signing === null
        ? null
        : {
            service: signing.service,
            region: show.text(signing.region),
            accessKeyId: signing.accessKeyId === null ? null : show.accessKeyId(signing.accessKeyId),
            sessionToken: signing.sessionToken === null ? null : show.token(signing.sessionToken),
          },
    body: {
      model: body.model === null ? null : show.text(body.model),
      anthropic_version: body.anthropic_version,
      anthropic_beta: body.anthropic_beta.map((beta) => show.text(beta)),
    },
    promptCaching,
  };
}
