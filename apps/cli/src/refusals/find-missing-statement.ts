import { policyFor, type PolicyStatement } from "@claude-on-aws/auth/iam";
import { type AwsProvider, CLAUDE_SERVICES, isAccountId, partitionOfRegion } from "@claude-on-aws/endpoints";
import { routesOf } from "../policy/profile-routes.ts";
import type { Circumstances } from "./describe-subject.ts";

/** What AWS says of a permission that is denied. */
export interface Denial {
  /** ARN of who was denied; empty where the words name nobody. */
  readonly principal: string;
  readonly action: string;
  /** The ARN; `*` where the words name none. */
  readonly resource: string;
  /** Whether a policy denies it, so that no statement that allows it helps. */
  readonly isExplicit: boolean;
}

const WHO = /User: (\S+) is not authorized/;
const WHAT = /not authorized to perform: ([a-z-]+:[A-Za-z]+)/;
const ON = / on resource: (\S+)/;
const EXPLICIT = /explicit deny/i;

/** The words of a denial are not longer. */
const MAX_WORDS = 4096;

/**
 * Reads the words of a denial.
 *
 * @param message What the service said.
 * @returns Who was denied what; `undefined` where the words name no action.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html | Access denied error messages}
 */
export function parseDenial(message: string): Denial | undefined {
  const words = message.slice(0, MAX_WORDS);
  const action = WHAT.exec(words)?.[1];
  if (action === undefined) return undefined;
  return {
    principal: WHO.exec(words)?.[1] ?? "",
    action,
    resource: ON.exec(words)?.[1] ?? "*",
    isExplicit: EXPLICIT.test(words),
  };
}

/**
 * Writes the statements that allow what was denied, and what goes with it: behind an inference profile are models, which are
 * asked for next.
 *
 * @param denial What was denied.
 * @param circumstances What was sent.
 * @returns Statements for a policy of whoever was denied; none where a policy denies it.
 */
export function findMissingStatements(denial: Denial, circumstances: Circumstances): readonly PolicyStatement[] {
  if (denial.isExplicit) return [];
  const { config, plan } = circumstances;
  const { provider } = plan;
  const region = plan.request?.signing?.region ?? config.region?.value ?? null;
  const needed = isOnAws(provider)
    ? policyFor({
        provider,
        partition: region === null ? undefined : partitionOfRegion(region).name,
        region,
        accountId: accountOf(denial.resource) ?? accountOf(denial.principal),
        workspaceId: provider === "anthropic-aws" ? (config.workspaceId?.value ?? null) : null,
        models: provider === "bedrock" ? [plan.model.id] : [],
        routedRegions: routesOf([plan.model.id], region),
        authentication: plan.authentication.method === "sigv4" ? "sigv4" : "key",
        // What Claude Code asks for besides, and what else was denied.
        features: provider === "anthropic-aws" || denial.action.endsWith(":CountTokens") ? ["count-tokens"] : [],
      }).Statement.filter(({ Action }) => Action.includes(denial.action))
    : [];
  if (needed.length > 0) return needed;
  return [{ Sid: "AllowWhatWasDenied", Effect: "Allow", Action: [denial.action], Resource: denial.resource }];
}

const isOnAws = (provider: string): provider is AwsProvider => Object.hasOwn(CLAUDE_SERVICES, provider);

function accountOf(arn: string): string | null {
  const account = arn.split(":", 5)[4] ?? "";
  return isAccountId(account) ? account : null;
}
