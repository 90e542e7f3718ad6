import { redactForm, redactText, redactUrl } from "@claude-on-aws/endpoints";
import type { Config, Sourced } from "@claude-on-aws/env";
import type { RequestPlan } from "@claude-on-aws/fetch";
import type { Subject } from "./subject.ts";

/** What was sent, as far as it tells whose fault a refusal is. */
export interface Circumstances {
  readonly config: Config;
  readonly plan: RequestPlan;
}

type Describe = (circumstances: Circumstances) => string | undefined;

const from = (found: Sourced<string> | null | undefined, show: (value: string) => string): string | undefined =>
  found ? `${show(found.value)} (${found.source})` : undefined;

const model: Describe = ({ plan }) => `${redactText(plan.model.id)} (${plan.model.source})`;

/** The value that each subject has in a configuration, and where it comes from. Others have none. */
const VALUES: Readonly<Partial<Record<Subject, Describe>>> = {
  key: ({ plan }) => `(${plan.authentication.source})`,
  credentials: ({ plan }) => {
    const id = plan.request?.signing?.accessKeyId ?? null;
    return id === null
      ? `(${plan.authentication.source})`
      : `${redactForm("credential", id)} (${plan.authentication.source})`;
  },
  workspace: ({ config }) => from(config.workspaceId, (id) => redactForm("workspace", id)),
  region: ({ config }) => from(config.region, redactText),
  model,
  "model access": model,
  profile: model,
  "base URL": ({ config, plan }) =>
    from(
      (config.endpoints.find(({ provider }) => provider === plan.provider) ?? config.endpoints[0]).baseUrl,
      redactUrl,
    ),
  provider: ({ plan }) => plan.provider,
};

/**
 * Names what is to blame, with its value and where that comes from.
 *
 * @param subject What it is.
 * @param circumstances What was sent.
 * @returns Such as `workspace wrkspc_01AbCd (ANTHROPIC_AWS_WORKSPACE_ID)`.
 */
export function describeSubject(subject: Subject, circumstances: Circumstances): string {
  const value = VALUES[subject]?.(circumstances);
  return value === undefined || value === "" ? subject : `${subject} ${value}`;
}
